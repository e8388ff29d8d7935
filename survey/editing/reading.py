"""An uploaded sheet as it will be taken in: its rows by the columns that a person has matched."""

import hashlib
import json
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from typing import Self

from sqlalchemy.orm import Session

from core.calendar import wib_day
from core.errors import Refused
from core.tabular import plain_rows, sheet_names
from offices import queries as offices
from offices.imports import Sheet
from offices.models import Import
from offices.readings import Cells, Reading, reading
from survey import importing, queries, sheets
from survey.editing.matching import MOST_ABOVE, Target, guess, heading_row, targets
from survey.editing.uploads import Upload
from survey.elements import OFFICIAL_ORDER
from survey.sheets import Entry

MOST_ROWS = 50_000
MOST_WIDTH = 250
SHOWN = 10  # rows of the preview
MOST_FAULTS = 50  # rejected rows named on the page; the others are in the file of rejected rows
TOO_LONG = "Berkas ini lebih dari 50.000 baris. Bagi menjadi beberapa berkas."


@dataclass(frozen=True)
class Matching:
    """How a sheet is read: which sheet of a workbook, the heading's row (1 is the first), the column (0 is the first)
    of each target, and what holds where a row says nothing ("" and None: every row must say it).
    """

    sheet: str
    heading: int
    columns: Mapping[str, int]
    service_code: str
    day: date | None

    def kept(self) -> dict[str, str]:
        """As the notes beside an upload and the list of imports keep it."""
        return {
            "service": self.service_code,
            "date": self.day.isoformat() if self.day else "",
            "sheet": self.sheet,
            "heading": str(self.heading),
            "columns": json.dumps(dict(self.columns), sort_keys=True),
        }

    @classmethod
    def of(cls, kept: Mapping[str, str]) -> Self:
        """From what was kept."""
        columns = json.loads(kept["columns"])
        day = date.fromisoformat(kept["date"]) if kept["date"] else None
        return cls(kept["sheet"], int(kept["heading"]), columns, kept["service"], day)


