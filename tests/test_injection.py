"""Whatever people may write, written everywhere at once: no page, sheet, letter or calendar takes it for its own."""

import re
import zipfile
from io import BytesIO
from uuid import uuid4
from xml.etree import ElementTree

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from core.db import Base, transaction
from offices.roles import Role
from tests import make
from tests.browser.places import furnish, places

EVIL = (
    "=1+1;=cmd|' /C calc'!A0 \"><script>alert(7)</script><img src=x onerror=alert(7)> {{7*7}} ${7*7} </w:t>]]> &amp; "
)
TYPST = """#panic("x") #read("/etc/passwd") $x$ *_`@a \\ """
LINES = "\r\nEND:VEVENT\r\nBEGIN:VALARM"
# One line long: what people type into one line holds no other.
ONE_LINE = {"name", "title", "place", "file_name", "owner", "reviewer", "begun_by", "device", "unit"}
LONG = {
    "description", "suggestion", "said", "note", "reason", "action", "answer", "question", "handed_over_to", "result",
    "public_words", "analysis", "obstacle", "follow_up", "explanation", "because", "text", "left_open", "wanted",
    "purpose", "kinds", "whose", "recipients", "how_long", "protection", "outcome", "actor", "subject", "detail",
}  # fmt: skip
SKIPPED = {"event_words", "consent"}  # hashed: a broken chain is another page
CODES = {("point", "purpose")}
MARK = re.compile(r"<script>alert|<img src=x")
PACKED = ("application/vnd.openxmlformats", "application/zip")


@transaction
def write_everywhere(session: Session, /) -> None:
    """Into every column of every table that holds what somebody typed."""
    for table in Base.metadata.sorted_tables:
        names = {column.name for column in table.c if isinstance(column.type, sa.String) and not column.primary_key}
        values: dict[str, str] = dict.fromkeys(names & ONE_LINE, EVIL + TYPST)
        values |= dict.fromkeys(names & LONG, EVIL + TYPST + LINES)
        values = {name: text for name, text in values.items() if (table.name, name) not in CODES}
        if values and table.name not in SKIPPED:
            session.execute(sa.update(table).values(values))


@pytest.fixture(scope="module")
def answers(lasting_app: Flask) -> list[tuple[str, int, str, bytes]]:
    """Every page and file, as everybody who may open it."""
    lasting_app.config["PROPAGATE_EXCEPTIONS"] = False
    gaps = {"breach_id": str(uuid4())} | furnish(lasting_app)
    write_everywhere()
    found = []
    seen: set[str] = set()
    for role in (Role.SECRETARY, Role.OPERATOR, None, *Role):
        client = lasting_app.test_client() if role is None else make.signed_in(lasting_app, role.value)
        for place in places(lasting_app, gaps):
            if place.role is role and place.path not in seen:
                seen.add(place.path)
                with client.get(place.path) as answer:
                    found.append((place.path, answer.status_code, answer.mimetype or "", answer.get_data()))
    return found


def test_every_page_and_file_is_still_made(answers: list[tuple[str, int, str, bytes]]) -> None:
    assert len(answers) > 150
    assert [(path, status) for path, status, _type, _content in answers if status >= 500] == []


def test_no_page_takes_it_for_markup(answers: list[tuple[str, int, str, bytes]]) -> None:
    pages = [(path, content.decode()) for path, _status, kind, content in answers if kind in {"text/html", "text/xml"}]
    assert any("&lt;script&gt;alert(7)" in page for _path, page in pages)
    assert [path for path, page in pages if MARK.search(page)] == []


def test_no_template_reckons_with_it(answers: list[tuple[str, int, str, bytes]]) -> None:
    pages = [(path, content.decode()) for path, _status, kind, content in answers if kind == "text/html"]
    assert [path for path, page in pages if "&lt;/w:t" in page and "{{7*7}}" not in page] == []


def test_no_sheet_runs_it(answers: list[tuple[str, int, str, bytes]]) -> None:
    sheets = [(path, content.decode("utf-8-sig")) for path, _s, kind, content in answers if kind == "text/csv"]
    assert any("'=1+1;'=cmd" in sheet for _path, sheet in sheets)
    assert [path for path, sheet in sheets if re.search(r'(^|[,;"\n])=(1\+1|cmd)', sheet)] == []


def test_every_office_document_is_whole_and_holds_no_formula_of_theirs(
    answers: list[tuple[str, int, str, bytes]],
) -> None:
    books = [(path, content) for path, _status, kind, content in answers if kind.startswith(PACKED)]
    assert len(books) > 5
    for path, content in books:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            for part in filter(lambda name: name.endswith((".xml", ".rels")), packed.namelist()):
                root = ElementTree.fromstring(packed.read(part))
                formulas = [node.text or "" for node in root.iter() if node.tag.endswith("}f")]
                assert not any("cmd|" in text or "1+1" in text for text in formulas), f"{path} {part}"


def test_no_line_of_a_calendar_is_theirs(answers: list[tuple[str, int, str, bytes]]) -> None:
    lines = [
        line
        for _path, _status, kind, content in answers
        if kind == "text/calendar"
        for line in content.decode().splitlines()
    ]
    assert lines
    assert not any(line.startswith(("BEGIN:VALARM", "<script")) for line in lines)
