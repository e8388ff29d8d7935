"""Every address there is, and everybody who may knock: doors.knocks(house) tries all of them once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from complaints.case_models import Task
from complaints.desk_models import SavedView
from complaints.law_models import Correction
from core.clock import now
from core.db import Base, db, transaction
from core.ids import uuid7
from core.outbox_models import Message
from indicators.registers import responsible
from indicators.sheet import Indicator
from offices import rights
from offices.access import actions_of
from offices.models import Section, Staff, Webhook
from offices.rights import Action
from offices.roles import Role
from offices.session_models import StaffSession
from offices.signin.models import Passkey
from tests import make
from tests.browser import places
from tests.complaints import cases
from tests.offices import houses

# Gaps of addresses that name a thing of an office; the others name months, days, kinds of things.
THINGS = {
    "activity_id", "answer_id", "attachment_id", "batch_id", "breach_id", "code", "correction_id", "edition_code",
    "entry_id", "follow_up_id", "hook_id",
    "import_id", "indicator_id", "message_id", "number", "photo_id", "rating_id", "route_id", "staff_id", "task_id",
    "upload_id", "view_id", "visit_id",
}  # fmt: skip
NOT_YET = {"period": "2099-01", "month": "2099-01", "year": "2099"}
# Things of one account: who asks for another's is led back to their own.
MINE = {"passkey_id", "session_id"}
WRITING = ("INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "DROP", "ALTER")


@dataclass(frozen=True)
class Person:
    """Who knocks."""

    role: Role
    section: str | None = None
    office: int = make.OFFICE

    @property
    def name(self) -> str:
        return f"{self.role} {self.section or ''} {self.office}"


TRANTIB_HEAD = Person(Role.SECTION_HEAD, rights.TRANTIB)
OWN = [TRANTIB_HEAD, *(Person(role) for role in Role if role is not Role.SECTION_HEAD)]
NEIGHBOUR = Person(Role.SECTION_HEAD, rights.WELFARE)
STARTS = {
    **dict.fromkeys([NEIGHBOUR, *OWN], "/petugas"),
    Person(Role.REGENCY): "/kabupaten/",
    Person(Role.AUDITOR): "/audit",
}
NOBODY = Person(Role.AUDITOR, "nobody")
STRANGERS = [Person(each.role, each.section, houses.OTHER) for each in OWN]


@dataclass(frozen=True)
class House:
    """The application with one of everything in its first office, and a second office beside it."""

    app: Flask
    gaps: dict[str, str]
    clients: dict[Person, FlaskClient]

    def rules(self) -> list[Rule]:
        """Those of the staff."""
        return [rule for rule in self.app.url_map.iter_rules() if actions_of(self.app, rule.endpoint)]

    def may(self, person: Person, rule: Rule) -> bool:
        """What the table says."""
        actions = MORE.get(rule.endpoint, actions_of(self.app, rule.endpoint))
        return rights.may(person.role, person.section, *actions)

    def address(self, rule: Rule, **gaps: str) -> str:
        """With something that is there in each gap."""
        return places.address(rule, self.gaps | gaps)


# Where a page asks for more than its blueprint, by what stands in its address.
MORE: Mapping[str, tuple[Action, ...]] = {"month_notes.write": responsible.writing(Indicator.DOCUMENTS)}


@dataclass(frozen=True)
class Knock:
    """A request and what came of it; `wrote`: what was written to the database meanwhile."""

    person: Person
    method: str
    rule: Rule
    status: int
    wrote: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.person.name}: {self.method} {self.rule.rule} {self.status} {' | '.join(self.wrote)}"


def furnish(app: Flask) -> House:
    """Everything of the first office, and everybody of both."""
    gaps = places.furnish(app)
    gaps |= _more(cases.report(gaps["number"]).id)
    gaps |= {
        f"{rule}/{act}": gaps[rule] for rule in list(gaps) if rule.endswith("entry_id>") for act in ("ubah", "hapus")
    }
    houses.other_office()
    _section()
    db.session.rollback()
    people = [*OWN, NEIGHBOUR, *STRANGERS]
    clients = {NOBODY: app.test_client()}
    clients |= {each: make.signed_in(app, each.role.value, each.section, office=each.office) for each in people}
    return House(app, gaps, clients)


def knocks(house: House, people: Sequence[Person]) -> Iterator[Knock]:
    """Every page and form of the staff, tried by everybody; no form brings its token.

    What is counted or drawn for a month is made once, for the first who may see it; the others ask for a month that
    has not come, which is refused after all that guards the page has let them in.
    """
    for rule in house.rules():
        seen = False
        for person in people:
            gaps = NOT_YET if seen else {}
            yield from (knock(house, person, rule, method, gaps) for method in methods(rule))
            seen = seen or house.may(person, rule)


def public_looks(house: House) -> Iterator[Knock]:
    """Nobody opens every page that is no staff's."""
    for rule in house.app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and not actions_of(house.app, rule.endpoint) and "token" not in rule.arguments:
            yield knock(house, NOBODY, rule, "GET", {"form": "json", "service_code": "jalan"})


