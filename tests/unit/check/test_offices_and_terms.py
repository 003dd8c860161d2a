"""Offices, terms, ranks, laws and quotations at their edges.

Days: Yoshihide Suga was prime minister of Japan from 16 September 2020 to 4 October 2021, Shinzo Abe
from 26 December 2012 to 16 September 2020, Angela Merkel chancellor from 22 November 2005 to 8
December 2021 (cabinet offices of both states).
"""

from __future__ import annotations

from datetime import date

import pytest

from standoff.check import Facts, ReportClaims, compare_reports
from standoff.check.attribution import check_attribution, check_statements
from standoff.check.comparing import laws_clash, shares_clash
from standoff.check.edges import check_term
from standoff.check.facts import Statement
from standoff.check.institutions import check_law
from standoff.check.people import check_office
from standoff.check.shares import check_rank, check_share, check_state_ratio, years_of
from standoff.check.spells import probe_days
from standoff.check.times import check_date, check_order
from standoff.reference import laws, milex
from standoff.terms import (
    AttributionContent,
    Claim,
    DateBasis,
    DateContent,
    LawContent,
    OfficeContent,
    OrderContent,
    Period,
    Quantity,
    RankContent,
    RatioContent,
    Reference,
    ShareContent,
    Span,
    StatementsContent,
    TermContent,
)

FACTS = Facts()


def on(text: str, basis: DateBasis = DateBasis.STATED) -> Period:
    return Period.day(date.fromisoformat(text), basis=basis)


def office(person: str, title: str, actor: str, period: Period, **more: object) -> str:
    content = OfficeContent(person, title, actor, period, **more)  # type: ignore[arg-type]
    return check_office("c1", content, FACTS).outcome.value


@pytest.mark.parametrize(
    ("person", "day", "outcome"),
    [
        ("Yoshihide Suga", "2020-09-16", "SUPPORTED"),
        ("Yoshihide Suga", "2021-10-04", "SUPPORTED"),
        ("Shinzo Abe", "2021-03-01", "CONTRADICTED"),
        ("Yoshihide Suga", "2015-03-01", "CONTRADICTED"),
        # Who leaves or comes within a month or two may be called so already, or still.
        ("Shinzo Abe", "2020-10-10", "NOT_CHECKABLE"),
        ("Yoshihide Suga", "2020-08-20", "NOT_CHECKABLE"),
        # Past the end of the table, or before its beginning, nobody is wrong.
        ("Shinzo Abe", "2060-01-01", "NOT_CHECKABLE"),
    ],
)
def test_who_was_prime_minister_of_japan(person: str, day: str, outcome: str) -> None:
    assert office(person, "prime minister", "JPN", on(day), named=True) == outcome


def test_an_undated_sentence_may_tell_of_a_man_who_left_more_than_ten_years_ago() -> None:
    """Tony Blair was prime minister until 27 June 2007."""
    published = DateBasis.PUBLICATION
    blair = ("Tony Blair", "prime minister", "GBR")
    assert office(*blair, on("2012-06-01", published), named=True) == "CONTRADICTED"
    assert office(*blair, on("2017-06-20", published), named=True) == "CONTRADICTED"
    assert office(*blair, on("2017-07-04", published), named=True) == "NOT_CHECKABLE"
    # Told in the present tense, or with a day of its own, it is of its own time.
    assert office(*blair, on("2018-06-01", published), named=True, present=True) == "CONTRADICTED"
    assert office(*blair, on("2018-06-01"), named=True) == "CONTRADICTED"


def test_former_is_right_after_the_end_and_wrong_before_it() -> None:
    abe = ("Shinzo Abe", "prime minister", "JPN")
    assert office(*abe, on("2021-08-13"), former=True) == "SUPPORTED"
    assert office(*abe, on("2019-08-13"), former=True) == "SUPPORTED"  # of his first term, 2007
    suga = ("Yoshihide Suga", "prime minister", "JPN")
    assert office(*suga, on("2021-03-01"), former=True) == "CONTRADICTED"
    assert office(*suga, on("2022-03-01"), former=True) == "SUPPORTED"


def test_another_day_of_the_paragraph_keeps_a_claim_from_being_wrong_and_supports_none() -> None:
    others = (on("2019-05-01"),)
    assert office(
        "Shinzo Abe", "prime minister", "JPN", on("2021-03-01"), named=True, others=others
    ) == "NOT_CHECKABLE"  # fmt: skip


def test_a_chancellor_of_another_state_is_wrong_only_where_the_words_name_the_state() -> None:
    merkel = ("Angela Merkel", "head of government", "FRA", on("2019-03-01"))
    assert office(*merkel, named=False) != "CONTRADICTED"
    korea = OfficeContent("Moon Jae-in", "president", "PRK", on("2019-03-01"), named=True)
    assert check_office("c1", korea, FACTS).outcome.value != "CONTRADICTED"


