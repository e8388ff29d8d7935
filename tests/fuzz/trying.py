"""Sends it, counts the answers, and stops at the first that shows an error of the system."""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import cycle, islice
from typing import Any
from urllib.parse import quote

import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from limits.storage import MemoryStorage
from schemathesis import GenerationMode
from schemathesis.core.result import Ok
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from core.guessing import Guessing
from offices.access import STAFF_BLUEPRINTS
from offices.roles import Role
from tests import make
from tests.browser.places import furnish, places
from tests.fuzz.inputs import HOMES, ODD, QUERIES, TEXT, sent
from tests.fuzz.sheets import Sheet, found

BROKEN = 500
TRACES = (b"Traceback (most recent", b"sqlalchemy.", b"werkzeug.exceptions")


class Tally(Counter[int]):
    """How many answers of each status."""

    @property
    def inputs(self) -> int:
        """How many were sent."""
        return sum(self.values())

    def take(self, answer: TestResponse, what: object) -> None:
        """Count it; AssertionError when it shows an error of the system."""
        self[answer.status_code] += 1
        with answer:
            content = answer.get_data()  # one that is made while it is sent, too
        assert answer.status_code < BROKEN, f"{answer.status_code}: {what!r}"
        assert not any(trace in content for trace in TRACES), f"shows its inside: {what!r}"


def prepare(app: Flask) -> dict[str, str]:
    """Something on every page, and nobody slowed down or stopped for asking often."""
    app.extensions["guessing"] = Guessing(MemoryStorage(), lambda _seconds: None)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return furnish(app)


def few(most: int) -> settings:
    """So many inputs, the same each time; nothing is made smaller when one breaks it: it is printed as it was."""
    return settings(
        max_examples=most, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip


def forms(app: Flask, gaps: dict[str, str], roles: Sequence[Role | None], most: int) -> Tally:
    """Every form on every page that these roles (None: residents) open, about `most` fillings in all."""
    tally, odd = Tally(), cycle(ODD)
    for role in roles:
        client = app.test_client() if role is None else make.signed_in(app, role.value)
        sheets = _sheets(client, [place.path for place in places(app, gaps) if place.role is role])
        each = max(1, most // max(1, len(sheets) * len(roles)))
        for sheet in sheets:
            _fill(client, sheet, each, tally)
            _fill_with(client, sheet, list(islice(odd, each)), tally)
    return tally


def _sheets(client: FlaskClient, paths: Sequence[str]) -> list[Sheet]:
    """Each form once, however many pages show it; not the one that would sign us out."""
    sheets = [sheet for path in paths for sheet in _on(client, path)]
    known = {(sheet.action, sheet.method, tuple(sorted(sheet.fields))): sheet for sheet in sheets}
    return [sheet for sheet in known.values() if sheet.action != "/keluar"]


def _on(client: FlaskClient, path: str) -> list[Sheet]:
    with client.get(path) as page:
        content = page.get_data()
    return found(content.decode(), path) if page.mimetype == "text/html" else []


def _fill(client: FlaskClient, sheet: Sheet, most: int, tally: Tally) -> None:
    @few(most)
    @given(data=sent(sheet), home=HOMES)
    def try_it(data: dict[str, Any], home: str) -> None:
        more: dict[str, Any] = {"query_string": data} if sheet.method == "GET" else {"data": data}
        answer = client.open(sheet.action, method=sheet.method, environ_base={"REMOTE_ADDR": home}, **more)
        tally.take(answer, (sheet.method, sheet.action, data))

    try_it()


def _fill_with(client: FlaskClient, sheet: Sheet, texts: Sequence[str], tally: Tally) -> None:
    """Each of the texts in every field at once."""
    for text in texts:
        data = dict.fromkeys(sheet.fields, text) | sheet.kept
        more: dict[str, Any] = {"query_string": data} if sheet.method == "GET" else {"data": data}
        tally.take(client.open(sheet.action, method=sheet.method, **more), (sheet.method, sheet.action, text))


def addresses(app: Flask, most: int) -> Tally:
    """Every address that is open to all, with anything in its gaps and behind its question mark."""
    tally, client = Tally(), app.test_client()
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.split(".")[0] not in STAFF_BLUEPRINTS]
    for rule in rules:
        _visit(client, rule, max(1, most // len(rules)), tally)
    return tally


def _visit(client: FlaskClient, rule: Rule, most: int, tally: Tally) -> None:
    gaps = st.fixed_dictionaries(dict.fromkeys(rule.arguments, TEXT))

    @few(most)
    @given(gaps=gaps, query=QUERIES, home=HOMES)
    def try_it(gaps: dict[str, str], query: dict[str, str], home: str) -> None:
        path = "".join(
            quote(gaps[text.split(":")[-1]], safe="") if is_gap else text for is_gap, text in rule._trace if text != "|"
        )
        tally.take(client.get(path or "/", query_string=query, environ_base={"REMOTE_ADDR": home}), (path, query))

    try_it()


def programs(app: Flask, most: int) -> Tally:
    """Every operation of the OpenAPI document, with what it describes and with what it does not."""
    tally = Tally()
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    for operation in operations:
        for mode in GenerationMode:
            with suppress(Unsatisfiable):  # a bare list takes nothing that could be wrong
                _call(operation.as_strategy(generation_mode=mode), max(1, most // (2 * len(operations))), tally)
    return tally


def _call(cases: st.SearchStrategy[Any], most: int, tally: Tally) -> None:
    @few(most)
    @given(case=cases)
    def try_it(case: Any) -> None:
        answer = case.call(headers={"Accept-Encoding": "identity"})
        tally[answer.status_code] += 1
        assert answer.status_code < BROKEN, f"{answer.status_code}: {case!r}"

    try_it()


Part = Callable[[Flask, dict[str, str], int], Tally]
STAFF: Sequence[Role | None] = tuple(Role)
PARTS: dict[str, Part] = {
    "forms": lambda app, gaps, most: forms(app, gaps, [None], most),
    "desk": lambda app, gaps, most: forms(app, gaps, STAFF, most),
    "addresses": lambda app, _gaps, most: addresses(app, most),
    "programs": lambda app, _gaps, most: programs(app, most),
}
