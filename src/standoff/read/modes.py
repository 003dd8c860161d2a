"""The PLOVER mode that the words of a clause give, where its frame leaves it open or too coarse.

THREATEN: what is threatened. REQUEST and REJECT: what is asked for or refused. ASSAULT: with which
weapon. CONSULT: by telephone, of three and more. Lists of PLOVER 0.8.
"""

from __future__ import annotations

from collections.abc import Sequence

from standoff.read.reading import Token
from standoff.terms import Party

_Rules = tuple[tuple[str, frozenset[str]], ...]


def _rules(*rows: tuple[str, str]) -> _Rules:
    return tuple((mode, frozenset(words.split())) for mode, words in rows)


_THREATEN = _rules(
    ("territory", "annex annexation occupy occupation territory reunify reunification island islands land"),
    ("arrest", "arrest prosecute prosecution detain jail imprison indict"),
    ("expel", "expel expulsion deport deportation unwelcome persona"),
    ("relations", "sever relations ties ambassador embassy downgrade recall treaty withdraw quit"),
    ("restrict", ("sanction embargo tariff ban restrict restriction blockade halt cut suspend block "
     "boycott freeze export import gas trade supply curb close")),
    ("violence", ("attack strike retaliate force war military destroy annihilate missile bomb invade "
     "nuclear shoot sink kill crush retaliation fire obliterate wipe target weapon blow fight "
     "resort hit defend")),
)  # fmt: skip
_REQUEST = _rules(
    ("meet", ("meet meeting talk talks summit dialogue negotiate negotiation invite mediate "
     "mediation session conference visit table consultation")),
    ("assist", ("help aid assistance support weapon weapons arms ammunition funding loan fund "
     "protection asylum intervene send provide deliver supply evidence explanation extradition "
     "membership intervention peacekeeper troop")),
    ("yield", ("withdraw release free return leave cease halt stop end lift surrender vacate "
     "ceasefire cease-fire truce access disarm abandon dismantle pull resign apology reopen "
     "withdrawal open")),
    ("change", ("restraint refrain calm respect respond change act avoid reconsider exercise "
     "de-escalate de-escalation abide comply condemn impose sanction join rethink")),
)  # fmt: skip
_REJECT = _rules(
    ("meet", ("talk talks meet meeting summit negotiate negotiation dialogue invitation visit "
     "mediation session conference attend consultation delegation envoy")),
    ("assist", ("aid assistance weapon weapons arms loan membership asylum help send supply provide "
     "deliver sell troop join support")),
    ("yield", ("release withdraw free return ceasefire lift leave withdrawal hand access inspector "
     "surrender disarm truce vacate extradite")),
    ("change", ("proposal demand plan resolution bill motion offer call ruling verdict appeal "
     "request terms claim recognize recognise remark treaty pact agreement")),
)  # fmt: skip
_ASSAULT = _rules(
    ("sexual", "rape raped sexual sexually"),
    ("torture", "torture tortured"),
    ("suicide-attack", "suicide"),
    ("unconventional", "chemical sarin chlorine gas nerve biological novichok poison radioactive"),
    ("drone", "drone drones uav unmanned shahed quadcopter"),
    ("aerial", ("airstrike airstrikes air-strike jet jets warplane warplanes aircraft helicopter "
     "bomber bombers air")),
    ("heavy-weapons", ("missile missiles rocket rockets artillery shell shells tank tanks mortar "
     "mortars howitzer shelling")),
    ("explosives", ("bomb bombs bombing explosive explosives ied mine mines grenade grenades car-bomb "
     "blast detonate")),
    ("firearms", ("gun guns rifle rifles shot gunfire bullet bullets machine-gun sniper shoot gunman "
     "gunmen")),
    ("targeted", "assassinate assassinated assassination assassinations targeted"),
    ("primitive", "knife knives machete machetes stone stones axe axes club clubs stab stabbed sword"),
    ("crowd-control", "tear teargas baton batons truncheons"),
)  # fmt: skip
_PHONE = frozenset("telephone phone call video videoconference phoned virtual virtually".split())
_GATHERING = frozenset(
    "summit g7 g20 brics trilateral quad multilateral forum quadrilateral".split()
)
_MOBILIZE = _rules(
    ("police", "police gendarme gendarmes gendarmerie"),
    ("militia", "militia militias paramilitary paramilitaries volunteers"),
    ("troops", ("troop troops soldier soldiers battalion brigade brigades division divisions army "
     "reservist reservists personnel paratroopers regiment infantry marines")),
)  # fmt: skip
_BY_EVENT: dict[str, _Rules] = {
    "THREATEN": _THREATEN, "REQUEST": _REQUEST, "REJECT": _REJECT, "ASSAULT": _ASSAULT,
    "MOBILIZE": _MOBILIZE,
}  # fmt: skip
_COARSE = frozenset((
    ("REQUEST", "change"), ("ASSAULT", "explosives"), ("ASSAULT", "firearms"),
    ("ASSAULT", "heavy-weapons"), ("ASSAULT", "beat"), ("MOBILIZE", "troops"), ("MOBILIZE", "weapons"),
    ("REQUEST", "yield"),
))  # fmt: skip


def mode_of(
    event: str, given: str | None, words: Sequence[Token], parties: Sequence[Party]
) -> str | None:
    """The mode of an event whose frame gave `given`, from the words of its clause.

    >>> from datetime import date
    >>> from standoff.read.report import prepare
    >>> words = prepare("China threatened to sever ties with Japan.", date(2021, 8, 13)).tokens
    >>> mode_of("THREATEN", None, words, ())
    'relations'
    """
    if event == "CONSULT":
        return _consult(given, words, parties)
    rules = _BY_EVENT.get(event)
    if rules is None or (given is not None and (event, given) not in _COARSE):
        return given
    if event == "MOBILIZE":
        return _mobilize(given, rules, words)
    if event == "ASSAULT":  # the weapon that says most, wherever it stands
        named = {t.lemma for t in words} | {t.lower for t in words}
        return next((mode for mode, known in rules if named & known), given)
    for token in words:
        for mode, known in rules:
            if token.lemma in known or token.lower in known:
                return mode
    return given


def _mobilize(given: str | None, rules: _Rules, words: Sequence[Token]) -> str | None:
    """PLOVER: ships and weapons moved are `weapons`; `troops` only where troops are named."""
    for mode, known in rules:
        if given == "troops" and mode == "troops":
            return given
        if any(t.lower in known for t in words[:14]):
            return mode
    return given


def _consult(given: str | None, words: Sequence[Token], parties: Sequence[Party]) -> str | None:
    if given == "third-party":
        return given
    if any(t.lower in _PHONE for t in words):
        return "phone"
    named = {(p.actor, p.organisation) for p in parties}
    if len(named) > 2 or any(t.lower in _GATHERING for t in words):
        return "multilateral" if given != "visit" or len(named) > 2 else given
    return given
