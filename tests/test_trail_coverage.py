"""Whatever staff change leaves an entry in the audit trail, or an event in the chain of the report that it concerns.

Shown by the source: each address that takes something leads to a function that writes such an entry. What leads to none
is named here, with the reason.
"""

import functools
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from offices.access import actions_of
from tests.call_graph import reached

AUDIT = {"offices.audit.record", "offices.audit.note"}
EVENT = {"complaints.events.append", "complaints.events.append_all", "complaints.events.prepare"}
READS = {"GET", "HEAD", "OPTIONS"}
OWN, UNCOUNTED = "one's own desk alone", "nothing counts before it is taken in, and it is thrown away after a day"
WITHOUT = {
    "account_factors.codes": "the sign-in library does it, and has it written by offices.signin.recovery.replace",
    "audit.check": "looks, and changes nothing",
    "complaints_notices.choose": OWN,
    "complaints_notices.subscribe": OWN,
    "complaints_notices.unsubscribe": OWN,
    "desk_chain.check": "looks, and changes nothing",
    "desk_prints.write_minutes": "keeps nothing; the file is noted as it leaves (offices.looking)",
    "inbox.save_view": OWN,
    "inbox.forget_view": OWN,
    "survey_imports.imports": UNCOUNTED,
    "survey_imports.match": UNCOUNTED,
    "survey_imports.discard": UNCOUNTED,
    "survey_assisted.send": "who wrote down a visitor's answers is not kept, on purpose (docs/adr/0037)",
    "survey_paper_entry.sheet": "each form has who typed it, and is no rating yet",
    "survey_paper_compare.decide": "each form has who decided, and is no rating yet",
    "survey_visit_codes.give": "each code has who gave it out, and its slip is noted when it is printed",
}


def staff_rules(app: Flask) -> Iterator[Rule]:
    for rule in app.url_map.iter_rules():
        if (rule.methods or set()) - READS and actions_of(app, rule.endpoint):
            yield rule


def writes(app: Flask, endpoint: str, kinds: set[str]) -> bool:
    """Whether its view leads to a function that writes such an entry."""
    view = app.view_functions[endpoint]
    while hasattr(view, "__wrapped__"):
        view = view.__wrapped__
    if isinstance(view, functools.partial):
        view = view.func
    return bool(kinds & reached(f"{view.__module__}.{view.__name__}"))


def test_all_that_staff_change_is_written_down(app: Flask) -> None:
    silent = {rule.endpoint for rule in staff_rules(app) if not writes(app, rule.endpoint, AUDIT | EVENT)}
    assert silent == WITHOUT.keys()


@pytest.mark.parametrize("endpoint", ["complaints_public.search", "survey_public.send"])
def test_what_writes_nothing_is_seen(app: Flask, endpoint: str) -> None:
    assert not writes(app, endpoint, AUDIT)