@pytest.mark.parametrize(
    ("edge", "day", "outcome"),
    [
        ("start", "2020-09-16", "SUPPORTED"),
        ("start", "2020-09-17", "SUPPORTED"),  # a day beside it
        ("start", "2020-10-10", "NOT_CHECKABLE"),  # within a month: elected, sworn in, announced
        ("start", "2020-08-20", "NOT_CHECKABLE"),
        ("start", "2020-12-01", "CONTRADICTED"),
        ("start", "2020-07-01", "CONTRADICTED"),
        ("end", "2021-10-04", "SUPPORTED"),
        ("end", "2020-09-16", "CONTRADICTED"),
    ],
)
def test_when_suga_entered_and_left(edge: str, day: str, outcome: str) -> None:
    content = TermContent("Yoshihide Suga", "prime minister", "JPN", edge, on(day))
    verdict = check_term("c1", content)
    assert verdict.outcome == outcome, verdict.why
    if outcome == "CONTRADICTED":
        year = 2020 if edge == "start" else 2021
        assert verdict.slip == ("wrong date" if int(day[:4]) == year else "wrong year")


def test_days_are_probed_from_the_first_to_the_last() -> None:
    days = probe_days(date(2021, 1, 1), date(2021, 12, 31))
    assert (days[0], days[-1], len(days)) == (date(2021, 1, 1), date(2021, 12, 31), 13)
    assert probe_days(date(2021, 1, 1), date(2021, 1, 1)) == [date(2021, 1, 1)]
    assert len(probe_days(date(2021, 1, 1), date(2021, 1, 4))) == 4


# ------------------------------------------------------------------ shares and ranks


def percent(value: float, unit: str = "% of GDP") -> Quantity:
    text = f"{value}%"
    return Quantity(Span(0, len(text), text), value, value, unit)


def share(actor: str, value: float, year: int, measure: str = "milex_gdp_share"):
    period = Period(date(year, 1, 1), date(year, 12, 31))
    return check_share(
        "c1", ShareContent(actor, measure, percent(value), period), date(2021, 8, 13), FACTS
    )


def test_a_share_by_a_release_by_another_definition_and_by_none() -> None:
    """SIPRI gives Japan about 0.93 % for 2019 in one release and 0.98 % or so in the other."""
    known = [f.value for f in milex("JPN", 2019, "gdp_share_percent") if f.value]
    assert share("JPN", round(known[0], 2), 2019).outcome == "SUPPORTED"
    high = max(known)
    assert share("JPN", round(high * 1.2, 2), 2019).outcome == "NOT_CHECKABLE"
    assert share("JPN", round(high * 1.45, 2), 2019).outcome == "CONTRADICTED"
    low = min(known)
    assert share("JPN", round(low / 1.45, 2), 2019).outcome == "CONTRADICTED"
    # Who names SIPRI is held to SIPRI.
    strict = share("JPN", round(high * 1.2, 2), 2019, "milex_gdp_share:sipri")
    assert strict.outcome == "CONTRADICTED"


def test_slips_of_a_share() -> None:
    known = [f.value for f in milex("JPN", 2019, "gdp_share_percent") if f.value]
    assert "ten times too large" in share("JPN", round(10 * max(known), 2), 2019).slip
    over = share("JPN", 120.0, 2019)
    assert (over.outcome, "120" in over.formula) == ("INCONSISTENT", True)
    assert share("JPN", 100.0, 2019).outcome == "CONTRADICTED"


def test_a_text_without_a_year_means_one_of_the_last_four() -> None:
    day = date(2021, 8, 13)
    assert years_of(Period.unstated(), day) == ([2021, 2020, 2019, 2018], False)
    two = Period(date(2018, 1, 1), date(2019, 12, 31))
    assert years_of(two, day) == ([2019, 2018], True)
    long = Period(date(2010, 1, 1), date(2019, 12, 31))
    assert years_of(long, day) == ([2021, 2020, 2019, 2018], False)


@pytest.mark.parametrize(
    ("actor", "rank", "end", "outcome"),
    [
        ("USA", 1, "highest", "SUPPORTED"),
        ("CHN", 2, "highest", "SUPPORTED"),
        ("CHN", 1, "highest", "NOT_CHECKABLE"),  # one place may be another definition
        ("DEU", 1, "highest", "CONTRADICTED"),
        ("ABC", 1, "highest", "NOT_CHECKABLE"),
        ("USA", None, "highest", "NOT_CHECKABLE"),
    ],
)
def test_ranks_by_spending_in_2019(actor: str, rank: int | None, end: str, outcome: str) -> None:
    """SIPRI for 2019: the United States, China, India, Russia, Saudi Arabia."""
    period = Period(date(2019, 1, 1), date(2019, 12, 31))
    content = RankContent(actor, "milex_usd", rank, end, "", period)
    verdict = check_rank("c1", content, date(2021, 8, 13))
    assert verdict.outcome == outcome, verdict.why


