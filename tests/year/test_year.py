"""A full invented year over HTTP agrees to the digit with an independent count of the exported files."""

import io
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from core import clock
from tests import conftest
from tests.year import locking, neighbours, story
from tests.year.lives import BEGIN, RELOCKED, YEAR, Year, wib
from tests.year.people import Clock, Desk, Diary
from tests.year.recount import Files, Rules, Span, counted

MONTHS = range(1, 13)
SPANS = [
    *(Span(YEAR, first, first + 2) for first in (1, 4, 7, 10)), Span(YEAR, 1, 6), Span(YEAR, 7, 12), Span(YEAR, 1, 12),
]  # fmt: skip
DOCUMENTED = (2, 4, 12)
COUNTED: dict[int, Any] = {}  # months that were counted already


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory, seeded_sqlite: Path) -> Iterator[Year]:
    folder = tmp_path_factory.mktemp("year")
    shutil.copy(seeded_sqlite, folder / "test.db")
    app = conftest._new_app(folder, f"sqlite:///{folder}/test.db")
    hands = Clock(wib(BEGIN))
    with pytest.MonkeyPatch.context() as patched, app.app_context():
        patched.setattr(clock, "now", hands)
        yield story.live(app, hands, folder)
    conftest._close(app)


@pytest.fixture(scope="module")
def files(year: Year) -> Files:
    """Everything as it stands at the end."""
    return locking.exported(year.secretary)


def differences(expected: Any, found: Any, where: str = "") -> Iterator[str]:
    """Where what was found lacks, or says otherwise than, what is expected; it may say more."""
    if isinstance(expected, dict) and isinstance(found, list):
        found = {each["code"]: each for each in found}
    if isinstance(expected, dict) and isinstance(found, dict):
        for key, value in expected.items():
            yield from differences(value, found.get(key, "nothing"), f"{where}/{key}")
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for place, (one, other) in enumerate(zip(expected, found, strict=True)):
            yield from differences(one, other, f"{where}/{place}")
    elif expected != found:
        yield f"{where}: counted {expected}, said {found}"


def agrees(files: Files, said: Any, span: Span, month: int | None = None, rules: Rules | None = None) -> bool:
    """Whether the product says what follows from the files, with what was set by that month."""
    found = list(differences(counted(files, rules or locking.rules(span, month=month), span), said))
    assert not found, "\n".join(found)
    return True


def month_counted(year: Year, month: int) -> Any:
    """The month as it was locked last, counted from the files of that day."""
    if month not in COUNTED:
        span, version = Span(YEAR, month, month), last_version(month)
        COUNTED[month] = counted(year.taken[month, version].files, locking.rules(span, month=month + version), span)
    return COUNTED[month]


def last_version(month: int) -> int:
    return 2 if month == RELOCKED else 1


def wib_day(moment: datetime) -> str:
    return (moment + timedelta(hours=7)).date().isoformat()


def test_the_files_have_what_people_did_on_the_days_they_did_it(year: Year, files: Files) -> None:
    """By the diaries of the people themselves, so that the days in the files are proved, too."""
    rated = Counter((wib_day(at), service) for at, service in year.diary.ratings if wib_day(at)[:4] == str(YEAR))
    assert rated == Counter((row["date"], row["service"]) for row in files.ratings)
    moved = Counter((wib_day(at), number, move) for at, number, move in year.diary.moves if wib_day(at) < "2029")
    found = Counter((row["day"], row["number"], row["move"]) for row in files.moves if row["move"] != "finalise")
    assert moved == found
    first_days = {number: wib_day(at) for at, number, move in year.diary.moves if move == "receive"}
    assert {row["number"]: row["received_on"] for row in files.moves}.items() <= first_days.items()


@pytest.mark.parametrize("month", MONTHS)
def test_a_month_agrees_with_the_files_of_the_day_it_was_locked(year: Year, month: int) -> None:
    taken, span = year.taken[month, 1], Span(YEAR, month, month)
    assert agrees(taken.files, taken.said, span, month=month + 1)
    assert (taken.said["locked"], taken.said["version"]) == (False, 1)


@pytest.mark.parametrize("month", MONTHS)
def test_a_locked_month_stays_as_it_was(year: Year, month: int) -> None:
    version = last_version(month)
    said = year.secretary.json(f"/ringkasan/{YEAR}-{month:02}.json")
    assert agrees(year.taken[month, version].files, said, Span(YEAR, month, month), month=month + version)
    assert (said["locked"], said["version"]) == (True, version)


def test_a_second_version_differs_only_after_it_was_locked(year: Year) -> None:
    first, second = (year.taken[RELOCKED, version].said for version in (1, 2))
    assert second["indicators"] == first["indicators"]
    assert (second["locked"], second["version"], second["changed_since_lock"]) == (True, 1, True)


