"""Makes a PDF from a Typst template and data. What people wrote comes in as JSON, so that it is never markup."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from core.config import ROOT

TEMPLATES = ROOT / "templates" / "typst"
# Every reader of every document may use assistive software; Typst checks what can be checked of PDF/UA-1.
STANDARD = "ua-1"
NO_SUCH_LETTER = "could not be displayed"


def compile(name: str, data: Mapping[str, Any], images: Mapping[str, bytes] | None = None) -> bytes:  # noqa: A001 (Typst's own word)
    """The document `name`.typ with `data`; `images` by the file names that the data gives them.

    Tagged, and PDF/UA-1 unless somebody wrote a letter that no embedded font has (an emoji, Chinese): such a letter is
    a box on paper, which the standard forbids, and is no reason to print nothing. Only the fonts that come with Typst
    are used, so that every machine makes the same document.
    """
    with TemporaryDirectory(prefix="sukma-pdf-") as folder:
        for template in TEMPLATES.glob("*.typ"):
            shutil.copy(template, folder)
        for file_name, content in (images or {}).items():
            Path(folder, file_name).write_bytes(content)
        inputs = {"data": json.dumps(data)}
        try:
            return _compiled(folder, name, inputs, [STANDARD])
        except typst.TypstError as fault:
            if NO_SUCH_LETTER not in str(fault):
                raise
            return _compiled(folder, name, inputs, [])


def _compiled(folder: str, name: str, inputs: dict[str, str], standards: list[Any]) -> bytes:
    made = typst.compile(
        str(Path(folder, f"{name}.typ")),
        root=folder,
        ignore_system_fonts=True,
        sys_inputs=inputs,
        pdf_standards=standards,
        format="pdf",
    )
    if not isinstance(made, bytes):
        raise TypeError("a PDF is one file")
    return made
