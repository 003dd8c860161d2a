"""Who sends and to whom where the words do not say it beside the verb. Texts are the test's own."""

from datetime import date

import pytest

from standoff.read import read_report
from standoff.terms import Signal

DAY = date(2023, 6, 1)
# text -> (event, senders, targets) of the signal named by its event, in the order of the text
CASTS: dict[str, list[tuple[str, str, str]]] = {
    "Britain, which has sent a frigate to Oman, urged Iran to step back.":
        [("REQUEST", "GBR", "IRN"), ("MOBILIZE", "GBR", "")],
    "Chinese guards wielding knives and axes boarded Philippine boats on Monday, Manila said.":
        [("COERCE", "CHN", "PHL")],
    "Japan, Australia and Canada condemned the Chinese launch.":
        [("ACCUSE", "JPN AUS CAN", "CHN")],
    "Germany, Poland's minister said, had agreed to send soldiers to Lithuania.":
        [("AGREE", "DEU", "LTU")],
    "Russia shelled Ukraine. Ukraine condemned the attack. Norway urged both sides to stop.":
        [("ASSAULT", "RUS", "UKR"), ("ACCUSE", "UKR", "RUS"), ("REQUEST", "NOR", "RUS UKR")],
    "Armenia and Azerbaijan accused each other of lying.":
        [("ACCUSE", "ARM AZE", "ARM AZE")],
    "Niger's junta closed the border with Benin. Germany suspended aid to Niger. The junta condemned it.":
        [("SANCTION", "NER", "BEN"), ("SANCTION", "DEU", "NER"), ("ACCUSE", "NER", "DEU")],
    "Twenty Indian soldiers were killed in a clash with Chinese troops, India's army said.":
        [("ASSAULT", "CHN", "IND")],
    "Serbia said it would not withdraw its troops from Kosovo.": [("REJECT", "SRB", "XKX")],
    "Saudi Arabia accused Iran of lying and said the kingdom was ready for talks with Oman.":
        [("ACCUSE", "SAU", "IRN"), ("AGREE", "SAU", "OMN")],
    "China rammed a Philippine boat. The United States stands with its ally.":
        [("COERCE", "CHN", "PHL"), ("SUPPORT", "USA", "")],
    "Israel struck targets in Syria. Iran condemned the strikes as a violation of Lebanon's airspace.":
        [("ASSAULT", "ISR", "SYR"), ("ACCUSE", "IRN", "ISR")],
    "Armenia said Turkey had sent jets to Azerbaijan, which Ankara denied.":
        [("MOBILIZE", "TUR", ""), ("REJECT", "TUR", "ARM")],
    "Mali and Burkina Faso said an attack on Niger would be treated as an act of war.":
        [("THREATEN", "MLI BFA", "NER")],
    "Peru met with Chile to discuss fishing.": [("CONSULT", "PER CHL", "PER CHL")],
    "Peru and Chile agreed a truce.": [("AGREE", "PER CHL", "PER CHL")],
    "Peru and Chile exchanged fire.": [("ASSAULT", "PER CHL", "PER CHL")],
    "Peru's talks with Chile resumed.": [("CONSULT", "PER CHL", "PER CHL")],
    "Peru and Chile held joint drills.": [("COOPERATE", "PER CHL", "PER CHL")],
    "Chile's drills angered Peru.": [("ACCUSE", "PER", "CHL")],
    "Peru was angered by Chile.": [("ACCUSE", "PER", "CHL")],
    "Peru is alarmed by Chilean drills.": [("ACCUSE", "PER", "CHL")],
    "Chile was warned by Peru.": [("THREATEN", "PER", "CHL")],
    "Missiles were fired from Peru at Chile.": [("ASSAULT", "PER", "CHL")],
    "Peruvian ships were sent to the strait.": [("MOBILIZE", "PER", "")],
    "Peru told Chile it would close the border.": [("SANCTION", "PER", "CHL")],
    "Bolivia condemned Peru's attack on Chile.": [("ACCUSE", "BOL", "PER"), ("ASSAULT", "PER", "CHL")],
}  # fmt: skip


def cast(signal: Signal) -> tuple[str, set[str], set[str]]:
    return signal.event.value, set(signal.source_actors), set(signal.target_actors)


@pytest.mark.parametrize("text", CASTS)
def test_parties_are_found(text: str) -> None:
    expected = [(e, set(s.split()), set(t.split())) for e, s, t in CASTS[text]]
    found = [cast(s) for s in read_report(text, published=DAY).signals]
    assert found == expected


# text -> (protege, target, valence) of the deployment that it tells
PROTECTED = {
    "The United States sent troops to Estonia.": ("EST", "", "commit"),
    "France sent missiles to Ukraine.": ("UKR", "", "commit"),
    "Britain has sent a frigate to Oman.": ("OMN", "", "commit"),
    "Peru sent warships to help Chile repel Bolivia.": ("CHL", "BOL", "commit"),
    "The United States sent troops to Estonia to deter Russia.": ("EST", "RUS", "commit"),
    "Peru deployed warships near Chile.": ("", "CHL", "prepare"),
}


@pytest.mark.parametrize("text", PROTECTED)
def test_forces_sent_to_a_state_stand_by_it(text: str) -> None:
    (found,) = read_report(text, published=DAY).signals
    target = " ".join(found.target_actors)
    assert (found.protege or "", target, found.valence.value) == PROTECTED[text]


@pytest.mark.parametrize("who", ["NATO", "Japan", "The United States"])
def test_whom_a_pledge_protects_is_its_target_too(who: str) -> None:
    (found,) = read_report(f"{who} pledged to defend Estonia.", published=DAY).signals
    assert (found.protege, found.target_actors) == ("EST", ("EST",))


SILENT = {
    "Japan accused China of violating its airspace.": ("ACCUSE",),
    "Kishida ordered officials to gather information.": (),
    "Japan warned that it would retaliate against China.": ("THREATEN",),
    "Iran freed the Iraqi sailors.": ("RETREAT",),
    "Kyiv regards Crimea as Ukrainian territory occupied by Moscow.": ("COERCE",),
}


@pytest.mark.parametrize("text", SILENT)
def test_one_act_gives_one_signal(text: str) -> None:
    assert tuple(s.event.value for s in read_report(text, published=DAY).signals) == SILENT[text]


def test_every_field_of_the_record_is_filled() -> None:
    text = (
        "China fired missiles near Taiwan on Monday. President Joe Biden said on Tuesday that if China "
        "attacked, the United States would defend Taiwan with 20 ships. It rained."
    )
    first, second = read_report(text, published=date(2022, 8, 10)).signals
    assert first.contexts[0] == "military" and first.place is not None
    assert first.place.name == "Taiwan" and first.event_key == "chn-mobilize-twn-2022-08-08"
    assert second.protege == "TWN" and second.condition.startswith("if China")
    assert second.commitment.startswith("would defend Taiwan")
    assert second.quantities[0].low == 20 and second.attribution[0].speaker == "President Joe Biden"
    named = {p.field for p in second.parts}
    assert named >= {"event", "sources", "targets", "status", "date", "officialness", "explicitness",
                     "protege", "condition", "attribution"}  # fmt: skip
