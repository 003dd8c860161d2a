"""Work by keyboard alone: review, undo, edit, mark, levers, day, commands; nothing is lost."""

from __future__ import annotations

import re
import time
from datetime import date

from standoff.ledger import Ledger


def state(path, handle: str) -> str:
    with Ledger.open(path) as ledger:
        return ledger.signal(handle).state


def until(check, seconds: float = 10.0) -> None:
    """Wait until something holds; what is written behind the page comes a moment later."""
    end = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < end, "it did not come to hold"
        time.sleep(0.02)


def opened(page, address: str, place: str):
    page.goto(f"{address}/d/own/{place}")
    page.wait_for_selector("body[data-ready]")
    return page


def current(page) -> str:
    return page.locator("#rows li[aria-current]").get_attribute("data-h")


def test_review_by_keys_is_one_key_a_signal(page, own) -> None:
    address, path = own
    opened(page, address, "text/D-004")
    rows = [r.get_attribute("data-h") for r in page.locator("#rows li[data-kind=signal]").all()]
    first = current(page)
    page.keyboard.press("a")
    assert page.locator(f"#rows li[data-h={first}]").get_attribute("data-state") == "accepted"
    second = current(page)
    assert second != first and second in rows
    page.keyboard.press("x")
    third = current(page)
    page.keyboard.press("Space")
    assert current(page) != third
    until(lambda: (state(path, first), state(path, second)) == ("accepted", "rejected"))
    assert state(path, third) == "suggested"
    assert f"sel={current(page)}" in page.url
    page.reload()
    assert page.locator(f"#rows li[data-h={second}]").get_attribute("data-state") == "rejected"
    with Ledger.open(path) as ledger:
        assert {d.author for d in ledger.decisions(first)} == {"tester"}


def test_backspace_goes_back_and_takes_back(page, own) -> None:
    address, path = own
    opened(page, address, "text/D-004")
    first = current(page)
    page.keyboard.press("a")
    page.keyboard.press("Space")
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    assert current(page) == first
    assert page.locator(f"#rows li[data-h={first}]").get_attribute("data-state") == "suggested"
    until(lambda: state(path, first) == "suggested")
    with Ledger.open(path) as ledger:
        until(lambda: [d.action for d in ledger.decisions(first)] == ["accept"])
        assert not ledger.decisions(first)[0].in_force


def test_undo_reaches_what_was_decided_before_the_page_was_opened(page, own) -> None:
    address, path = own
    with Ledger.open(path, author="tester") as ledger:
        ledger.accept(["S-1071"])
    opened(page, address, "text/D-004")
    page.keyboard.press("u")
    until(lambda: state(path, "S-1071") == "suggested")
    until(
        lambda: page.evaluate(
            "document.querySelector('#status').textContent.includes('taken back')"
        )
    )


def test_edit_by_keys(page, own) -> None:
    address, path = own
    opened(page, address, "text/D-004?sel=S-1074")
    page.keyboard.press("e")
    page.wait_for_selector("#card .edit")
    until(lambda: page.evaluate("document.activeElement.closest('#card .edit')"))
    page.keyboard.press("a")  # a letter in a field is a letter
    page.fill("#card [name=sources]", "Japan")
    page.select_option("#card [name=event]", "CONSULT")
    page.fill("#card [name=targets]", "China, Taiwan")
    page.fill("#card [name=reason]", "a hope, no threat")
    page.keyboard.press("Enter")
    until(lambda: state(path, "S-1074") == "accepted")
    page.wait_for_selector("#card[data-state=accepted]")
    with Ledger.open(path) as ledger:
        item = ledger.signal("S-1074")
        assert item.signal.event.value == "CONSULT" and item.edited and item.state == "accepted"
        assert item.signal.target_actors == ("CHN", "TWN")
        assert ledger.decisions("S-1074")[-1].reason == "a hope, no threat"


