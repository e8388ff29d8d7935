"""Piles of paper forms: every form kept, both entries compared, all of it counted once and undone whole."""

from collections import Counter
from datetime import date, timedelta
from threading import Thread
from uuid import uuid4

import pytest
from flask import Flask

from core.calendar import Month
from core.db import read_afresh, reader
from core.errors import Conflict, Missing, Refused
from core.periods import Period
from indicators import nightly
from offices import attachments, queries, settings
from survey import importing
from survey.elements import OFFICIAL_ORDER
from survey.entry import paper, paper_import, paper_queries
from survey.entry.paper_terms import Given, PileState, Turn, differences
from survey.figures import building
from survey.figures.groups import Dimension
from survey.figures.results import Figures
from tests import make
from tests.offices import houses
from tests.pdfs import PDF
from tests.survey import given as survey
from tests.survey.entry import papers
from tests.survey.entry.papers import reading

LATER = make.START + timedelta(hours=1)
THREE, TWO = reading(3), reading(2)
INCOMPLETE = reading(3, incomplete=True, waktu="")


@pytest.mark.parametrize(
    ("one", "other", "differing"),
    [
        (THREE, THREE, ()),
        (THREE, reading(3, waktu="4"), ("waktu",)),
        (THREE, reading(3, sex="male", sarana="1"), ("sarana", "sex")),
        (INCOMPLETE, THREE, ("incomplete", "waktu")),
        (INCOMPLETE, reading(1, incomplete=True), ()),
        (reading(suggestion="Bagus, sekali!"), reading(suggestion="bagus sekali"), ()),
        (reading(suggestion="Bagus"), THREE, ()),
        (reading(suggestion="Bagus"), reading(suggestion="Buruk"), ("suggestion",)),
    ],
    ids=["same", "answer", "two", "incomplete", "both-incomplete", "punctuation", "typed-once", "suggestion"],
)
def test_where_two_readings_differ(one: Given, other: Given, differing: tuple[str, ...]) -> None:
    assert differences(one, other) == differing
    assert set(differences(other, one)) == set(differing)


def test_every_form_has_its_number(any_app: Flask) -> None:
    pile = papers.pile()
    for number, found in enumerate((THREE, TWO, INCOMPLETE), 1):
        assert paper_queries.next_number(read_afresh(), make.OFFICE, pile, Turn.FIRST) == number
        papers.entered(pile, number, found)
    assert [sheet.first for sheet in papers.sheets(pile)] == [THREE, TWO, INCOMPLETE]


def test_the_second_entry_asks_for_the_numbers_of_the_first(any_app: Flask) -> None:
    pile = papers.pile()
    for number in (1, 2):
        papers.entered(pile, number, THREE)
    with pytest.raises(Refused, match="Masukan pertama belum selesai"):
        papers.entered(pile, 1, THREE, Turn.SECOND)
    papers.finished(pile)
    papers.entered(pile, 1, THREE, Turn.SECOND)
    assert paper_queries.next_number(read_afresh(), make.OFFICE, pile, Turn.SECOND) == 2
    papers.entered(pile, 2, THREE, Turn.SECOND)
    assert paper_queries.next_number(read_afresh(), make.OFFICE, pile, Turn.SECOND) is None
    assert papers.found(pile).second_by == papers.SECOND


def test_the_same_form_sent_again_changes_nothing(any_app: Flask) -> None:
    pile = papers.pile()
    papers.entered(pile, 1, THREE)
    papers.entered(pile, 1, THREE, by=papers.SECOND)
    (form,) = [paper_queries.form(reader(), make.OFFICE, pile, Turn.FIRST, 1)]
    assert form
    assert form.entered_by == papers.FIRST


def test_nobody_overwrites_anothers_form_unseen(any_app: Flask) -> None:
    pile = papers.pile()
    papers.entered(pile, 1, THREE)
    with pytest.raises(Conflict, match=r"No\. 1 sudah dimasukkan oleh satu@"):
        papers.entered(pile, 1, TWO)
    papers.entered(pile, 1, TWO, was=paper.digest_of(THREE))
    assert papers.sheets(pile)[0].first == TWO


def test_a_full_pile_asks_for_no_further_number(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper_queries, "MOST_FORMS", 1)
    pile = papers.pile()
    papers.entered(pile, 1, THREE)
    assert paper_queries.next_number(read_afresh(), make.OFFICE, pile, Turn.FIRST) is None