def test_a_ratio_of_two_states_is_that_of_one_year_and_release() -> None:
    """In 2019 the United States spent about 731 bn dollars, China about 261 (SIPRI, release of 2020)."""
    period = Period(date(2019, 1, 1), date(2019, 12, 31))
    for times, outcome in ((3.0, "SUPPORTED"), (10.0, "CONTRADICTED"), (5.0, "NOT_CHECKABLE")):
        text = f"{times:g} times"
        quantity = Quantity(Span(0, len(text), text), times, times, "ratio")
        content = RatioContent("USA", "CHN", "milex_usd", quantity, None, None, period)
        verdict = check_state_ratio("c1", content, date(2021, 8, 13))
        assert verdict.outcome == outcome, verdict.why


# ------------------------------------------------------------------ laws, days, words


def test_a_law_may_be_dated_by_its_enactment_or_by_its_coming_into_force() -> None:
    """Japan's security legislation: enacted 19 September 2015, in force 29 March 2016."""
    fact = next(x for x in laws() if x.id == "jpn-security-legislation-2015")
    assert fact.enacted is not None and fact.in_force == date(2016, 3, 29)
    subject = " ".join(fact.keywords) + " " + fact.name
    for day, outcome in (
        (fact.enacted.isoformat(), "SUPPORTED"),
        ("2016-03-29", "SUPPORTED"),
        ("2016-03-28", "CONTRADICTED"),
        ("2012-03-28", "CONTRADICTED"),
    ):
        verdict = check_law("c1", LawContent("JPN", subject, "enacted", on(day)))
        assert verdict.outcome == outcome, (day, verdict.why)
        if outcome == "CONTRADICTED":
            assert verdict.slip == ("wrong year" if day < "2013" else "wrong date")
    undated = LawContent("JPN", subject, "enacted", Period.unstated())
    assert check_law("c1", undated).outcome == "NOT_CHECKABLE"
    # The constitution of 1947 has never been amended.
    changed = LawContent("JPN", "constitution", "amended", on("2015-09-19"))
    assert check_law("c1", changed).outcome == "CONTRADICTED"


def test_a_weekday_belongs_to_its_date() -> None:
    friday = Period.day(date(2021, 8, 13))
    assert check_date("c1", DateContent(friday, 4)).outcome == "SUPPORTED"
    assert check_date("c1", DateContent(friday, 3)).outcome == "INCONSISTENT"
    two = Period(date(2021, 8, 13), date(2021, 8, 14))
    assert check_date("c1", DateContent(two, 4)).outcome == "NOT_CHECKABLE"
    assert check_date("c1", DateContent(friday, impossible="30 February")).outcome == "INCONSISTENT"


@pytest.mark.parametrize(
    ("first", "second", "outcome"),
    [
        ("2021-08-13", "2021-08-12", "INCONSISTENT"),
        ("2021-08-12", "2021-08-13", "NOT_CHECKABLE"),
        ("2021-08-13T17:35", "2021-08-13T17:00", "INCONSISTENT"),
        ("2021-08-13T17:35", "2021-08-13", "NOT_CHECKABLE"),
    ],
)
def test_what_came_first(first: str, second: str, outcome: str) -> None:
    verdict = check_order("c1", OrderContent("a", first, "b", second))
    assert verdict.outcome == outcome
    assert ("cannot be told apart" in verdict.why) is (len(first) > len(second))


WORDS = "we shall defend the strait with every ship and every aircraft that we have"


def said(person: str, words: str, day: str) -> Statement:
    when = date.fromisoformat(day)
    return Statement(person, "AAA", "minister", when, words, Reference(f"{person}: {words}", "s"))


def attributed(person: str, words: str, *statements: Statement):
    return check_attribution(
        "c1",
        AttributionContent(person, words, Period.unstated()),
        date(2021, 8, 13),
        Facts(statements=statements),
    )


def test_words_belong_to_who_said_them() -> None:
    ours = said("Ann Able", WORDS, "2021-08-01")
    assert attributed("Ann Able", WORDS, ours).outcome == "SUPPORTED"
    assert attributed("ann able", WORDS, ours).outcome == "SUPPORTED"
    wrong = attributed("Bob Baker", WORDS, ours)
    assert (wrong.outcome, wrong.slip != "") == ("CONTRADICTED", True)
    assert attributed("Bob Baker", "nothing of the kind was ever said here", ours).outcome == (
        "NOT_CHECKABLE"
    )
    # Words of tomorrow have not been said.
    assert attributed("Bob Baker", WORDS, said("Ann Able", WORDS, "2021-08-14")).outcome == (
        "NOT_CHECKABLE"
    )
    assert attributed("Bob Baker", WORDS, said("Ann Able", WORDS, "2021-08-13")).outcome == (
        "CONTRADICTED"
    )
    # Words that two people used are nobody's.
    two = (ours, said("Cyd Cole", WORDS, "2021-08-02"))
    assert attributed("Bob Baker", WORDS, *two).outcome == "NOT_CHECKABLE"