@dataclass(frozen=True)
class Layout:
    """An upload as it is shown for matching: its sheets, the one looked at, its first rows, the heading's row number,
    and the columns by name with an example each.
    """

    sheets: Sequence[str]
    sheet: str
    rows: Sequence[Sequence[str]]
    heading: int
    known: Sequence[Target]
    guessed: Mapping[str, int]

    @property
    def names(self) -> list[str]:
        """The columns' names, each different."""
        return unique(self.rows[self.heading - 1])

    @property
    def examples(self) -> list[str]:
        """The first thing that stands in each column."""
        below = self.rows[self.heading :]
        return [next((row[place] for row in below if row[place : place + 1] != [""] and place < len(row)), "")
                for place in range(len(self.names))]  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A row of the preview as it is read: the nine answers as text ("3", or "3+4" where there are two items)."""

    number: int
    day: date
    service_code: str
    answers: Sequence[str]
    respondent: str
    suggestion: str


def layout(session: Session, office_id: int, upload: Upload, sheet: str, heading: int | None) -> Layout:
    """The upload with the sheet and the heading that were asked for, else guessed; raises Refused."""
    names = sheet_names(upload.path)
    sheet = sheet if sheet in names else next(iter(names), "")
    with closing(_rows(upload, sheet)) as rows:
        first = _even(list(islice(rows, MOST_ABOVE + SHOWN)))
    if not any(any(row) for row in first):
        raise Refused("Lembar ini kosong. Pilih lembar lain, atau unggah berkas lain.", "sheet")
    known = targets(_editions(session, office_id))
    chosen = heading if heading and heading <= len(first) else heading_row(first, known)
    below = [row for row in first[chosen:] if any(row)]
    return Layout(names, sheet, first, chosen, known, guess(first[chosen - 1], below, known))


def read(session: Session, office_id: int, upload: Upload, matching: Matching, *, now: datetime) -> Reading[Entry]:
    """Every row of the upload; raises Refused when it can't be read, or the service or the day can't be."""
    terms = importing.terms_of(session, office_id, matching.service_code, matching.day, OFFICIAL_ORDER, wib_day(now))
    terms = replace(terms, called={each.name: each.label for each in targets(terms.editions)})
    content = hashlib.sha256(upload.path.read_bytes()).hexdigest()
    sheet = Sheet.of(importing.KIND, upload.path, matching.kept() | {"content": content})
    with closing(_rows(upload, matching.sheet)) as rows:
        table = _named(rows, matching)
        heading = next(table)[1]
        columns = {target: list(heading)[place] for target, place in matching.columns.items() if place < len(heading)}

        def read_row(cells: Cells) -> Entry:
            return sheets.read_rating(terms, {target: cells[name] for target, name in columns.items()})

        found = reading(sheet, table, read_row, set(columns.values()))
    return replace(found, sheet=replace(sheet, file_name=upload.file_name))


def same_file(session: Session, office_id: int, found: Reading[Entry]) -> Sequence[Import]:
    """Imports of this very file that still count, however its columns were matched then."""
    content = found.sheet.options["content"]
    return [
        each
        for each in offices.imports(session, office_id)
        if each.options.get("content") == content and each.undone_at is None
    ]


def first_rows(found: Reading[Entry]) -> list[Line]:
    """The first rows that can be taken in, as they will be read; what is wrong with the others is listed apart."""
    return [_line(number, entry) for number, entry in found.entries[:SHOWN]]


def _line(number: int, entry: Entry) -> Line:
    told = (entry.sex, entry.age_band, entry.education, entry.occupation)
    answers = [
        "+".join(str(entry.answers[each.key]) for each in entry.questionnaire.questions if each.element == element)
        for element in OFFICIAL_ORDER
    ]
    respondent = ", ".join(each.label for each in told if each)
    return Line(number, entry.day, entry.service_code, answers, respondent, entry.suggestion)


def unique(names: Sequence[str]) -> list[str]:
    """Names for columns: those without one are numbered, those with the same are told apart."""
    found: dict[str, None] = {}
    for place, name in enumerate(names, 1):
        plain = name or f"kolom {place}"
        found[plain if plain not in found else f"{plain} ({place})"] = None
    return list(found)


def _rows(upload: Upload, sheet: str) -> Generator[list[str], None, None]:
    for row in plain_rows(upload.path, sheet):
        if len(row) > MOST_WIDTH and any(row[MOST_WIDTH:]):
            raise Refused(f"Lembar ini lebih dari {MOST_WIDTH} kolom.", "sheet")
        yield [cell.strip() for cell in row[:MOST_WIDTH]]


def _named(rows: Iterator[list[str]], matching: Matching) -> Iterator[tuple[int, dict[str, str]]]:
    """The heading, then each row below it that is not empty: (row number, cells by column name)."""
    names: list[str] = []
    taken = 0
    for number, row in enumerate(rows, 1):
        if number < matching.heading:
            continue
        if number == matching.heading:
            names = unique(_filled(row, max(matching.columns.values(), default=0) + 1))
            yield number, dict.fromkeys(names, "")
        elif any(row):
            taken += 1
            if taken > MOST_ROWS:
                raise Refused(TOO_LONG, "sheet")
            cells = _filled(row, len(names))
            yield number, dict(zip([*names, *unique(cells)[len(names) :]], cells, strict=True))


def _even(rows: Sequence[list[str]]) -> list[list[str]]:
    width = max(map(len, rows), default=0)
    return [_filled(row, width) for row in rows]


def _filled(row: Sequence[str], width: int) -> list[str]:
    """With empty cells up to the width: a column without a name, or without anything in this row."""
    return [*row, *[""] * (width - len(row))]


def _editions(session: Session, office_id: int) -> list[sheets.Edition]:
    return [
        sheets.edition(starts_on, questionnaire, OFFICIAL_ORDER)
        for starts_on, questionnaire in queries.questionnaires(session, office_id)
    ]
