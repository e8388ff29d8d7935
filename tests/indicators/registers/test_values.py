"""What the registers say of a period: every rule of docs/adr/0027 as a row of a table."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from core.periods import Period
from indicators.registers import sentences, standings
from indicators.registers.terms import Register
from indicators.registers.values import Entries, Registered, Share, registered, sakip_predicate
from tests.indicators.registers import entries as make

MAY, TODAY = Period.parse("2026-05"), date(2026, 11, 22)
LATER = make.NOW + timedelta(hours=1)


def of(period: str = "2026-05", **registers: Any) -> Registered:
    return registered(make.entries(**registers), Period.parse(period))


DOCUMENTS = {
    "nothing written down": ([], "2026-05", None),
    "one of four": ([make.document()], "2026-05", 1),
    "approved on the last day": ([make.document(approved="05-31")], "2026-05", 1),
    "approved the day after": ([make.document(approved="06-01")], "2026-05", 0),
    "not approved": ([make.document(approved=None)], "2026-05", 0),
    "no file": ([make.document(file_id=None)], "2026-05", 0),
    "a kind counts once": ([make.document(), make.document()], "2026-05", 1),
    "all four": ([make.document(each) for each in ("lakip", "rb", "anjab", "pelayanan_publik")], "2026-05", 4),
    "of another year": ([make.document(year=2025)], "2026-05", None),
    "approved in the year before": ([make.document(approved="2025-12-30")], "2026-01", 1),
    "a longer period ends later": ([make.document(approved="06-30")], "2026-TW2", 1),
    "the year": ([make.document(approved="12-31")], "2026", 1),
}


@pytest.mark.parametrize(("rows", "period", "expected"), DOCUMENTS.values(), ids=DOCUMENTS)
def test_documents_of_the_year_approved_by_then(rows: Any, period: str, expected: int | None) -> None:
    assert of(period, documents=rows).documents == expected


ACTIVITIES = {
    "none planned": ([], "2026-05", (0, 0), None),
    "held as planned": ([make.activity()], "2026-05", (1, 1), "100.00"),
    "held on the last day": ([make.activity(held="05-31")], "2026-05", (1, 1), "100.00"),
    "held a day late": ([make.activity(held="06-01")], "2026-05", (0, 1), "0.00"),
    "late, but within the quarter": ([make.activity(held="06-01")], "2026-TW2", (1, 1), "100.00"),
    "held, no evidence": ([make.activity(file_id=None)], "2026-05", (0, 1), "0.00"),
    "not held": ([make.activity(), make.activity(held=None)], "2026-05", (1, 2), "50.00"),
    "held before its day": ([make.activity(planned="05-20", held="05-02")], "2026-05", (1, 1), "100.00"),
    "held before its month": ([make.activity(planned="06-02", held="05-30")], "2026-05", (0, 0), None),
    "planned for another month": ([make.activity(planned="04-30", held="05-02")], "2026-05", (0, 0), None),
    "two of three": ([make.activity(), make.activity(), make.activity(held=None)], "2026-05", (2, 3), "66.67"),
}


@pytest.mark.parametrize(("rows", "period", "share", "percent"), ACTIVITIES.values(), ids=ACTIVITIES)
def test_activities_planned_and_held(rows: Any, period: str, share: tuple[int, int], percent: str | None) -> None:
    found = of(period, activities=rows).activities
    assert (found.part, found.whole) == share
    assert found.percent == (percent and Decimal(percent))


REVIEWS = {
    "none": ([], None),
    "one": ([make.review()], "78.50"),
    "of the last day": ([make.review(on="05-31")], "78.50"),
    "of the day after": ([make.review(on="06-01")], None),
    "without a file": ([make.review(file_id=None)], None),
    "the newer counts": ([make.review("80.00", "05-02"), make.review("70.00", "05-03")], "70.00"),
    "the newer without a file does not": ([make.review("80.00"), make.review("70.00", "05-03", file_id=None)], "80.00"),
    "of one day the one written last": ([make.review("80.00", recorded_at=LATER), make.review("70.00")], "80.00"),
    "of another year": ([make.review(year=2025)], None),
}


@pytest.mark.parametrize(("rows", "score"), REVIEWS.values(), ids=REVIEWS)
def test_the_newest_review_of_the_year(rows: Any, score: str | None) -> None:
    found = of(reviews=rows).review
    assert (found.score if found else None) == (score and Decimal(score))


@pytest.mark.parametrize(
    ("score", "word"),
    [("90.01", "AA"), ("90.00", "A"), ("80.00", "BB"), ("70.01", "BB"), ("70.00", "B"), ("60.00", "CC"), ("50.00", "C"),
     ("30.00", "D"), ("0.00", "D")],
)  # fmt: skip
def test_the_predicate_follows_from_the_score(score: str, word: str) -> None:
    assert sakip_predicate(Decimal(score)) == word


HIGHER, LOWER = make.indicator("80"), make.indicator("14.5", "lower")
PROGRAMME = {
    "no indicators": ([], [], None),
    "none measured": ([HIGHER], [], None),
    "met exactly": ([HIGHER], [make.reached(HIGHER, "80", "05-31")], Share(1, 1)),
    "met without evidence": ([HIGHER], [make.reached(HIGHER, "80", "05-31", file_id=None)], Share(0, 1)),
    "just under": ([HIGHER], [make.reached(HIGHER, "79.9999", "05-31")], Share(0, 1)),
    "lower is better": ([LOWER], [make.reached(LOWER, "14.5", "05-31")], Share(1, 1)),
    "just over": ([LOWER], [make.reached(LOWER, "14.5001", "05-31")], Share(0, 1)),
    "measured the day after": ([HIGHER], [make.reached(HIGHER, "99", "06-01")], None),
    "the newest counts": (
        [HIGHER], [make.reached(HIGHER, "99", "03-31"), make.reached(HIGHER, "70", "05-01")], Share(0, 1),
    ),
    "one not measured is not met": ([HIGHER, LOWER], [make.reached(HIGHER, "99", "03-31")], Share(1, 2)),
    "of another year": ([make.indicator(year=2025)], [], None),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "measures", "expected"), PROGRAMME.values(), ids=PROGRAMME)
def test_programme_indicators_that_met_their_target(rows: Any, measures: Any, expected: Share | None) -> None:
    assert of(programme=rows, realisations=measures).programme == expected


def test_what_sukma_e_showed_is_of_its_own_period() -> None:
    rows = [make.shown("2026-05", "82.10"), make.shown("2026-05", "83.00", recorded_at=LATER), make.shown("2026-S1")]
    found = of(outside=rows).outside
    assert found
    assert found.value == Decimal("83.00")
    assert of("2026-06", outside=rows).outside is None
    assert of("2026-S1", outside=rows).outside


EVERYTHING = make.entries(
    documents=[row for rows, _period, _expected in DOCUMENTS.values() for row in rows],
    activities=[row for rows, *_rest in ACTIVITIES.values() for row in rows],
    reviews=[row for rows, _score in REVIEWS.values() for row in rows],
    programme=[HIGHER, LOWER],
    realisations=[make.reached(HIGHER, "99", "03-31"), make.reached(LOWER, "20", "05-31")],
    outside=[make.shown()],
)


@pytest.mark.parametrize("period", ["2026-01", "2026-05", "2026-TW2", "2026-S2", "2026"])
@pytest.mark.parametrize("found", [EVERYTHING, make.entries()], ids=["everything", "nothing"])
def test_as_many_entries_stand_as_counted_as_the_figure_says(app: Flask, found: Entries, period: str) -> None:
    asked = Period.parse(period)
    figure = registered(found, asked)
    counted = {each: standings.counted(standings.of(each, found, asked, TODAY)) for each in Register}
    assert counted[Register.DOCUMENTS] == (figure.documents or 0)
    assert counted[Register.ACTIVITIES] == figure.activities.part
    assert counted[Register.REVIEWS] == (1 if figure.review else 0)
    assert counted[Register.PROGRAMME] == (figure.programme.part if figure.programme else 0)


def test_each_that_does_not_count_says_why(app: Flask) -> None:
    for register in Register:
        rows = standings.of(register, EVERYTHING, MAY, TODAY)
        assert all(each.is_counted != bool(each.why) for each in rows), register


WORDS = {
    Register.DOCUMENTS: "0 dari 4 dokumen disetujui dan ada berkasnya. "
    "Belum ada: RB, ANJAB, Pelayanan Publik. LAKIP: belum disetujui.",
    Register.ACTIVITIES: "1 dari 3 kegiatan terlaksana dan ada buktinya. 2 belum dilaksanakan.",
    Register.REVIEWS: "Nilai dari evaluasi 14 April 2026.",
    Register.PROGRAMME: "0 dari 2 indikator tercapai dan ada buktinya. 1 belum tercapai. 1 belum diukur.",
    Register.OUTSIDE: "Semua bulan yang sudah berakhir tercatat.",
}


@pytest.mark.parametrize("register", WORDS, ids=str)
def test_a_sentence_says_what_is_missing(app: Flask, register: Register) -> None:
    found = make.entries(
        documents=[make.document(approved=None)],
        activities=[make.activity(), make.activity(held=None), make.activity(held=None)],
        reviews=[make.review()],
        programme=[HIGHER, LOWER],
        realisations=[make.reached(HIGHER, "70", "05-01")],
        outside=[make.shown()],
    )
    with app.test_request_context():
        assert sentences.words(register, found, MAY, TODAY) == WORDS[register]