def test_a_part_of_a_statement_counts_if_it_is_long_or_fresh() -> None:
    """Five telling words, of a statement of last week and of one of last year."""
    part = "defend the strait with every ship and every aircraft"
    fresh, old = said("Ann Able", WORDS, "2021-08-06"), said("Ann Able", WORDS, "2020-08-06")
    assert attributed("Bob Baker", part, fresh).outcome == "CONTRADICTED"
    assert attributed("Bob Baker", part, old).outcome == "NOT_CHECKABLE"
    assert attributed("Bob Baker", "defend every aircraft ship", fresh).outcome == "NOT_CHECKABLE"


def dated(*statements: Statement, period: Period):
    content = StatementsContent(tuple((s.person, f'"{s.words}"') for s in statements), period)
    return check_statements("c1", content, date(2021, 8, 13), Facts(statements=statements))


def test_statements_told_under_one_day() -> None:
    one, two = said("Ann Able", WORDS, "2021-07-05"), said("Bob Baker", WORDS[::-1], "2021-07-20")
    august = Period(date(2021, 8, 1), date(2021, 8, 13))
    assert dated(one, two, period=august).outcome == "CONTRADICTED"
    assert dated(one, period=august).outcome == "NOT_CHECKABLE"  # it may have been repeated
    # A day on either side is the time zone.
    assert dated(one, two, period=on("2021-07-06")).outcome == "SUPPORTED"
    assert dated(one, two, period=on("2021-07-07")).outcome == "CONTRADICTED"
    assert dated(one, two, period=on("2021-07-19")).outcome == "SUPPORTED"
    assert dated(one, two, period=Period.unstated()).outcome == "NOT_CHECKABLE"


# ------------------------------------------------------------------ two reports

DAYS = (date(2021, 8, 13), date(2021, 8, 13))


def test_two_days_of_one_act_of_legislation_clash_and_two_vague_ones_do_not() -> None:
    law = ("JPN", "security law", "enacted")
    apart = laws_clash(LawContent(*law, on("2015-09-19")), LawContent(*law, on("2015-09-20")), DAYS)
    assert apart
    year = Period(date(2015, 1, 1), date(2015, 12, 31), "2015")
    assert not laws_clash(LawContent(*law, year), LawContent(*law, on("2015-09-20")), DAYS)
    other = LawContent("JPN", "budget law", "enacted", on("2015-09-20"))
    assert not laws_clash(LawContent(*law, on("2015-09-19")), other, DAYS)
    assert not laws_clash(LawContent(*law, Period.unstated()), LawContent(*law, year), DAYS)


def test_shares_of_one_year_clash() -> None:
    def of(value: float, period: Period) -> ShareContent:
        return ShareContent("JPN", "milex_gdp_share", percent(value), period)

    year, next_year = (Period(date(y, 1, 1), date(y, 12, 31)) for y in (2019, 2020))
    assert shares_clash(of(0.9, year), of(1.9, year), DAYS)
    assert not shares_clash(of(0.9, year), of(0.91, year), DAYS)
    assert not shares_clash(of(0.9, year), of(1.9, next_year), DAYS)
    assert not shares_clash(of(0.9, Period.unstated()), of(1.9, Period.unstated()), DAYS)


def test_only_a_later_figure_of_the_same_source_supersedes() -> None:
    def report(name: str, value: float, day: date, source: str) -> ReportClaims:
        period = Period(date(2019, 1, 1), date(2019, 12, 31))
        content = ShareContent("JPN", "milex_gdp_share", percent(value), period)
        claim = Claim("c1", content.quantity.span, "share", "", content)
        return ReportClaims(name, day, (claim,), source)

    old, new = date(2020, 4, 1), date(2021, 4, 1)
    for source, day, superseded in (("A", new, True), ("B", new, False), ("A", old, False)):
        (clash,) = compare_reports(
            [report("D-002", 1.9, day, source), report("D-001", 0.9, old, "A")]
        )
        assert clash.superseded is superseded, (source, day)
    nameless = [report("D-001", 0.9, old, ""), report("D-002", 1.9, new, "")]
    assert compare_reports(nameless)[0].superseded is False
    assert compare_reports([report("D-001", 0.9, old, "A"), report("D-001", 1.9, old, "A")]) == ()
