"""What keeps others out, beside each page's own tests: docs/threat-model.md says against whom."""

import ast
import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core.tabular import harmless
from tests import make
from wsgi import create_app

ROOT = Path(__file__).parent.parent
ROOMS = ("core", "offices", "complaints", "survey", "indicators")
FOREIGN = [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://jahat.example"}]
OWN = [{"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}, {"Origin": "http://localhost:8080"},
       {"Origin": "http://127.0.0.1:8000"}, {}]  # fmt: skip
# The last but one is BASE_URL, whatever name a proxy asks by.
FORBIDDEN = 403


def writing(app: Flask) -> Iterator[tuple[str, str]]:
    """Every method and address that takes something from a page."""
    for rule in app.url_map.iter_rules():
        if not rule.rule.startswith(("/api/", "/open311/")):
            path = re.sub(r"<uuid:[^>]*>", "00000000-0000-7000-8000-000000000000", rule.rule)
            for method in (rule.methods or set()) - {"GET", "HEAD", "OPTIONS"}:
                yield method, re.sub(r"<[^>]*>", "2026", path)


def test_no_page_of_another_site_sends_anything_anywhere(app: Flask, client: FlaskClient) -> None:
    sent = [(*each, headers) for each in writing(app) for headers in FOREIGN]
    assert len(sent) > 300
    answers = [(client.open(path, method=method, headers=headers), path) for method, path, headers in sent]
    assert [path for answer, path in answers if answer.status_code != FORBIDDEN] == []


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_nobody_is_signed_out_by_another_site(sign_in: Callable[[str], FlaskClient], headers: dict[str, str]) -> None:
    officer = sign_in("officer")
    assert officer.post("/keluar", headers=headers).status_code == FORBIDDEN
    assert officer.get("/petugas").status_code == 200


@pytest.mark.parametrize("headers", OWN, ids=str)
def test_our_own_pages_do_send(sign_in: Callable[[str], FlaskClient], headers: dict[str, str]) -> None:
    officer = sign_in("officer")
    assert officer.post("/keluar", headers=headers).location == "/masuk"
    assert officer.get("/petugas").status_code == 302


@pytest.mark.parametrize(
    ("path", "policy"),
    [
        ("/", "same-origin"), ("/masuk", "same-origin"), ("/lapor", "same-origin"), ("/static/app.css", "same-origin"),
        ("/hasil", "cross-origin"), ("/hasil.json", "cross-origin"), ("/hasil.csv", "cross-origin"),
        ("/api/v1/services", "same-origin"), ("/api/v1/openapi.json", "cross-origin"),
        ("/open311/v2/services.json", "cross-origin"),
    ],
)  # fmt: skip
def test_other_sites_show_what_is_published_and_nothing_else(client: FlaskClient, path: str, policy: str) -> None:
    with client.get(path) as answer:
        assert answer.headers["Cross-Origin-Resource-Policy"] == policy


def test_browsers_are_told_to_stay_with_tls_even_where_no_proxy_is_named(tmp_path: Path) -> None:
    app = create_app({"DATA_DIR": str(tmp_path), "BASE_URL": "https://lapor.example"}, TESTING=True)
    answer = app.test_client().get("/healthz")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_the_next_page_is_one_of_ours(app: Flask) -> None:
    away = ("//x.example", "///x.example", "\\\\x.example", "/\\x.example", "https:x.example", "/\t/x.example",
            "javascript:alert(1)", "http://localhost@x.example/")  # fmt: skip
    for wanted in away:
        answer = make.through_the_door(app.test_client(), make.staff(), next=wanted)
        location = answer.location or "/"
        assert not re.match(r"[a-z]+:|[\\/]{2}|/[\t\\]", location), wanted
        assert "x.example" not in location or location.startswith(("/%5C", "%5C")), wanted


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT"])
def test_no_method_tells_what_was_sent(client: FlaskClient, method: str) -> None:
    assert client.open("/", method=method).status_code == 405


@pytest.mark.parametrize("path", ["/static/../wsgi.py", "/static/%2e%2e/wsgi.py", "/static/..%2fwsgi.py", "/static/"])
def test_no_file_but_those_to_be_served(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


# Statements that are put together at all, and what of; all others are one text, and values are bound to it.
BUILT = {
    "complaints/counters.py": "the name of one of our tables",
    "core/spread.py": "calls of migrations, their values bound",
    "core/sqlite.py": "our pragmas, and how transactions begin",
    "complaints/search.py": "values are bound where the text is chosen",
}
TAKES = {"text", "literal_column", "exec_driver_sql"}


def statements(path: Path) -> Iterator[ast.expr]:
    """What is handed over as a text of SQL."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or not node.args:
            continue
        owner, called, text = node.func.value, node.func.attr, node.args[0]
        is_sa = isinstance(owner, ast.Name) and owner.id in {"sa", "op", "sqlalchemy"}
        is_text = isinstance(text, ast.JoinedStr | ast.BinOp | ast.Constant)
        if called == "exec_driver_sql" or (is_sa and called in TAKES) or (called == "execute" and is_text):
            yield text


def test_values_are_bound_to_statements_never_written_into_them() -> None:
    built = {
        path.relative_to(ROOT).as_posix()
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        for text in statements(path)
        if not isinstance(text, ast.Constant)
    }
    assert built == BUILT.keys()


def patterns() -> Iterator[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    for room in ROOMS:
        for found in pkgutil.walk_packages([str(ROOT / room)], f"{room}."):
            if found.name.rpartition(".")[2] != "__main__":
                module = importlib.import_module(found.name)
                yield from ((f"{found.name}.{name}", it) for name, it in vars(module).items() if _is_pattern(it))


def _is_pattern(value: object) -> bool:
    return isinstance(value, re.Pattern)


LONG = 20_000
SLOW_S = 0.5
DULL = ("a", "0", " ", "a-", "1-", "a.", "1.", "a@", "08", "0 8", "(", "a1-", "MBS-", "1,", "a_", "-", "{}", "\n")


def test_no_pattern_takes_long_over_a_long_text() -> None:
    texts = [part * (LONG // len(part)) for part in DULL] + ["4 - " + " " * LONG + "\n", "x" * LONG + "\0"]
    slow = {name for name, pattern in patterns() for text in texts if _seconds(pattern, text) > SLOW_S}
    assert slow == set()


def _seconds(pattern: re.Pattern[str] | re.Pattern[bytes], text: str) -> float:
    look = (pattern.search, pattern.fullmatch)
    began = time.process_time()
    for each in look:
        each(text.encode() if isinstance(pattern.pattern, bytes) else text)  # type: ignore[arg-type]
    return time.process_time() - began


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("=1+1", "'=1+1"), ("+62", "'+62"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "'\t'=1"),
        ("lampu;=1+1", "lampu;'=1+1"), ("satu\n=1+1", "satu\n'=1+1"), ("＝1", "'＝1"),
        ("a=b; c-d", "a=b; c-d"), ("", ""),
    ],
)  # fmt: skip
def test_no_text_is_a_formula_however_its_cells_are_separated(typed: str, written: str) -> None:
    assert harmless(typed) == written