@pytest.mark.parametrize("number", [0, 1000])
def test_a_pile_has_its_limits(app: Flask, number: int) -> None:
    with pytest.raises(Refused, match="paling banyak 999"):
        papers.entered(papers.pile(), number, THREE)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"day": survey.TODAY + timedelta(days=1)}, "belum tiba"),
        ({"day": date(2016, 12, 31)}, "baru berlaku sejak 1 Januari 2017"),
        ({"edition_code": "tidak-ada"}, "Edisi ini tidak ada"),
        ({"service_code": "tidak-ada"}, "Layanan ini tidak ada"),
        ({"point_code": "MBS-TIDAK"}, "Titik ini tidak ada"),
    ],
    ids=["future", "too-early", "edition", "service", "point"],
)
def test_a_pile_that_can_not_be(app: Flask, values: dict[str, object], words: str) -> None:
    with pytest.raises(Refused, match=words):
        papers.pile(**values)


def test_what_agrees_counts_once(any_app: Flask) -> None:
    point = houses.point("rate")
    told = reading(4, sex="female", age_band="30s", education="slta", occupation="petani", suggestion="Cepat")
    pile = papers.entered_twice(told, INCOMPLETE, TWO, point_code=point)
    assert papers.taken(pile, now=LATER) == paper_import.Taken(imported=2, rejected=1)
    assert papers.taken(pile, now=LATER) == paper_import.Taken(imported=2, rejected=1)
    second, first = sorted(survey.ratings(), key=lambda rating: rating.waktu)
    assert (first.source, first.day, first.recorded_at) == ("paper", survey.TODAY, LATER)
    assert (first.service_code, first.point_code, first.waktu, first.points) == ("ktp", point, 4, 2160)
    assert (first.sex, first.age_band, first.education, first.occupation, first.suggestion) == (
        "female", "30s", "slta", "petani", "Cepat",
    )  # fmt: skip
    assert (second.sex, second.waktu) == (None, 2)
    assert papers.found(pile).status == PileState.TAKEN


def test_pressed_twice_at_the_same_moment_it_counts_once(any_app: Flask) -> None:
    pile = papers.entered_twice(THREE, TWO)
    found: list[paper_import.Taken] = []

    def press() -> None:
        with any_app.app_context():
            found.append(papers.taken(pile))

    presses = [Thread(target=press) for _turn in range(2)]
    for each in presses:
        each.start()
    for each in presses:
        each.join()
    assert found == [paper_import.Taken(2, 0)] * 2
    assert len(survey.ratings()) == 2


def test_each_form_may_name_its_service(any_app: Flask) -> None:
    pile = papers.entered_twice(reading(service="ktp"), reading(service="kk"), service_code=None)
    papers.taken(pile)
    assert {rating.service_code for rating in survey.ratings()} == {"ktp", "kk"}


def test_nothing_counts_while_the_entries_differ(any_app: Flask) -> None:
    pile = papers.entered_twice(THREE, TWO)
    papers.entered(pile, 2, reading(2, waktu="4"), Turn.SECOND, was=paper.digest_of(TWO))
    with pytest.raises(Refused, match=r"Belum semua formulir sama pada kedua masukan \(No\. 2\)"):
        papers.taken(pile)
    assert survey.ratings() == []
    papers.decided(pile, 2, texts={"waktu": "1"})
    papers.taken(pile)
    assert {(rating.waktu, rating.biaya) for rating in survey.ratings()} == {(3, 3), (1, 2)}


def test_what_was_decided_ends_with_a_new_reading(any_app: Flask) -> None:
    pile = papers.entered_twice(THREE)
    papers.entered(pile, 1, TWO, Turn.SECOND, was=paper.digest_of(THREE))
    papers.decided(pile, 1, texts=dict.fromkeys(OFFICIAL_ORDER, "1"))
    papers.entered(pile, 1, reading(2, sarana="4"), Turn.SECOND, was=paper.digest_of(TWO))
    assert papers.sheets(pile)[0].decided is None


def test_a_decision_must_speak_of_all_that_differs(any_app: Flask) -> None:
    pile = papers.entered_twice(THREE)
    papers.entered(pile, 1, reading(3, waktu="1", biaya="1"), Turn.SECOND, was=paper.digest_of(THREE))
    with pytest.raises(Conflict, match="baru saja berubah"):
        papers.decided(pile, 1, texts={"waktu": "1"})
    papers.decided(pile, 1, incomplete=True)
    assert papers.taken(pile) == paper_import.Taken(0, 1)


def test_a_form_that_only_one_entry_has_keeps_the_pile_open(any_app: Flask) -> None:
    pile = papers.entered_twice(THREE)
    papers.entered(pile, 2, TWO)
    with pytest.raises(Refused, match=r"No\. 2"):
        papers.taken(pile)
    paper.remove(
        office_id=make.OFFICE, batch_id=pile, turn=Turn.FIRST, number=2, by=papers.FIRST, now=make.START
    )  # fmt: skip
    assert papers.taken(pile).imported == 1


