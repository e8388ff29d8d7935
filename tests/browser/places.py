"""Every page there is, with something to look at on each."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from flask import Flask
from werkzeug.routing import Rule

from complaints.desk import case_queries
from complaints.desk_models import Route
from complaints.following import corrections
from complaints.following.rating_links import rating_link
from complaints.messages import hooks, routes
from complaints.pictures import photos, proofs
from complaints.queries import Opened
from complaints.reporting.intake import Handed, Keys
from core.calendar import Month, wib_day
from core.clock import now
from core.db import db
from core.periods import Period
from indicators import nightly
from indicators.documents import calendars
from indicators.rows import Behind
from offices import rights
from offices import staff as accounts
from offices.access import actions_of
from offices.law import breaches, register
from offices.law.models import OwnProcessing
from offices.law.terms import Step
from offices.models import Point, Staff
from offices.roles import Role
from survey.figures.calculation import WHOLE
from survey.models import Rating
from survey.review import excluding
from survey.review.shown import Page
from tests import make
from tests.complaints import cases, photo_suite, submitting
from tests.indicators.locked_months import lock
from tests.indicators.registers import entries
from tests.survey.editing import on_the_way
from tests.survey.entry import papers
from tests.survey.review import planning
from tests.survey.visits import given_visits

# The sign-in library's own, which no page of ours leads to.
PROGRAMS = ("/api/", "/open311/", "/metrics")  # their answers are no pages, and have tests of their own
LIBRARY = {
    "security.two_factor_setup", "security.two_factor_rescue", "security.tf_select", "security.mf_recovery_codes",
    "security.wan_delete",
    # These follow the password: tests/browser/test_passkeys.py goes there.
    "security.two_factor_token_validation", "security.mf_recovery",
}  # fmt: skip
OWN = {"security.change_password", "security.wan_register", "security.verify", "security.wan_verify"}
# What an address must be asked with.
ASKED = {"/pengaturan/titik/cetak.pdf": "?jenis=poster"}


@dataclass(frozen=True)
class Place:
    """An address and who opens it; no role: anybody."""

    path: str
    role: Role | None = None


def furnish(app: Flask) -> dict[str, str]:
    """Ratings and reports in every state; returns something believable for each gap in an address,
    under the address itself where the gap's name is not enough.
    """
    moment = now() - timedelta(days=40)
    keys = Keys(app.config["RECEIPT_KEY"], app.config["IDENTITY_KEY"])
    handed = submitting.send(keys=keys, now=moment, name="Bu Siti", phone="0812 3456 7890")
    for answer in (2, 3, 4):
        make.rating(answer=answer, now=moment)
    for step in ("verify", "assign", "start"):
        cases.act(handed.number, step, now=moment + timedelta(hours=1))
    cases.settled(now=moment)
    cases.act(cases.case(now=moment), "exclude", now=moment)
    cases.case(now=now())
    make.rating(answer=4, now=_long_ago())
    nightly.run_now(now, nightly.recount_marked)  # nothing is published before it is counted
    _locked(str(Month.of(_long_ago())))
    db.session.rollback()
    point = db.session.scalars(sa.select(Point.code).filter_by(purpose="both")).first()
    staff_id = db.session.scalars(sa.select(Staff.id)).first()
    assert staff_id is not None
    link = accounts.reset(office_id=make.OFFICE, staff_id=staff_id, by="tests", now=now())
    return {
        "point": str(point),
        "code": str(point),
        "/lacak/<code>": str(handed.code),
        "/lacak/<code>/foto/<uuid:photo_id> code": str(handed.code),
        "photo_id": _photo(app, handed, moment),
        **_behind_receipts(app, keys, handed, moment),
        "number": handed.number,
        "figure": Behind.SETTLED.value,
        "/pengaturan/layanan/<code>": "ktp",
        "/pengaturan/kategori/<code>": "jalan",
        "key": "weight",
        "month": str(Month.of(moment)),
        "period": str(Month.of(moment)),
        "what": WHOLE,
        "year": str(wib_day(moment).year),
        "staff_id": str(staff_id),
        "since": str(staff_id),
        "answer_id": str(case_queries.all_ready_answers(db.session(), make.OFFICE)[0][0].id),
        "filename": "app.css",
        "token": link.token,
        "/tenggat/<token>.ics": _calendar(app),
        **_visits(app),
        "route_id": _who_is_told(app),
        **_reviewed(moment),
        **of_the_law(),
        **_wish(handed.number),
        **entries.in_every_register(app.config["SETTINGS"], wib_day(moment)),
        **on_the_way.edition(),
        **on_the_way.sheet(app.config["SETTINGS"].data_dir),
        **papers.on_the_desk(app.config["SETTINGS"].data_dir),
    }


def _long_ago() -> datetime:
    """A moment in a month of its own, which is locked."""
    return now() - timedelta(days=100)


def _locked(month: str) -> None:
    """Two versions of the month."""
    for version, days, reason in ((1, 50, ""), (2, 45, "Satu formulir kertas terselip.")):
        lock(month, version, now() - timedelta(days=days), reason)


def _calendar(app: Flask) -> str:
    """What opens somebody's calendar."""
    db.session.rollback()
    return calendars.token_of(db.session.scalars(sa.select(Staff)).all()[0], str(app.config["SECRET_KEY"]))


