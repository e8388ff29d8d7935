"""The monthly summary from real rows: months in WIB, exclusions, carry-over, as of any moment."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from flask import Flask
from sqlalchemy import event

from core.calendar import Month
from core.db import db, reader
from core.periods import Period
from indicators import nightly, targets
from indicators.months import export, summary
from indicators.months.results import Summary
from indicators.sheet import Indicator
from offices import queries as offices
from offices import settings
from survey.review import excluding
from tests import make
from tests.survey import given
from tests.survey.visits import given_visits

OCTOBER = Month(2026, 10)
MID = datetime(2026, 10, 15, 3, 0, tzinfo=UTC)
LATE_UTC = datetime(2026, 10, 31, 16, 30, tzinfo=UTC)  # 23:30 UTC+7 on the last day
NEXT = datetime(2026, 11, 5, 3, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 9, 17, 30, tzinfo=UTC)


def counted(month: Month = OCTOBER, as_of: datetime | None = None) -> Summary:
    if as_of is None:
        nightly.run_now(lambda: NIGHT, nightly.recount_marked)
    db.session.rollback()
    return summary.build(reader(), offices.office(reader(), make.OFFICE), Period.of(month), as_of)


def settled(now: datetime, at: datetime, **values: object) -> object:
    case = make.complaint(now=now, **values)
    make.happened(case, "settle", now=at, is_first_close=True)
    return case


def excluded(now: datetime, kind: str, at: datetime | None = None) -> object:
    case = make.complaint(now=now)
    make.happened(case, "exclude", now=at or now, exclusion=kind)
    return case


def test_the_worked_month_of_twenty_reports(any_app: Flask) -> None:
    for _ in range(14):
        settled(MID, MID)
    for _ in range(3):
        make.complaint(now=MID)
    for kind in ("spam", "spam", "out_of_authority"):
        excluded(MID, kind)
    targets.set_target(
        office_id=make.OFFICE, year=2026, indicator=Indicator.SETTLEMENT, value=Decimal(90), by="tests", now=MID
    )
    line = counted().line(Indicator.SETTLEMENT)
    assert (line.result.value, line.result.achievement) == (Decimal("82.35"), Decimal("91.50"))
    assert line.result.predicate is not None
    assert line.result.predicate.label == "Sangat tinggi"


def test_exclusions_flow_and_cohort_agree(any_app: Flask) -> None:
    settled(MID, MID)
    excluded(MID, "duplicate", at=NEXT)
    order = counted().order
    assert order.settlement.received + sum(order.excluded.values()) == order.flow.received == 2
    assert (order.flow.excluded, order.flow.closing) == (0, 1)


def test_older_reports_closed_now_show_as_throughput_only(any_app: Flask) -> None:
    for _ in range(5):
        settled(MID - timedelta(days=60), MID)
    for _ in range(8):
        settled(MID, MID)
    order = counted().order
    assert order.settlement.percent == Decimal("100.00")
    assert order.throughput is not None
    assert order.throughput.percent == Decimal("162.50")
    assert (order.flow.opening, order.flow.closing) == (5, 0)


def test_a_later_settling_or_reopening_leaves_the_month_as_it_was(any_app: Flask) -> None:
    case = settled(MID, MID)
    make.happened(case, "reopen", now=NEXT)  # type: ignore[arg-type]
    settled(MID, NEXT)
    assert counted().order.settlement.percent == Decimal("50.00")
    november = counted(Month(2026, 11)).order_to_date.settlement
    assert (november.received, november.settled) == (2, 1)


def test_a_report_settled_reopened_and_excluded_later_counts_nowhere_in_its_month(any_app: Flask) -> None:
    case = settled(MID, MID)
    make.happened(case, "reopen", now=NEXT)  # type: ignore[arg-type]
    make.happened(case, "exclude", now=NEXT, exclusion="spam")  # type: ignore[arg-type]
    assert counted().order.settlement.percent is None


def test_late_on_the_last_evening_counts_in_the_wib_month(any_app: Flask) -> None:
    make.complaint(now=LATE_UTC)
    make.rating(now=LATE_UTC)
    make.complaint(now=LATE_UTC + timedelta(hours=1))
    month = counted()
    assert (month.order.settlement.received, month.survey.index.respondents) == (1, 1)


def test_nothing_received_and_nobody_asked_is_no_figure(any_app: Flask) -> None:
    month = counted()
    assert {line.result.value for line in month.lines} == {None}
    assert export.as_text(month).count("–") >= 12


def test_services_and_elements_come_with_their_grade_and_rank(any_app: Flask) -> None:
    make.rating(answer=4, service="ktp", now=MID)
    make.rating(answer=2, service="kk", now=MID, waktu=1)
    survey = counted().survey
    assert {(each.code, each.index.value) for each in survey.services} == {
        ("ktp", Decimal("100.00")),
        ("kk", Decimal("47.22")),
    }
    assert [score.rank for score in survey.elements if score.key == "waktu"] == [9]


def test_the_weight_that_was_in_force_is_used_and_named(any_app: Flask) -> None:
    make.rating(answer=4, now=MID)
    settings.set_value(office_id=make.OFFICE, key="weight", value="0.111", month=OCTOBER, by="tests", now=MID)
    assert counted().survey.index.value == Decimal("99.90")
    assert str(counted().survey.weight) == "0.111"
    assert str(counted(OCTOBER.previous()).survey.weight) == "1/9"


def test_a_sample_too_small_is_computed_and_said(any_app: Flask) -> None:
    make.rating(now=MID)
    settings.set_value(office_id=make.OFFICE, key="service_users", value="100", month=OCTOBER, by="tests", now=MID)
    survey = counted().survey
    assert (survey.index.value, survey.sample_needed, survey.is_sample_short) == (Decimal("75.00"), 80, True)


def test_the_year_pools_its_respondents(any_app: Flask) -> None:
    make.rating(answer=4, now=MID)
    for _ in range(3):
        make.rating(answer=1, now=NEXT)
    assert counted(Month(2026, 11)).survey_to_date.index.value == Decimal("43.75")


def test_patrol_findings_count_only_where_the_office_says_so(any_app: Flask) -> None:
    make.complaint(now=MID, source="patrol")
    assert counted().order.settlement.received == 0
    settings.set_value(office_id=make.OFFICE, key="count_patrol", value="ya", month=OCTOBER, by="tests", now=MID)
    assert counted().order.settlement.received == 1


def test_as_of_a_moment_is_what_was_counted_then(any_app: Flask) -> None:
    settled(MID, MID)
    undecided = make.complaint(now=MID)
    make.rating(answer=4, now=MID)
    excluded(MID, "spam")
    then = export.as_json(counted())
    make.happened(undecided, "exclude", now=NEXT, exclusion="spam")
    make.rating(answer=1, now=MID, recorded_at=NEXT)
    make.withdraw_ratings(now=NEXT + timedelta(hours=1))
    again = export.as_json(counted(as_of=MID))
    assert again["indicators"] == then["indicators"]
    assert export.as_json(counted())["indicators"] != then["indicators"]


def test_the_page_asks_the_same_number_of_queries_for_any_number_of_ratings(any_app: Flask) -> None:
    def queries() -> int:
        nightly.run_now(lambda: NIGHT, nightly.recount_marked)
        seen: list[str] = []
        hear = lambda *args: seen.append(args[2])  # noqa: E731
        event.listen(db.engine, "before_cursor_execute", hear)
        summary.build(reader(), offices.office(reader(), make.OFFICE), Period.of(OCTOBER))
        event.remove(db.engine, "before_cursor_execute", hear)
        db.session.rollback()
        return len(seen)

    make.complaint(now=MID)
    few = queries()
    for service in ("ktp", "kk", "waris"):
        make.rating(service=service, now=MID)
        make.complaint(now=MID)
    assert queries() == few <= 24


def test_json_has_the_agreed_form(any_app: Flask) -> None:
    make.rating(now=MID)
    settled(MID, MID)
    body = export.as_json(counted())
    assert body["office"] == "35.09.23"
    order = body["indicators"][3]["detail"]  # type: ignore[index]
    assert order["flow"] == {
        "opening": 0, "received": 1, "reopened": 0, "settled": 1, "excluded": 0, "closing": 0,
    }  # fmt: skip
    assert order["month"]["percent"] == order["year_to_date"]["percent"] == "100.00"


def test_a_month_carries_the_end_of_the_chain_as_it_was_when_the_month_ended(any_app: Flask) -> None:
    settled(MID, LATE_UTC)
    printed = export.as_json(counted())["anchor"]
    make.complaint(now=NEXT)
    assert export.as_json(counted())["anchor"] == printed
    assert isinstance(printed, dict)
    assert (printed["events"], len(printed["hash"])) == (2, 64)
    assert counted(as_of=MID).anchor.events == 1
    assert counted(OCTOBER.previous()).anchor.events == 0


def test_what_a_named_person_took_out_stands_beside_the_index(any_app: Flask) -> None:
    make.rating(answer=1, now=MID, is_excluded=True)
    make.rating(answer=4, now=MID, visit="code")
    make.rating(answer=2, now=MID)
    month = counted()
    found = month.survey
    assert (found.index.value, found.everything.value, found.excluded) == (Decimal("75.00"), Decimal("58.33"), 1)
    assert (found.verified.respondents, found.verified.value) == (1, Decimal("100.00"))
    assert (month.survey_to_date.excluded, month.survey_to_date.everything.respondents) == (1, 3)
    detail = export.as_json(month)["indicators"][1]["detail"]  # type: ignore[index]
    assert {key: detail[key] for key in ("respondents", "all", "excluded", "verified", "exact")} == {
        "respondents": 2,
        "all": {"respondents": 3, "value": "58.33"},
        "excluded": 1,
        "verified": {"respondents": 1, "value": "100.00"},
        "exact": None,
    }


def test_what_was_out_at_a_moment_is_out_as_of_it(any_app: Flask) -> None:
    given.rated(answers=given.all_answered(1), now=MID)
    given.rated(answers=given.all_answered(4), now=MID + timedelta(seconds=1))
    first = given.ratings()[0].id
    excluding.exclude(office_id=make.OFFICE, rating_ids=[first], reason="Coba-coba saja", by="tests", now=NEXT)
    assert [counted(as_of=moment).survey.excluded for moment in (MID + timedelta(days=1), NEXT)] == [0, 1]
    assert counted().survey.index.value == counted(as_of=NIGHT).survey.index.value == Decimal("100.00")


def test_visits_that_were_counted_go_before_a_smaller_setting(any_app: Flask) -> None:
    make.rating(now=MID)
    settings.set_value(office_id=make.OFFICE, key="service_users", value="10", month=OCTOBER, by="tests", now=MID)
    given_visits.counted({"ktp": 20}, day=MID.date(), now=NEXT)
    assert counted().survey.sample_needed == 19
    assert counted(as_of=MID).survey.sample_needed == 10
    assert counted(Month(2026, 11)).survey_to_date.sample_needed == 19
