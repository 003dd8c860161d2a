"""The tree of a sentence: kids, phrases, ways up."""

from __future__ import annotations

from standoff.read.syntax import Tree, moved, parse_sentences


def tree(text: str, by: int = 0) -> Tree:
    return Tree(tuple(moved(next(parse_sentences([(0, 0, text)])), by)))


def at(found: Tree, word: str) -> int:
    return next(t.index for t in found.tokens if t.text == word)


def test_a_phrase_holds_all_that_hangs_on_its_head() -> None:
    found = tree("Peru shelled the port of Arica in Chile on Monday.")
    assert found.words(at(found, "port")) == "the port of Arica in Chile"
    assert found.span(at(found, "port")) == (2, 8)
    assert found.words(-1) == ""


def test_branches_can_be_left_out() -> None:
    found = tree("Ships that Peru sent left.")
    under = found.under(at(found, "Ships"), without=frozenset(("relcl",)))
    assert [found[i].text for i in under] == ["Ships"]


def test_the_way_up_ends_at_the_root() -> None:
    found = tree("Peru said that Chile had left Arica.")
    assert [found[i].text for i in found.up(at(found, "Arica"))] == ["left", "said"]
    assert list(found.up(found.root)) == []


def test_kids_are_found_by_dependency() -> None:
    found = tree("Peru gave Chile two ships.")
    assert found[found.kid(found.root, "dative")].text == "Chile"
    assert [found[k].text for k in found.kids(found.root, "nsubj", "dobj")] == ["Peru", "ships"]
    assert found.kid(found.root, "neg") == -1


def test_indices_are_those_of_the_whole_text() -> None:
    found = tree("Peru left.", by=100)
    assert (found.root, found[101].text, found.words(100)) == (101, "left", "Peru")
