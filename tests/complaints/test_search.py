"""Reports are found by their words, alike on both databases, whatever is typed."""

from datetime import date
from pathlib import Path

import flask_migrate
import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from complaints import erasure, search
from complaints.carrying import carry_out
from complaints.models import Complaint, EventWords
from complaints.states import EventFact
from complaints.terms import Move
from complaints.workflow import Details
from core import sqlite
from core.db import transaction, writer_engine
from core.retention import Ends
from tests import make
from tests.complaints import cases
from tests.complaints.reporting.test_joining import join
from tests.complaints.submitting import fresh, send


@transaction
def say(session: Session, number: str, text: str) -> None:
    """The resident adds something."""
    report = session.scalars(sa.select(Complaint).filter_by(number=number)).one()
    carry_out(session, report, EventFact(Move.ADD, cases.LATER, cases.LATER), Details(said=text))


@transaction
def erase_words(session: Session, number: str) -> None:
    """What was written with its moves is erased."""
    session.execute(sa.delete(EventWords))
    search.again(session, session.scalars(sa.select(Complaint).filter_by(number=number)).one())


@transaction
def forget_ended(session: Session) -> None:
    """The night erases what residents wrote of reports that have ended."""
    erasure.erase_identities(session, Ends(date(2030, 1, 1)), now=cases.LATER)


def found(text: str, office_id: int = make.OFFICE) -> list[str]:
    """The numbers of the reports found, the newest first."""
    session = fresh()
    matches = search.matching(session, office_id, text)
    chosen = sa.select(Complaint.number).join(matches, matches.c.complaint_id == Complaint.id)
    return list(session.scalars(chosen.order_by(matches.c.serial.desc())))


def test_a_report_is_found_by_its_words_in_other_forms(any_app: Flask) -> None:
    rubbish = send(description="Ada yang membuang sampah ke sungai", place="Jembatan Kali Mayang").number
    noise = send(description="Sound horeg mengganggu", place="").number
    assert found("pembuangan") == [rubbish]
    assert found("gangguan sound") == [noise]
    assert found("jembatan mayang") == [rubbish]
    assert found("sampah horeg") == []
    assert found("suco") == [noise, rubbish]  # the desa's name


def test_the_last_word_may_be_unfinished(any_app: Flask) -> None:
    number = send(description="Tumpukan sampah").number
    assert found("samp") == [number]
    assert found("samp tumpukan") == []
    noise = send(description="Meresahkan warga").number
    assert found("meresa") == [noise]


def test_words_between_quotes_follow_each_other(any_app: Flask) -> None:
    number = send(description="Lampu jalan mati sejak kemarin").number
    assert found('"lampu jalan"') == [number]
    assert found('"jalan lampu"') == []
    assert found('mati "lampu jalan"') == [number]


def test_a_report_is_found_by_its_number(any_app: Flask) -> None:
    send()
    number = send().number
    assert found(number.rpartition("-")[2]) == [number]


def test_another_offices_reports_are_not_found(any_app: Flask) -> None:
    send(description="Sampah")
    assert found("sampah", make.OFFICE + 1) == []


@pytest.mark.parametrize(
    "text",
    ["", " ", '"', '""', "' OR 1=1 --", "words:x", "NEAR(a b)", "a AND", "(", ")", "*", "^a", "-a", "a\x00b", "& |",
     "!", "<->", ":*", "\\", "x" * 10_000, "y " * 10_000, "\ud800", "😀", "ﷺ" * 50, '"a" "b" "'],
)  # fmt: skip
def test_nothing_typed_is_an_error(any_app: Flask, text: str) -> None:
    send()
    assert found(text) == []


def test_what_the_resident_adds_is_found_and_once_erased_no_more(any_app: Flask) -> None:
    number = send(description="Jalan rusak").number
    say(number, "Sekarang berlubang dalam")
    assert found("lubang jalan") == [number]
    erase_words(number)
    assert found("lubang") == []
    assert found("jalan rusak") == [number]


def test_nothing_erased_stays_in_the_file(app: Flask, tmp_path: Path) -> None:
    number = send(description="Jalan rusak").number
    say(number, "zzyzxq")
    erase_words(number)
    fresh()
    sqlite.tidy(writer_engine())
    assert all(b"zzyzxq" not in path.read_bytes() for path in tmp_path.glob("test.db*"))


def test_a_report_with_very_many_words_is_still_added_to(any_app: Flask) -> None:
    number = send(description="Jalan rusak").number
    for part in range(20):
        say(number, " ".join(f"kata{part}x{n}" for n in range(700)))
    assert found("jalan kata0x5") == [number]


def test_the_index_can_be_made_anew_from_the_reports(any_app: Flask) -> None:
    number = send(description="Membuang sampah", place="Pasar").number
    fresh()
    make.downgrade("0002")
    flask_migrate.upgrade()
    assert found("buang pasar suco") == [number]
    assert found(number.rpartition("-")[2]) == [number]


def test_who_joins_is_found_too_until_it_is_erased(any_app: Flask) -> None:
    handed = send(category="jalan", description="Jalan rusak")
    join(handed.number, description="Truk pasir lewat terus")
    assert found("truk jalan") == [handed.number]
    cases.act(handed.number, "exclude")
    forget_ended()
    assert found("truk") == []
    assert found("jalan rusak") == [handed.number]
