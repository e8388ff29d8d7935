"""Looking at who reported: with a reason, by the handler, recorded."""

import pytest
import sqlalchemy as sa
from flask import Flask

from complaints.case_models import IdentityLook
from complaints.contacts import Who
from complaints.desk import case_queries, identity
from core.db import db
from core.errors import Refused
from offices.audit_models import AuditEntry
from tests import make
from tests.complaints import cases, submitting


def named() -> str:
    return submitting.send(name="Bu Siti", phone="0812 3456 7890").number


def look(number: str, *, role: str = "officer", reason: str = "Menanyakan letak") -> identity.Identities:
    return identity.look(
        office_id=make.OFFICE, number=number, staff_id=cases.officer(), role=role, reason=reason,
        key=submitting.KEYS.identity, now=cases.LATER,
    )  # fmt: skip


def looks() -> list[IdentityLook]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(IdentityLook)))


def test_a_handler_sees_who_reported_and_the_look_is_kept(any_app: Flask) -> None:
    number = named()
    assert look(number).first == Who("Bu Siti", "0812 3456 7890", "")
    [kept] = looks()
    assert (kept.reason, kept.at) == ("Menanyakan letak", cases.LATER)
    [noted] = db.session.scalars(sa.select(AuditEntry).filter_by(action="look.identity"))
    assert (noted.subject, noted.detail, noted.at) == (number, {}, cases.LATER)


@pytest.mark.parametrize("refused", [{"reason": "  "}, {"role": "head"}, {"role": "onlooker"}])
def test_nobody_else_and_nobody_without_a_reason(any_app: Flask, refused: dict[str, str]) -> None:
    number = named()
    with pytest.raises(Refused):
        look(number, **refused)
    assert looks() == []


def test_looking_at_nobody_is_not_recorded(any_app: Flask) -> None:
    number = submitting.send().number
    with pytest.raises(Refused, match="Tidak ada identitas"):
        look(number)
    assert looks() == []


def test_looks_are_listed_the_newest_first(any_app: Flask) -> None:
    first, second = named(), named()
    look(first)
    look(second)
    db.session.rollback()
    assert [row.number for row in case_queries.looks(db.session(), make.OFFICE)] in ([second, first], [first, second])
    report = cases.report(first)
    assert [row.number for row in case_queries.looks(db.session(), make.OFFICE, complaint_id=report.id)] == [first]
