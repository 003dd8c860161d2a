"""Every screen in a real browser: no violation that axe finds, nothing cut off, nothing from outside."""

from __future__ import annotations

from pathlib import Path

import pytest

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text("utf-8")
SCREENS = ["desk", "text", "timeline", "map", "system", "whatif", "brief"]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MORE = ["text/D-004?sel=S-1071&edit=1", "text/D-004?mark=20-40", "text/D-004?beside=D-005",
        "whatif?l.deeds:JPN=1&k1=strong~words:USA=1", "why?h=S-1071", "history", "search?q=Taiwan",
        "brief?edit=1.1", "desk?asof=2021-07-01"]  # fmt: skip


def violations(page) -> list[str]:
    """What axe finds on the page, one line a rule."""
    page.evaluate(AXE)
    found = page.evaluate(
        """(tags) => axe.run(document, {runOnly: tags, rules: {"target-size": {enabled: true}}})
           .then(r => r.violations)""",
        WCAG,
    )
    return [f"{v['id']}: {v['nodes'][0]['html'][:160]} ({len(v['nodes'])})" for v in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["demo", "empty"])
@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing(chromium, address, screen, name, scheme) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 860}, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{address}/d/{name}/{screen}")
    page.wait_for_selector("body[data-ready]")
    assert violations(page) == []
    context.close()


@pytest.mark.parametrize("place", MORE)
def test_axe_finds_nothing_in_states(page, address, place) -> None:
    page.goto(f"{address}/d/demo/{place}")
    page.wait_for_selector("body[data-ready]")
    assert violations(page) == []


def test_axe_finds_nothing_at_the_start_and_in_dialogs(page, address) -> None:
    page.goto(address)
    page.wait_for_selector("body[data-ready]")
    assert violations(page) == []
    page.goto(f"{address}/d/demo/text/D-004")
    page.wait_for_selector("body[data-ready]")
    page.keyboard.press("?")
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    assert violations(page) == []


def test_axe_is_seen_to_find_a_fault(page, address) -> None:
    page.goto(f"{address}/d/demo/desk")
    page.evaluate("document.querySelector('#q').previousElementSibling.remove()")
    page.evaluate("document.querySelector('#q').removeAttribute('placeholder')")
    assert any(v.startswith("label") for v in violations(page))


@pytest.mark.parametrize("screen", [*SCREENS, *MORE])
def test_nothing_is_cut_off_at_320_pixels(chromium, address, screen) -> None:
    context = chromium.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(f"{address}/d/demo/{screen}")
    over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert over <= 0
    context.close()


@pytest.mark.parametrize("screen", SCREENS)
def test_every_screen_reads_without_a_script(chromium, address, screen) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/d/demo/{screen}")
    assert page.locator("h1").count() == 1
    assert page.locator("main").inner_text().strip()
    context.close()


@pytest.mark.parametrize("screen", SCREENS)
def test_forced_colours_and_a_wide_zoom_hold(chromium, address, screen) -> None:
    context = chromium.new_context(forced_colors="active", viewport={"width": 640, "height": 400})
    page = context.new_page()
    page.goto(f"{address}/d/demo/{screen}")
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    context.close()