def test_words_that_are_selected_become_a_signal(page, own) -> None:
    address, path = own
    opened(page, address, "text/D-004")
    with Ledger.open(path) as ledger:
        text = ledger.document("D-004").text
    wanted = "told a fundraising event"
    start = text.index(wanted)
    page.evaluate(
        """([start, length]) => {
            const walker = document.createTreeWalker(document.querySelector("#reading .report"), NodeFilter.SHOW_TEXT);
            let seen = 0, node;
            const range = document.createRange();
            while ((node = walker.nextNode())) {
                const n = node.data.length;
                if (seen <= start && start < seen + n) range.setStart(node, start - seen);
                if (seen < start + length && start + length <= seen + n) { range.setEnd(node, start + length - seen); break; }
                seen += n;
            }
            getSelection().removeAllRanges(); getSelection().addRange(range);
        }""",
        [start, len(wanted)],
    )
    page.keyboard.press("s")
    page.wait_for_selector("#mark-title")
    assert page.locator("#card blockquote").inner_text() == wanted
    page.fill("#card [name=sources]", "JPN")
    page.fill("#card [name=targets]", "CHN")
    page.select_option("#card [name=event]", "THREATEN")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"sel=S-\d+"))
    handle = re.search(r"sel=(S-\d+)", page.url)[1]
    with Ledger.open(path) as ledger:
        item = ledger.signal(handle)
        assert item.signal.span.quote == wanted and item.signal.span.start == start
        assert item.signal.coder == "hand" and item.state == "accepted"


def test_keys_do_nothing_while_typing_and_can_be_turned_off(page, own) -> None:
    address, path = own
    opened(page, address, "text/D-004")
    first = current(page)
    page.keyboard.press("/")
    page.keyboard.type("ax")
    assert current(page) == first and page.input_value("#q") == "ax"
    page.locator("main").focus()
    page.keyboard.press("?")
    page.uncheck("#keys-on")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    assert current(page) == first
    assert state(path, first) == "suggested"


def test_numbers_go_to_screens_and_the_day_is_kept(page, own) -> None:
    address, _ = own
    opened(page, address, "desk?asof=2021-08-13")
    for key, screen in zip(
        "234567", ("text", "timeline", "map", "system", "whatif", "brief"), strict=True
    ):
        page.keyboard.press(key)
        page.wait_for_url(re.compile(f"/d/own/{screen}.*asof=2021-08-13"))
        page.wait_for_selector("body[data-ready]")


def test_commands_by_name(page, own) -> None:
    address, _ = own
    opened(page, address, "desk")
    page.keyboard.press("Control+k")
    page.keyboard.type("what")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/whatif"))
    page.wait_for_selector("body[data-ready]")
    page.keyboard.press("Control+k")
    page.keyboard.type("S-1071")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("why.*S-1071"))


def test_why_opens_beside_the_work_and_closes(page, own) -> None:
    address, _ = own
    opened(page, address, "text/D-004?sel=S-1071")
    page.keyboard.press(".")
    page.wait_for_selector("#drawer[open] #why")
    assert "S-1071" in page.locator("#drawer").inner_text()
    page.keyboard.press("Escape")
    assert page.locator("#drawer[open]").count() == 0


def test_a_lever_answers_and_its_state_is_the_address(page, own) -> None:
    address, _ = own
    opened(page, address, "whatif")
    page.fill("[name='l.deeds:JPN']", "1")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"l\.deeds%3AJPN=1"))
    page.wait_for_selector(".lever.moved")
    assert "Japan, deeds shifted by 1" in page.locator(".outcome").inner_text()
    page.go_back()
    until(lambda: page.evaluate("!document.querySelector('.lever.moved')"))


def test_an_earlier_day_rolls_knowledge_back(page, own) -> None:
    address, _ = own
    opened(page, address, "text/D-004")
    page.keyboard.press("d")
    page.fill("#asof", "2021-08-01")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=alert]")
    opened(page, address, "desk?asof=2021-08-01")
    assert "Loud words" not in page.locator("main").inner_text()
    assert "later than 2021-08-01" in page.locator("body").inner_text()


