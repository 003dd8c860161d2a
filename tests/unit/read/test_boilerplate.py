"""What is set aside: source lists, addresses, navigation, captions; and what is kept."""

from datetime import date

import pytest

from standoff.read import read_report

PROSE = "Japan protested to China on Monday over the patrols, the ministry said in Tokyo."


@pytest.mark.parametrize(
    "junk",
    [
        "Sources: Reuters, AP, https://example.org/a%20b",
        "Sources:\nhttps://example.org/x?utm_source=y&text=a%20b%20c",
        "Share this article",
        "Sign up for our newsletter",
        "FILE PHOTO: A Chinese destroyer fires a missile at Taiwan. REUTERS",
        "© 2021 Example Media. All rights reserved.",
        "Home | World | Asia | Sport",
        "#Taiwan #China #Japan",
        "Reporting by A. Person; editing by B. Person",
    ],
)
def test_junk_is_set_aside_and_prose_stays(junk: str) -> None:
    report = read_report(f"{PROSE}\n\n{junk}", published=date(2021, 8, 13))
    aside = " ".join(b.quote for b in report.document.boilerplate)
    assert junk.split("\n")[0] in aside
    assert [s.event.value for s in report.signals] == ["ACCUSE"]


@pytest.mark.parametrize(
    "kept",
    [
        "Sources said China fired missiles at Taiwan on Monday.",
        "Read the treaty again: China signed it with Russia, and Russia ratified it in May.",
        "Above all, Japan condemned China, the minister told reporters in the capital.",
    ],
)
def test_prose_that_looks_like_junk_is_kept(kept: str) -> None:
    report = read_report(kept, published=date(2021, 8, 13))
    assert not report.document.boilerplate
    assert report.signals