def test_an_office_may_be_content_with_one_entry(any_app: Flask) -> None:
    pile = papers.pile()
    papers.entered(pile, 1, THREE)
    with pytest.raises(Refused, match="Belum semua formulir"):
        papers.taken(pile)
    settings.set_value(
        office_id=make.OFFICE, key="paper_double_entry", value="tidak", month=Month(2026, 10),
        by="tests", now=make.START,
    )  # fmt: skip
    assert papers.taken(pile).imported == 1


def test_an_empty_pile_counts_for_nothing(app: Flask) -> None:
    pile = papers.pile()
    with pytest.raises(Refused, match="masih kosong"):
        papers.finished(pile)
    with pytest.raises(Refused, match="masih kosong"):
        papers.taken(pile)


def test_it_is_undone_whole_and_can_be_mended(any_app: Flask) -> None:
    pile = papers.entered_twice(THREE, TWO)
    papers.taken(pile)
    with pytest.raises(Refused, match="masih dihitung"):
        paper.reopen(office_id=make.OFFICE, batch_id=pile, by=papers.FIRST, now=LATER)
    import_id = papers.found(pile).import_id
    assert import_id
    undone = importing.undo(office_id=make.OFFICE, import_id=import_id, by="tests", now=LATER)
    assert undone == 2
    assert all(rating.withdrawn_at == LATER for rating in survey.ratings())
    paper.reopen(office_id=make.OFFICE, batch_id=pile, by=papers.FIRST, now=LATER)
    papers.taken(pile, now=LATER)
    assert Counter(rating.withdrawn_at for rating in survey.ratings()) == {LATER: 2, None: 2}


def test_the_command_undoes_it_as_any_import(app: Flask) -> None:
    pile = papers.entered_twice(THREE)
    papers.taken(pile)
    command = app.test_cli_runner()
    assert "paper  Kertas 1 Oktober 2026  1 diterima, 0 ditolak" in command.invoke(args=["import", "list"]).output
    undone = command.invoke(args=["import", "undo", str(papers.found(pile).import_id)])
    assert undone.output == "Kertas 1 Oktober 2026 dibatalkan: 1 penilaian tidak dihitung lagi.\n"
    assert all(rating.withdrawn_at for rating in survey.ratings())


def test_a_closed_pile_takes_nothing_more(any_app: Flask) -> None:
    pile = papers.entered_twice(THREE)
    papers.taken(pile)
    gone = papers.pile()
    paper.discard(office_id=make.OFFICE, batch_id=gone, reason="Salah edisi", by=papers.FIRST, now=LATER)
    for batch_id in (pile, gone):
        with pytest.raises(Refused, match="sudah ditutup"):
            papers.entered(batch_id, 9, TWO)
        with pytest.raises(Refused, match="sudah ditutup"):
            paper.discard(office_id=make.OFFICE, batch_id=batch_id, reason="Lagi", by=papers.FIRST, now=LATER)
    with pytest.raises(Refused, match="sudah ditutup"):
        papers.taken(gone)
    why = paper_queries.why_discarded(read_afresh(), make.OFFICE, gone)
    assert why
    assert (why.detail, why.actor) == ({"reason": "Salah edisi"}, papers.FIRST)


def test_another_offices_pile_is_not_there(app: Flask) -> None:
    houses.other_office()
    pile = papers.pile()
    for batch_id, office_id in ((pile, houses.OTHER), (uuid4(), make.OFFICE)):
        with pytest.raises(Missing):
            papers.entered(batch_id, 1, THREE, office_id=office_id)
        with pytest.raises(Missing):
            papers.taken(batch_id, office_id=office_id)


def test_scans_stay_with_the_pile(app: Flask) -> None:
    pile = papers.entered_twice(THREE)
    papers.taken(pile)
    data_dir = app.config["SETTINGS"].data_dir
    scan = attachments.kept(data_dir, make.OFFICE, PDF, "pindaian.pdf", now=LATER)
    paper.attach(office_id=make.OFFICE, batch_id=pile, scans=[scan], by=papers.FIRST, now=LATER)
    (kept,) = attachments.of(read_afresh(), make.OFFICE, paper.about(pile))
    assert kept.file_name == "pindaian.pdf"


def test_the_figures_know_it_as_paper_from_when_it_was_taken_in(any_app: Flask) -> None:
    make.rating(answer=4)
    pile = papers.entered_twice(TWO, now=make.START)
    papers.taken(pile, now=LATER)
    nightly.run_now(lambda: LATER + timedelta(days=40), nightly.recount_marked)
    office, month = queries.office(read_afresh(), make.OFFICE), Period.parse("2026-10")
    found = building.build(reader(), office, month)
    before = building.build(reader(), office, month, as_of=LATER - timedelta(seconds=1))
    assert [(each.whole.respondents, on_paper(each)) for each in (found, before)] == [(2, [1]), (1, [])]


def on_paper(figures: Figures) -> list[int]:
    groups = figures.groups[Dimension.SOURCE]
    return [group.scored.respondents for group in groups if group.code == "paper" and group.scored]
