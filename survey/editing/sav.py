"""Writes ratings as an SPSS file: `python -m survey.editing.sav FOLDER`.

A program of its own, because what it stands on takes much memory, which the pages then do without. The folder holds
`rows.csv` and `meanings.json` and gets `out.sav`.
"""

import csv
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas
import pyreadstat

ROWS, MEANINGS, OUT = "rows.csv", "meanings.json", "out.sav"
READ: Mapping[str, Callable[[str], object]] = {
    "number": lambda cell: float(cell) if cell else None,
    "date": lambda cell: date.fromisoformat(cell) if cell else None,
    "text": str,
}


def main(folder: Path) -> None:
    """Read the rows, write the file."""
    meanings = json.loads((folder / MEANINGS).read_text(encoding="utf-8"))
    with (folder / ROWS).open(encoding="utf-8", newline="") as file:
        frame = _frame(meanings["columns"], list(csv.reader(file)))
    columns = meanings["columns"]
    pyreadstat.write_sav(
        frame,
        folder / OUT,
        file_label=meanings["title"],
        column_labels={each["name"]: each["label"] for each in columns},
        variable_value_labels={each["name"]: _words(each) for each in columns if each["words"]},
        variable_measure={each["name"]: each["measure"] for each in columns},
        variable_format={each["name"]: each["format"] for each in columns if each["format"]},
        note=meanings["note"],
        row_compress=True,
    )


def _frame(columns: Sequence[Mapping[str, Any]], rows: Sequence[Sequence[str]]) -> pandas.DataFrame:
    cells = zip(*rows, strict=True) if rows else [()] * len(columns)
    return pandas.DataFrame(
        {
            column["name"]: pandas.Series(
                [READ[column["kind"]](cell) for cell in down],
                dtype="float64" if column["kind"] == "number" else "object",
            )
            for column, down in zip(columns, cells, strict=True)
        }
    )


def _words(column: Mapping[str, Any]) -> dict[Any, str]:
    is_number = column["kind"] == "number"
    return {float(code) if is_number else code: word for code, word in column["words"].items()}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
