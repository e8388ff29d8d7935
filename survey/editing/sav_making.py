"""Ratings one by one for SPSS: codes with their words, levels of measurement, and a note that it is confidential."""

import csv
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import wrap
from typing import IO

from core.config import ROOT
from core.errors import Refused
from survey.editing.export import NUMBER, SECRET, Parts
from survey.editing.respondents import NOMINAL, ORDINAL, SCALE, TEXT, Column, Row
from survey.elements import AgeBand, Education, Occupation, Sex

MOST = 100_000  # rows: the library holds them all in memory
PATIENCE_S = 120
ROWS, MEANINGS, OUT = "rows.csv", "meanings.json", "out.sav"
TOO_MANY = "Masa ini berisi lebih dari 100.000 penilaian. Pilih masa yang lebih pendek, atau unduh CSV."
# Numbered in the order of the questionnaire, as SPSS expects of attributes.
NUMBERED: Mapping[str, Mapping[str, int]] = {
    name: {code.value: number for number, code in enumerate(kind, 1)}
    for name, kind in (("sex", Sex), ("age_band", AgeBand), ("education", Education), ("occupation", Occupation))
}
FLAGS = {"verified", "excluded"}
# Bytes that the format holds.
LINE, LONGEST_LABEL, LONGEST_WORDS = 76, 250, 118
SHORT, MEAN = "F4.0", "F8.4"


def sav(columns: Sequence[Column], parts: Parts, title: str) -> IO[bytes]:
    """The file, open. Raises Refused when there are more ratings than the library holds in memory."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        _write_rows(folder / ROWS, columns, parts)
        meanings = {"title": title, "note": wrap(str(SECRET), LINE), "columns": [_number(), *map(_meaning, columns)]}
        (folder / MEANINGS).write_text(json.dumps(meanings), encoding="utf-8")
        command = [sys.executable, "-m", "survey.editing.sav", name]
        subprocess.run(command, cwd=ROOT, check=True, timeout=PATIENCE_S, stdin=subprocess.DEVNULL)  # noqa: S603 (our own)
        return (folder / OUT).open("rb")  # stays readable when the folder is gone


def _write_rows(path: Path, columns: Sequence[Column], parts: Parts) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        for number, row in enumerate(chain.from_iterable(parts), 1):
            if number > MOST:
                raise Refused(TOO_MANY)
            writer.writerow([number, *_cells(columns, row)])


def _cells(columns: Sequence[Column], row: Row) -> Iterator[str]:
    for column in columns:
        value = column.value(row)
        if column.name in NUMBERED and value is not None:
            value = NUMBERED[column.name].get(str(value))
        yield value.isoformat() if isinstance(value, date) else "" if value is None else str(value)


def _number() -> dict[str, object]:
    return {"name": NUMBER, "label": "Nomor", "measure": SCALE, "kind": "number", "format": "F8.0", "words": {}}


def _meaning(column: Column) -> dict[str, object]:
    """A column as the program that writes the file is told of it."""
    numbers = NUMBERED.get(column.name, {})
    is_number = bool(numbers) or column.name in FLAGS or _is_element(column)
    kind = "number" if is_number else "date" if column.name == "date" else "text"
    return {
        "name": column.name,
        "label": _cut(column.label, LONGEST_LABEL),
        "measure": NOMINAL if column.measure == TEXT else column.measure,
        "kind": kind,
        "format": (SHORT if column.measure in {ORDINAL, NOMINAL} else MEAN) if is_number else "",
        "words": {str(numbers.get(code, code)): _cut(word, LONGEST_WORDS) for code, word in column.words.items()},
    }


def _cut(text: str, most: int) -> str:
    return text.encode()[:most].decode(errors="ignore")


def _is_element(column: Column) -> bool:
    return set(column.words) == set("1234")
