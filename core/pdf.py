"""Makes a PDF from a Typst template and data. What people wrote comes in as JSON, so that it is never markup."""

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from core.config import ROOT

TEMPLATES = ROOT / "templates" / "typst"
# Every reader of every document may use assistive software; Typst checks what can be checked of PDF/UA-1.
STANDARD = "ua-1"
POINTS_PER_INCH = 72
NO_SUCH_LETTER = "could not be displayed"


def compile(name: str, data: Mapping[str, Any], images: Mapping[str, bytes] | None = None) -> bytes:  # noqa: A001 (Typst's own word)
    """The document `name`.typ with `data`; `images` by the file names that the data gives them.

    Tagged, and PDF/UA-1 unless somebody wrote a letter that no embedded font has (an emoji, Chinese): such a letter is
    a box on paper, which the standard forbids, and is no reason to print nothing. Only the fonts that come with Typst
    are used, so that every machine makes the same document.
    """
    with _folder(images or {}) as folder:
        inputs = {"data": json.dumps(data)}
        try:
            return _compiled(folder, name, inputs, pdf_standards=[STANDARD])
        except typst.TypstError as fault:
            if NO_SUCH_LETTER not in str(fault):
                raise
            return _compiled(folder, name, inputs)


def picture(name: str, data: Mapping[str, Any]) -> bytes:
    """The page of `name`.typ as a PNG, a pixel for each of its points; the first, where a name is very long."""
    with _folder({}) as folder:
        return _compiled(folder, name, {"data": json.dumps(data)}, format="png", ppi=POINTS_PER_INCH)


@contextmanager
def _folder(images: Mapping[str, bytes]) -> Iterator[str]:
    """All templates, which import each other, and the images."""
    with TemporaryDirectory(prefix="sukma-pdf-") as folder:
        for template in TEMPLATES.glob("*.typ"):
            shutil.copy(template, folder)
        for file_name, content in images.items():
            Path(folder, file_name).write_bytes(content)
        yield folder


def _compiled(folder: str, name: str, inputs: dict[str, str], **form: Any) -> bytes:
    made = typst.compile(
        str(Path(folder, f"{name}.typ")),
        root=folder,
        ignore_system_fonts=True,
        sys_inputs=inputs,
        **{"format": "pdf"} | form,
    )
    if isinstance(made, list):
        return bytes(made[0])
    if not isinstance(made, bytes):
        raise TypeError("a document is one file")
    return made
