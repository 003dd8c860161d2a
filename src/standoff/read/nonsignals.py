"""What must not become a signal: questions, sports, weather, hypotheticals, denials, captions."""

from __future__ import annotations

import re

from standoff.read.boilerplate import is_caption
from standoff.read.reading import Reading, Sentence
from standoff.terms import NonSignal

_SPORT = frozenset(
    "match game inning innings goal goals coach striker league tournament championship champions "
    "champion semifinal semi-final quarterfinal homer homers pitcher batsman wicket wickets cricket "
    "football soccer baseball basketball rugby tennis golf olympic olympics medal medals midfielder "
    "defender goalkeeper quarterback touchdown stadium fans scoreless penalty shootout playoff "
    "playoffs semifinals cup team teams season club clubs batsmen bowler striker hat-trick set-piece "
    "tie-break singles doubles kick-off halftime half-time referee players player squad series dome "
    "hitter umpire knockout relegation derby over overs run-scoring runs score scored equaliser "
    "equalizer fixture bout boxer heavyweight formula grand prix race racer marathon sprint".split()
)
_BEATEN = frozenset("beat beats beating thrashed defeated crushed edged routed".split())
_FORCE = frozenset(
    "missile missiles troops navy army military government minister ministry president nuclear "
    "diplomatic embassy sanctions treaty defence warship warships security".split()
)
_WEATHER = frozenset(
    "typhoon storm rain snow temperature temperatures forecast meteorological celsius winds rainfall "
    "cyclone hurricane monsoon heatwave drizzle humidity showers thunderstorm front frost cold warm "
    "sunny cloudy weather forecaster forecasters landfall gusts".split()
)
_OTHER = {
    "film or book": frozenset(
        "film movie novel box-office director actor actress episode thriller sequel premiere trailer "
        "album chart band song singer festival screenplay audiences novelist author's chapter plot "
        "gamers console chess grandmaster bishop rook pawn checkmate".split()
    ),
    "markets": frozenset(
        "shares stocks index investors nasdaq traders earnings dividend bullish bearish analysts "
        "shareholders takeover quarterly profit revenue ipo fares passengers bookings airline airlines "
        "margins retailer customers sales carrier carriers stock merger".split()
    ),
    "cooking or health": frozenset(
        "recipe oven tablespoon teaspoon simmer garlic patients vaccine clinical tumour tumor cells "
        "dose immune bacteria".split()
    ),
}  # fmt: skip
_SUMMARY = re.compile(
    r"\b(?:in recent (?:years|months|decades)|over the (?:past|last) (?:decade|years|few|several)"
    r"|repeatedly|regularly|routinely|frequently|almost daily|for (?:years|decades)|since the \d{4}s"
    r"|more than \d+ times|increasingly|tend(?:s|ed)? to|often|every (?:day|year|month)|near-daily)\b",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"\bsince \d{4}\b.{0,80}\b(?:has|have)\b|\b(?:has|have)\b.{0,120}\bsince \d{4}\b", re.IGNORECASE
)


def subject_matter(reading: Reading) -> str:
    """"sports", "weather" ... if the text is plainly about something else, else "".

    >>> from datetime import date
    >>> from standoff.read.report import prepare
    >>> t = "Hanshin crushed the visitors in the seventh inning. The team and its fans, the coach \\
    ... said, had waited all season for the series."
    >>> subject_matter(prepare(t, date(2023, 11, 6)))
    'sports'
    """
    counts = {"sports": 0, "weather": 0, **dict.fromkeys(_OTHER, 0)}
    serious = 0
    seen: set[str] = set()
    for token in reading.tokens:
        word = token.lower
        if word in seen:
            continue
        seen.add(word)
        serious += word in _FORCE
        counts["sports"] += word in _SPORT
        counts["weather"] += word in _WEATHER
        for name, words in _OTHER.items():
            counts[name] += word in words
    name = max(counts, key=lambda k: counts[k])
    need = 4 if len(reading.tokens) > 60 else 3
    return name if counts[name] >= need and counts[name] > 2 * serious else ""


def is_summary(words: str) -> bool:
    """True if the clause sums up many acts: "repeatedly", "in recent years".

    >>> is_summary("China has repeatedly sent jets"), is_summary("China sent jets")
    (True, False)
    """
    return _SUMMARY.search(words) is not None or _SINCE.search(words) is not None


def captions(reading: Reading) -> list[NonSignal]:
    """Captions among what was set aside, told as such."""
    return [NonSignal(b, "caption") for b in reading.boilerplate if is_caption(b.quote)]


_FICTION = re.compile(
    r"\b(?:(?:in|of) the (?:film|movie|novel|play|book|series|game|show)|documentary|film crew"
    r"|screenplay|box[- ]office|video game|war movie|on stage)\b",
    re.IGNORECASE,
)
_SCORE = re.compile(r"\b\d{1,3}[-–]\d{1,3}\b")


def sentence_reason(sentence: Sentence, reading: Reading) -> str:
    """Why a whole sentence yields nothing, or ""."""
    known = {"question": "question", "heading": "heading"}.get(sentence.kind, "")
    if known:
        return known
    text = reading.text[sentence.start : sentence.end]
    if _FICTION.search(text):
        return "film or book"
    words = {t.lower for t in reading.sentence_tokens(sentence)}
    if words & _BEATEN and words & _SPORT:
        return "sports"
    sport = len(words & _SPORT) + (_SCORE.search(text) is not None)
    if sport >= 3 and sport > 2 * len(words & _FORCE):
        return "sports"
    return ""