def _visits(app: Flask) -> dict[str, str]:
    """A code that somebody was given just now, and visits that were written down."""
    visit, code = given_visits.issued(app, now=now(), by=cases.officer("operator"))
    given_visits.counted({"ktp": 12}, day=wib_day(now()), now=now())
    return {"visit_id": str(visit.id), "/k/<code>": code}


def _reviewed(moment: datetime) -> dict[str, str]:
    """Ratings that came too fast, one taken out; a suggestion; a line of the follow-up plan."""
    for n in range(8):
        make.rating(answer=3, fill_s=5, suggestion="Antrenya lama" if n else "", now=moment)
    db.session.rollback()
    ids = db.session.scalars(sa.select(Rating.id).where(Rating.suggestion != "")).all()
    excluding.exclude(office_id=make.OFFICE, rating_ids=ids[:1], reason="Uji coba kios", by="tests", now=now())
    plan = planning.added(period=str(Month.of(moment)), due=str(Period.around(Month.of(now()), 3)))
    return {"follow_up_id": str(plan), "rating_id": str(Page.SUGGESTIONS.shown(ids[1]))}


def of_the_law() -> dict[str, str]:
    """A breach with a letter, and an activity of the office's own in the register."""
    signed: dict[str, Any] = {"office_id": make.OFFICE, "by": "tests", "now": now()}
    breach_id = breaches.add(title="HP dinas hilang", found_at=now() - timedelta(hours=80), **signed)
    breaches.write_notice(breach_id=breach_id, disclosed="Nama", how="HP hilang", remedy="Akun ditutup", **signed)
    names = ("name", "purpose", "basis", "kinds", "whose", "recipients", "how_long", "protection")
    register.add(values=dict.fromkeys(names, "Buku tamu"), **signed)
    db.session.rollback()
    return {
        "breach_id": str(breach_id),
        "activity_id": str(db.session.scalars(sa.select(OwnProcessing.id)).first()),
        "/pengaturan/kebocoran/<uuid:breach_id>/langkah/<step> step": Step.CONTAINED.value,
        "/pengaturan/kebocoran/<uuid:breach_id>/surat/<int:version> version": "1",
    }


def _wish(number: str) -> dict[str, str]:
    """Other words that a resident asks for."""
    opened = Opened(make.OFFICE, cases.report(number).id, None)
    corrections.ask(opened=opened, wanted="Sound horeg sampai subuh", now=now())
    db.session.rollback()
    return {"correction_id": str(corrections.of(db.session(), opened)[0].id)}