@pytest.mark.parametrize("span", SPANS, ids=lambda span: span.name)
def test_a_longer_period_agrees_with_the_files_of_today(year: Year, files: Files, span: Span) -> None:
    assert agrees(files, year.secretary.json(f"/ringkasan/{span.name}.json"), span)


def test_the_open_data_agree(year: Year) -> None:
    found = {row["month"]: row for row in year.public.client.get("/hasil.json").json or []}
    for month in MONTHS:
        span, version = Span(YEAR, month, month), last_version(month)
        lines = month_counted(year, month)["indicators"]
        settled, survey = lines[3]["detail"]["month"], lines[1]["detail"]
        expected = {
            "provisional": False, "version": version, "respondents": survey["respondents"], "grade": survey["grade"],
            "received": settled["received"], "settled": settled["settled"], "percent_settled": settled["percent"],
            "iku1_documents": lines[0]["value"], "iku2_ikm": lines[1]["value"], "iku3_welfare": lines[2]["value"],
            "iku4_settlement": lines[3]["value"], "iku5_sakip": lines[4]["value"], "iku6_programme": lines[5]["value"],
            "iku2_source": "sukma-e" if month == 5 else "own",
        }  # fmt: skip
        assert not list(differences(expected, found[span.name]))
        alone = year.public.client.get(f"/hasil/{span.name}.json").json
        assert not list(differences(found[span.name], alone))


def printed(value: str) -> str:
    """As people read it."""
    return value.replace(".", ",")


@pytest.mark.parametrize("month", MONTHS)
def test_the_page_prints_what_was_counted(year: Year, month: int) -> None:
    page = year.secretary.get(f"/ringkasan/{YEAR}-{month:02}").text
    assert not unprinted(year, month, page)


def unprinted(year: Year, month: int, text: str) -> list[str]:
    """What of the month's six values, targets and achievements does not stand in a text."""
    lines = month_counted(year, month)["indicators"]
    wanted = [line[name] for line in lines for name in ("value", "target", "achievement") if line[name] is not None]
    wanted.remove(lines[0]["target"])  # a number of documents, which is printed as one
    return [value for value in wanted if printed(value) not in text]


@pytest.mark.parametrize("month", DOCUMENTED)
def test_the_documents_print_what_was_counted(year: Year, month: int) -> None:
    path = f"/ringkasan/{YEAR}-{month:02}"
    pdf = PdfReader(io.BytesIO(year.secretary.get(f"{path}.pdf").data))
    texts = [
        "\n".join(page.extract_text() for page in pdf.pages),
        words_of_docx(year.secretary.get(f"{path}.docx").data),
    ]
    for text in texts:
        assert not unprinted(year, month, text)


def words_of_docx(data: bytes) -> str:
    return "\n".join(node.text or "" for node in Document(io.BytesIO(data)).element.iter() if node.tag.endswith("}t"))


@pytest.mark.parametrize("month", DOCUMENTED)
def test_the_workbook_holds_what_was_counted(year: Year, month: int) -> None:
    book = load_workbook(io.BytesIO(year.secretary.get(f"/ringkasan/{YEAR}-{month:02}.xlsx").data))
    cells = {cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    figures = {Decimal(str(cell)) for cell in cells if isinstance(cell, int | float)}
    lines = month_counted(year, month)["indicators"]
    wanted = {Decimal(line[name]) for line in lines for name in ("value", "target") if line[name] is not None}
    assert wanted <= figures


def test_an_office_that_came_in_mid_year_counts_its_own(year: Year) -> None:
    other = year.others[0]
    plain, july = locking.plain_rules(), other.taken[7, 1]
    assert agrees(july.files, july.said, Span(YEAR, 7, 7), rules=plain)
    now = locking.exported(other.secretary)
    for span in (Span(YEAR, 8, 8), Span(YEAR, 7, 9), Span(YEAR, 1, 12)):
        assert agrees(now, other.secretary.json(f"/ringkasan/{span.name}.json"), span, rules=plain)
    published = year.public.client.get(f"/hasil/{YEAR}-07.json?office={neighbours.PREFIX}").json or {}
    assert (published["version"], published["ikm"]) == (1, july.said["indicators"][1]["value"])
    assert {row["number"] for row in now.moves} == {number for _at, number, _move in other.diary.moves}


def test_the_regency_sees_the_totals_of_both(year: Year) -> None:
    pages = Desk(year.app, neighbours.REGENCY, Diary(year.diary.clock))
    for month in (7, 8):
        rows = {row["office"]: row for row in pages.json(f"/kabupaten/{YEAR}-{month:02}.json")["offices"]}
        ours = month_counted(year, month)
        theirs = year.others[0].secretary.json(f"/ringkasan/{YEAR}-{month:02}.json")
        for code, said in (("35.09.23", ours), (neighbours.CODE, theirs)):
            found = [rows[code][f"{line['key']}_value"] for line in said["indicators"]]
            assert found == [line["value"] for line in said["indicators"]]