def test_two_tabs_and_the_command_line_work_on_one_file(page, own, chromium) -> None:
    address, path = own
    opened(page, address, "text/D-004")
    first = current(page)
    other = chromium.new_context().new_page()
    opened(other, address, "text/D-003")
    theirs = current(other)
    page.keyboard.press("a")
    other.keyboard.press("x")
    with Ledger.open(path, author="command line") as ledger:
        ledger.grade("Blog X", "C", "seen before")
    until(lambda: (state(path, first), state(path, theirs)) == ("accepted", "rejected"))
    with Ledger.open(path) as ledger:
        assert ledger.gradings()["Blog X"].grade.value == "C"
    other.context.close()


def test_a_report_is_read_step_by_step_and_opened(page, own) -> None:
    address, path = own
    opened(page, address, "desk")
    page.locator(".work details").last.evaluate("d => d.open = true")
    page.fill(".read [name=published]", "2021-08-13")
    page.fill(".read [name=source]", "A wire")
    page.fill(".read textarea", "Japan condemned China on Friday.")
    page.click(".read button")
    page.wait_for_url(re.compile(r"/text/D-\d+"), timeout=60000)
    with Ledger.open(path) as ledger:
        assert ledger.documents()[-1].source == "A wire"


def test_a_page_of_an_earlier_run_loses_nothing_and_says_so(page, own) -> None:
    address, path = own
    opened(page, address, "text/D-004")
    first = current(page)
    page.evaluate("document.body.dataset.token = 'of another run'")
    page.keyboard.press("a")
    until(
        lambda: page.evaluate(
            "document.querySelector('#status').textContent.includes('was not stored')"
        )
    )
    assert page.locator(f"#rows li[data-h={first}]").get_attribute("data-state") == "suggested"
    assert state(path, first) == "suggested"


def test_a_server_that_is_gone_loses_nothing_and_is_said(page, own) -> None:
    address, path = own
    opened(page, address, "text/D-004")
    first = current(page)
    page.route("**/do/**", lambda route: route.abort())
    page.keyboard.press("a")
    until(lambda: "does not answer" in page.locator("#status").inner_text())
    assert page.locator(f"#rows li[data-h={first}]").get_attribute("data-state") == "suggested"
    page.unroute("**/do/**")
    page.goto(page.url)
    page.wait_for_selector("body[data-ready]")
    page.keyboard.press("a")
    rows = page.locator("#rows li[data-h^=S]").evaluate_all("found => found.map(r => r.dataset.h)")
    until(lambda: "accepted" in {state(path, h) for h in rows})


def test_what_is_selected_is_shown_on_the_timeline(page, own) -> None:
    address, path = own
    with Ledger.open(path) as ledger:
        handle = next(
            s.handle for s in reversed(ledger.signals(as_of=date(2021, 8, 13)))
            if "JPN" in s.signal.source_actors and s.signal.protege == "TWN" and s.state != "rejected"
        )  # fmt: skip
    opened(page, address, f"timeline?pair=JPN%3ETWN&sel={handle}")
    assert page.locator(f".picture g.chosen[data-h={handle}]").count() >= 1


def test_many_are_decided_as_one_action_and_undone_as_one(page, own) -> None:
    address, path = own
    opened(page, address, "text/D-004?show=words")
    page.locator(".bulk summary").click()
    page.fill(".bulk [name=reason]", "read together")
    page.click(".bulk button[value=accept]")
    page.wait_for_selector("body[data-ready]")
    with Ledger.open(path) as ledger:
        done = [d for d in ledger.decisions() if d.reason == "read together"]
        assert len(done) > 2 and len({d.batch for d in done}) == 1
    page.keyboard.press("u")
    until(lambda: all(state(path, d.subject) == "suggested" for d in done))
