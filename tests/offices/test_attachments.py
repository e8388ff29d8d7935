"""Attachments: pictures without a word of their camera, PDFs that run nowhere, each for its own office alone."""

import os
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from pypdf import PdfWriter
from sqlalchemy.orm import Session

from core import media
from core.db import reader, transaction
from core.errors import Refused
from core.ids import uuid7
from indicators import nightly
from offices import attachments
from offices.attachments import Kept, Kind
from tests import make
from tests.complaints import photo_suite as suite
from tests.offices import houses
from tests.pdfs import pdf

PDF = pdf("/OpenAction<</S/JavaScript/JS(app.alert(1))>>")
ABOUT = "register:1"


def locked(password: str) -> bytes:
    made, writer = BytesIO(), PdfWriter(clone_from=BytesIO(PDF))
    writer.encrypt(password, "pemilik", algorithm="RC4-128")
    writer.write(made)
    return made.getvalue()


def data_dir(app: Flask) -> Path:
    folder: Path = app.config["SETTINGS"].data_dir
    return folder


def kept(app: Flask, raw: bytes = PDF, name: str = "pindaian.pdf", office_id: int = make.OFFICE) -> Kept:
    return attachments.kept(data_dir(app), office_id, BytesIO(raw), name, now=make.START)


@transaction
def recorded(session: Session, filed: Kept, /, *, office_id: int = make.OFFICE) -> UUID:
    return attachments.record(session, office_id, filed, ABOUT, "operator@mumbulsari.example", make.START)


def files(app: Flask) -> list[Path]:
    return [path for path in (data_dir(app) / "attachments").rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    "raw", [suite.laden(), suite.heic(exif=suite.exif()), suite.polyglot_zip()], ids=["jpeg", "heic", "zip"]
)
def test_a_picture_is_kept_with_nothing_in_it_but_the_picture(app: Flask, raw: bytes) -> None:
    filed = kept(app, raw, "Foto Bu Siti.heic")
    stored = files(app)[0].read_bytes()
    assert [secret for secret in suite.SECRETS if secret in stored] == []
    assert not Image.open(BytesIO(stored)).getexif()
    assert (filed.kind, filed.size, filed.file_name) == (Kind.PICTURE, len(stored), "Foto Bu Siti.jpg")


def test_a_pdf_is_kept_as_it_came(app: Flask) -> None:
    assert kept(app).kind is Kind.PDF
    assert [path.read_bytes() for path in files(app)] == [PDF]


def test_a_pdf_that_only_forbids_changes_is_kept(app: Flask) -> None:
    assert kept(app, locked("")).kind is Kind.PDF


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "kosong"),
        (b"<html><script>alert(1)</script>", "bukan gambar atau PDF"),
        (b"MZ\x90 program", "bukan gambar atau PDF"),
        (b"%PDF-1.4\nhello", "tidak dapat dibuka"),
        (PDF[:120], "tidak dapat dibuka"),
        (locked("rahasia"), "kata sandi"),
        (b"\n" + PDF, "bukan gambar atau PDF"),
        (PDF + b"\0" * attachments.MOST_BYTES, "lebih dari 20 MB"),
        (suite.jpeg()[:900], "rusak"),
        (suite.png_bomb(), "terlalu besar"),
    ],
    ids=["empty", "page", "program", "no-pdf", "cut-pdf", "locked-pdf", "junk-first", "heavy", "broken", "bomb"],
)
def test_what_can_not_be_kept_is_refused_in_plain_words(app: Flask, raw: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        kept(app, raw)
    assert files(app) == []


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../rahasia.pdf", "rahasia.pdf"),
        ("C:\\Berkas\\pindai an.PDF", "pindai an.pdf"),
        ("a\r\nb\0.pdf", "a b.pdf"),
        ("", "lampiran.pdf"),
        ("x" * 300, "x" * 120 + ".pdf"),
    ],
    ids=["folders", "windows", "control", "none", "long"],
)
def test_its_name_is_only_a_name(app: Flask, given: str, shown: str) -> None:
    assert kept(app, name=given).file_name == shown


def test_it_stands_beside_what_it_is_about(any_app: Flask) -> None:
    first, second = (recorded(kept(any_app, name=name)) for name in ("satu.pdf", "dua.pdf"))
    assert [found.id for found in attachments.of(reader(), make.OFFICE, ABOUT)] == sorted((first, second))
    assert not attachments.of(reader(), make.OFFICE, "paper_batch:2")
    assert not attachments.of(reader(), houses.OTHER, ABOUT)


def test_a_pdf_with_a_script_is_only_ever_saved(app: Flask, sign_in: Callable[[str], FlaskClient]) -> None:
    answer = sign_in("officer").get(f"/petugas/lampiran/{recorded(kept(app))}")
    assert (answer.status_code, answer.data, answer.mimetype) == (200, PDF, "application/pdf")
    assert answer.headers["Content-Disposition"] == "attachment; filename=pindaian.pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_picture_opens_in_its_page(app: Flask, sign_in: Callable[[str], FlaskClient]) -> None:
    answer = sign_in("officer").get(f"/petugas/lampiran/{recorded(kept(app, suite.jpeg(), 'bukti.png'))}")
    assert answer.mimetype == "image/jpeg"
    assert answer.headers["Content-Disposition"] == "inline; filename=bukti.jpg"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_another_offices_attachment_is_not_there(app: Flask, sign_in: Callable[[str], FlaskClient]) -> None:
    houses.other_office()
    theirs = recorded(kept(app, office_id=houses.OTHER), office_id=houses.OTHER)
    client = sign_in("head")
    assert client.get(f"/petugas/lampiran/{theirs}").status_code == 404
    assert client.get(f"/petugas/lampiran/{uuid7(make.START)}").status_code == 404


def test_one_whose_file_is_lost_is_not_there(app: Flask, sign_in: Callable[[str], FlaskClient]) -> None:
    lost = recorded(kept(app))
    files(app)[0].unlink()
    assert sign_in("head").get(f"/petugas/lampiran/{lost}").status_code == 404


def test_the_night_removes_what_no_row_names(app: Flask) -> None:
    old = make.START - timedelta(days=2)
    photo = uuid7(make.START)
    media.write(data_dir(app), make.OFFICE, photo, b"foto")  # photos have their own sweep and their own rows
    pdf, picture = recorded(kept(app)), recorded(kept(app, suite.jpeg()))
    kept(app, name="tanpa baris.pdf")
    kept(app, suite.jpeg())
    for path in files(app):
        os.utime(path, (old.timestamp(), old.timestamp()))
    kept(app, name="baru saja.pdf")
    assert attachments.remove_orphans(data_dir(app), now=make.START) == 2
    assert len(files(app)) == 3
    assert {str(pdf), str(picture)} <= {path.stem for path in files(app)}
    assert media.read(data_dir(app), make.OFFICE, photo)


def test_the_sweep_of_photos_touches_no_attachment(app: Flask) -> None:
    recorded(kept(app, suite.jpeg()))
    os.utime(files(app)[0], (0, 0))
    media.remove_orphans(data_dir(app), set, before=make.START)
    assert len(files(app)) == 1


def test_the_sweep_is_part_of_the_night(app: Flask) -> None:
    kept(app)
    os.utime(files(app)[0], (0, 0))
    nightly.run_now(lambda: make.START, nightly.recount_marked)
    assert files(app) == []
