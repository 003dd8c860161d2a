"""The first island chain: order, widths, and what opens when a land falls."""

from __future__ import annotations

from itertools import pairwise

import pytest

from standoff.errors import UnknownPlace
from standoff.reference import chain_after, distance, island_chain, passages, place


def test_the_chain_runs_from_north_to_south_without_a_gap() -> None:
    links = island_chain()
    assert [link.order for link in links] == list(range(1, len(links) + 1))
    latitudes = [link.place.point.lat for link in links]
    assert latitudes == sorted(latitudes, reverse=True) or all(
        # Ishigaki, Yonaguni and Taiwan lie almost side by side.
        b < a + 0.6
        for a, b in pairwise(latitudes)
    )
    assert len(passages()) == len(links) - 1
    assert all(link.passage for link in links[:-1]) and not links[-1].passage
    assert all(link.origin.source for link in links)


def test_widths_are_the_distances_of_the_gazetteer() -> None:
    for passage in passages():
        assert passage.km == distance(passage.north, passage.south).km > 0
        assert 0 < passage.error_km < 6


def test_nothing_is_open_while_nothing_falls() -> None:
    calm = chain_after([], "CHN")
    assert not calm.broken and not calm.opened and calm.nearest is None
    assert {state for _, state in calm.states} == {"closed"}


def test_each_land_that_falls_opens_the_passages_beside_it() -> None:
    links = island_chain()
    for i, link in enumerate(links):
        fall = chain_after([link.place.id], "CHN")
        assert fall.broken and fall.fallen == (link.place,)
        beside = {p.name for p in passages()[max(0, i - 1) : i + 1]}
        assert {p.name for p in fall.opened} == beside


def test_two_neighbours_make_the_passage_between_them_his() -> None:
    fall = chain_after(["taiwan", "yonaguni"], "CHN")
    assert {p.name: s for p, s in fall.states}["Yonaguni Strait"] == "his"
    assert len(fall.opened) == 3


def test_the_challenger_s_own_land_opens_nothing_new() -> None:
    assert place("kyushu").actor == "JPN"
    own = chain_after([], "JPN")
    assert own.broken and not own.opened
    assert {s for _, s in own.states} == {"closed", "shared", "his"}


def test_strangers_are_refused() -> None:
    with pytest.raises(UnknownPlace, match="'guam'"):
        chain_after(["guam"], "CHN")
    with pytest.raises(UnknownPlace, match="'third'"):
        island_chain("third")
