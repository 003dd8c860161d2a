"""The picture of an argument and its twin in words."""

from __future__ import annotations

import itertools
from datetime import date
from xml.etree import ElementTree

from standoff.assess import JudgedArgument, judge_argument
from standoff.brief import argument_lines, argument_svg
from standoff.read import read_argument

DAY = date(2021, 8, 13)
TEXT = (
    "An invasion would force Japan to rearm & <hide>, which might spur South Korea to do the same. "
    "This would lower the margin for error."
)
SVG = "{http://www.w3.org/2000/svg}"


def argued(text: str) -> JudgedArgument:
    return judge_argument(read_argument(text, published=DAY, title="a <b> & c"))


def test_the_picture_is_well_formed_and_the_same_twice() -> None:
    first, again = argument_svg(argued(TEXT)), argument_svg(argued(TEXT))
    assert first == again
    root = ElementTree.fromstring(first)
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text == "The causal argument of a <b> & c"  # type: ignore[union-attr]


def test_every_edge_and_node_of_the_argument_is_in_the_picture_and_in_the_words() -> None:
    found = argued(TEXT)
    root = ElementTree.fromstring(argument_svg(found))
    titles = [" ".join((t.text or "").split()) for t in root.iter(f"{SVG}title")]
    lines = "\n".join(argument_lines(found))
    assert found.edges
    for e in found.edges:
        assert any(t.startswith(f"{e.edge.id}:") for t in titles)
        assert f"\n{e.edge.id} " in f"\n{lines}"
    for node in found.argument.nodes:
        assert " ".join(node.span.quote.split()) in titles
        assert node.span.quote in lines
    assert "chain 1" in lines


def test_it_reads_in_the_dark_and_without_colour() -> None:
    picture = argument_svg(argued(TEXT))
    assert "prefers-color-scheme:dark" in picture
    labels = [t.text or "" for t in ElementTree.fromstring(picture).iter(f"{SVG}text")]
    assert any(t.startswith("− ") for t in labels) and any(t.startswith("+ ") for t in labels)


def test_boxes_of_one_column_do_not_overlap() -> None:
    root = ElementTree.fromstring(argument_svg(argued(TEXT + " " + TEXT.replace("Japan", "Iran"))))
    boxes = [
        (int(r.get("x", 0)), int(r.get("y", 0)), int(r.get("height", 0)))
        for r in root.iter(f"{SVG}rect")
        if r.get("class") == "box"
    ]
    for x in {b[0] for b in boxes}:
        column = sorted(b[1:] for b in boxes if b[0] == x)
        for (y, height), (below, _) in itertools.pairwise(column):
            assert y + height <= below


def test_a_circle_of_causes_is_drawn() -> None:
    text = "Fear causes a war. A war causes fear."
    assert "G-02" in argument_svg(argued(text))


def test_a_text_without_causes_says_so() -> None:
    found = argued("The minister arrived on Monday.")
    assert list(argument_lines(found)) == ["no causal edge was found"]
    assert "no causal edge was found" in argument_svg(found)
