"""A full invented year over HTTP agrees to the digit with an independent count of the exported files."""

import io
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from pypdf import PdfReader

from core import clock
from tests import conftest
from tests.year import story
from tests.year.people import Clock
from tests.year.recount import Files, Span, counted
from tests.year.story import YEAR, Year

MONTHS = range(1, 13)
SPANS = [
    *(Span(YEAR, first, first + 2) for first in (1, 4, 7, 10)), Span(YEAR, 1, 6), Span(YEAR, 7, 12), Span(YEAR, 1, 12),
]  # fmt: skip
DOCUMENTED = (2, 4, 12)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory, seeded_sqlite: Path) -> Iterator[Year]:
    folder = tmp_path_factory.mktemp("year")
    shutil.copy(seeded_sqlite, folder / "test.db")
    app = conftest._new_app(folder, f"sqlite:///{folder}/test.db")
    hands = Clock(story.wib(story.BEGIN))
    with pytest.MonkeyPatch.context() as patched, app.app_context():
        patched.setattr(clock, "now", hands)
        yield story.live(app, hands)
    conftest._close(app)


@pytest.fixture(scope="module")
def files(year: Year) -> Files:
    """Everything as it stands at the end."""
    return story.exported(year.secretary)


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


def agrees(files: Files, said: Any, span: Span, month: int | None = None) -> bool:
    """Whether the product says what follows from the files, with what was set by that month."""
    found = list(differences(counted(files, story.rules(span, month=month), span), said))
    assert not found, "\n".join(found)
    return True


def last_version(month: int) -> int:
    return 2 if month == story.RELOCKED else 1


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
    first, second = (year.taken[story.RELOCKED, version].said for version in (1, 2))
    assert second["indicators"] == first["indicators"]
    assert (second["locked"], second["version"], second["changed_since_lock"]) == (True, 1, True)


@pytest.mark.parametrize("span", SPANS, ids=lambda span: span.name)
def test_a_longer_period_agrees_with_the_files_of_today(year: Year, files: Files, span: Span) -> None:
    assert agrees(files, year.secretary.json(f"/ringkasan/{span.name}.json"), span)


def test_the_open_data_agree(year: Year) -> None:
    found = {row["month"]: row for row in year.public.client.get("/hasil.json").json or []}
    for month in MONTHS:
        span, version = Span(YEAR, month, month), last_version(month)
        lines = counted(year.taken[month, version].files, story.rules(span, month=month + version), span)["indicators"]
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
    span, version = Span(YEAR, month, month), last_version(month)
    lines = counted(year.taken[month, version].files, story.rules(span, month=month + version), span)["indicators"]
    wanted = [line[name] for line in lines for name in ("value", "target", "achievement") if line[name] is not None]
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