def knock(
    house: House, person: Person, rule: Rule, method: str, gaps: Mapping[str, str] = MappingProxyType({}), **how: Any
) -> Knock:
    """One request; nothing follows a redirect."""
    asked = _listening()
    asked.clear()
    answer = house.clients[person].open(house.address(rule, **gaps), method=method, **how)
    answer.close()
    return Knock(person, method, rule, answer.status_code, tuple(filter(_writes, asked)))


def strange_knocks(house: House) -> Iterator[Knock]:
    """Everybody of the other office at every address that names a thing of the first."""
    for person in STRANGERS:
        data = {"csrf_token": token(house, person)}
        for rule in filter(names_a_thing, house.rules()):
            for method in methods(rule):
                yield knock(house, person, rule, method, **({} if method == "GET" else {"data": data}))


def account(person: Person) -> Staff:
    """The one of this person."""
    chosen = sa.select(Staff).filter_by(office_id=person.office, role=person.role.value, section_key=person.section)
    return db.session.scalars(chosen).all()[0]


def is_missing(knock: Knock) -> bool:
    """Whether the thing was not there for who asked."""
    return knock.status == 404 or (knock.status == 302 and bool(knock.rule.arguments & MINE))


def named_at(house: House, rule: Rule) -> set[str]:
    """The methods that any page takes at this address."""
    same = (each for each in house.app.url_map.iter_rules() if each.rule == rule.rule)
    return {method for each in same for method in each.methods or ()}


def token(house: House, person: Person) -> str:
    """What this person's forms are sent with; "" for who works at no desk and has none."""
    at_desk = rights.allowed(person.role, Action.OWN_DESK)
    return make.token(house.clients[person], "/petugas/kabar") if at_desk else ""


def methods(rule: Rule) -> list[str]:
    return sorted((rule.methods or set()) - {"OPTIONS", "HEAD"})


def names_a_thing(rule: Rule) -> bool:
    return bool((rule.arguments - (rule.defaults or {}).keys()) & (THINGS | MINE))


def rows_of(office: int) -> dict[str, list[str]]:
    """Everything that an office has, table by table."""
    db.session.rollback()
    tables = [table for table in Base.metadata.sorted_tables if "office_id" in table.c]
    return {
        table.name: sorted(
            str(tuple(row)) for row in db.session.execute(sa.select(table).where(table.c.office_id == office))
        )
        for table in tables
    }


@cache
def _listening() -> list[str]:
    return make.statements()


def _writes(statement: str) -> bool:
    return statement.lstrip().upper().startswith(WRITING)


@transaction
def _more(session: Session, /, complaint_id: UUID) -> dict[str, str]:
    """What stands in the addresses that only take something."""
    keeper = session.scalars(sa.select(Staff).filter_by(office_id=make.OFFICE)).first()
    assert keeper
    row: dict[str, Any] = {"office_id": make.OFFICE, "added_at": make.START}
    task = row | {"id": uuid7(now()), "complaint_id": complaint_id, "title": "x", "added_by": keeper.id}
    view = row | {"id": uuid7(now()), "staff_id": keeper.id, "name": "Saya", "query": ""}
    session.execute(sa.insert(Task).values(task))
    session.execute(sa.insert(SavedView).values(view))
    session.add(passkey := _passkey(keeper))
    visit = session.scalars(sa.select(StaffSession.id)).first() or uuid7(now())
    return {
        "passkey_id": str(passkey.id),
        "correction_id": str(correction(session, complaint_id)),
        "session_id": str(visit),
        "task_id": str(task["id"]),
        "view_id": str(view["id"]),
        "hook_id": str(session.scalars(sa.select(Webhook.id)).first()),
        "message_id": str(session.scalars(sa.select(Message.id).where(Message.given_up_at.is_not(None))).first()),
        "step": "verify",
        "day": "2026-12-25",
        "act": "naik",
        "indicator": Indicator.DOCUMENTS.value,
    }


def correction(session: Session, complaint_id: UUID) -> UUID:
    """A resident's wish for other words."""
    key = uuid7(now())
    row = {"office_id": make.OFFICE, "id": key, "complaint_id": complaint_id, "kind": "words", "wanted": "x"}
    session.execute(sa.insert(Correction).values(row | {"asked_at": make.START, "due_at": make.START}))
    return key


def _passkey(keeper: Staff) -> Passkey:
    return Passkey(
        office_id=keeper.office_id, id=uuid7(now()), staff_id=keeper.id, name="Ponsel", credential_id=b"1",
        public_key=b"1", sign_count=0, backup_state=False, device_type="single_device", usage="secondary",
        added_at=make.START, lastuse_datetime=make.START,
    )  # fmt: skip


@transaction
def _section(session: Session) -> None:
    session.add(Section(office_id=houses.OTHER, key=rights.TRANTIB, name="Seksi Trantib", position=2))