def _who_is_told(app: Flask) -> str:
    """A route, a webhook, and a message that was given up."""
    routes.add(
        office_id=make.OFFICE,
        values={
            "position": 1, "category_code": "jalan", "village_code": None, "staff_id": None, "section_key": "trantib",
        },
        by="tests",
        now=now(),
    )  # fmt: skip
    hooks.add(
        office_id=make.OFFICE, name="Aplikasi kabupaten", url="https://contoh.go.id/kabar",
        identity_key=app.config["IDENTITY_KEY"], by="tests", now=now(),
    )  # fmt: skip
    make.given_up_message(now=now())
    db.session.rollback()
    return str(db.session.scalars(sa.select(Route.id)).first())


def _photo(app: Flask, handed: Handed, moment: datetime) -> str:
    """A photo that came with the report, and that an officer has then taken for proof."""
    opened = Opened(make.OFFICE, cases.report(handed.number).id, None)
    data_dir = app.config["SETTINGS"].data_dir
    added = photos.add(data_dir=data_dir, opened=opened, upload_id=uuid4(), source=photo_suite.jpeg(), now=moment)
    db.session.rollback()
    proofs.add(
        data_dir=data_dir, office_id=make.OFFICE, number=handed.number, version=1, role="officer",
        actor_id=cases.officer(), source=photo_suite.jpeg(), now=now(),
    )  # fmt: skip
    db.session.rollback()
    return str(added.id)


def _behind_receipts(app: Flask, keys: Keys, handed: Handed, moment: datetime) -> dict[str, str]:
    """A report for every page that a receipt leads to: one that waits for an answer, one that is settled."""
    asked, settled = (submitting.send(keys=keys, now=moment) for _turn in range(2))
    db.session.rollback()
    cases.act(asked.number, "ask", question="Di RT berapa?", now=moment)
    for step in ("verify", "start", "settle"):
        cases.act(settled.number, step, now=moment)
    codes = {"jawab": asked, "beres": settled, "sebagian": settled, "belum": settled}
    pages = ("jawab", "tambah", "beres", "sebagian", "belum", "data", "data.zip", "foto")
    token = rating_link(
        signing_key=app.config["SECRET_KEY"],
        receipt_key=app.config["RECEIPT_KEY"],
        office_id=make.OFFICE,
        complaint_id=cases.report(settled.number).id,
        until=wib_day(now()),
    )
    found = {f"/lacak/<code>/{page}": str(codes.get(page, handed).code) for page in pages}
    return found | {"/survei/penanganan/<token>": token}


def places(app: Flask, gaps: dict[str, str]) -> list[Place]:
    """Everything that can be opened, once for every role that may."""
    rules = [
        rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.endpoint not in LIBRARY and not rule.rule.startswith(PROGRAMS)
    ]
    month = Month.of(_long_ago())
    desk = [Place(f"/ringkasan/{month}{page}", Role.SECRETARY) for page in ("", "/versi")]
    locked = [Place(f"/hasil/{month}"), *desk]
    return locked + [Place(address(rule, gaps), role) for rule in rules for role in _roles(app, rule)]


def address(rule: Rule, gaps: dict[str, str]) -> str:
    """The rule's address; KeyError for a gap that nobody has thought of."""
    built = rule.build(
        {name: gaps.get(f"{rule.rule} {name}") or gaps.get(rule.rule) or gaps[name] for name in _asked(rule)},
        append_unknown=False,
    )
    assert built is not None, rule.rule
    return built[1] + ASKED.get(rule.rule, "")


def _asked(rule: Rule) -> set[str]:
    """The gaps of its address; what the rule itself says stands in none."""
    return set(rule.arguments) - set(rule.defaults or {})


def _roles(app: Flask, rule: Rule) -> list[Role | None]:
    """One role that may open it is enough, but the desk looks different to those who only read."""
    actions = actions_of(app, rule.endpoint)
    if rule.endpoint in OWN:
        return [Role.OFFICER]
    if not actions:
        return [None]
    allowed = rights.holders(*actions)
    return [role for role in (Role.OPERATOR, Role.OFFICER) if role in allowed] or [min(allowed)]
