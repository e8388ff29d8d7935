"""What happens in the invented year 2028: who does what, and when. Nothing here computes a figure."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask

from tests import make
from tests.complaints.pages import fields_of
from tests.year import neighbours
from tests.year.lives import (
    LIVES,
    QUARTER_TARGETS,
    TARGETS,
    TURNS,
    VILLAGES,
    WIB,
    YEAR,
    Agenda,
    Year,
    day,
    left_lying,
    wib,
)
from tests.year.locking import locks
from tests.year.people import Case, Clock, Desk, Diary, Public, file


def months(year: Year) -> None:
    """Fourteen kinds of reports and some thirty ratings a month, the last December's among them."""
    for month in range(13):
        for place, life in enumerate(LIVES):
            moment = wib(day(month, 1 + 2 * place), 8 + place % 9, 3)
            year.reported(moment, month * 20 + place, life)
        for n in range(26 + month % 4 * 3):
            moment = wib(day(month, 1 + n % 27), 10 + n % 8, n)
            year.agenda.at(moment, partial(_rate, year, at_point=n % 9 == 4))
    for moment in TURNS:
        year.reported(moment, moment.minute + moment.month, left_lying)
        year.agenda.at(moment + timedelta(seconds=20), year.rate)


def _rate(year: Year, *, at_point: bool) -> None:
    year.rate(point=year.points[1] if at_point else None)


def entered_by_hand(year: Year) -> None:
    """What came by phone, and what patrols found; the last year's last evening is written down in the new one."""
    calls = [(1, 2, "phone", wib(date(2027, 12, 31), 23, 30)), (3, 1, "phone", wib(day(2, 29), 23, 50))]
    calls += [(month, 12, "patrol", wib(day(month, 11), 22)) for month in range(1, 13, 2)]
    for month, number, source, received in calls:
        year.agenda.at(wib(day(month, number), 10), partial(_enter, year, source, received))


def _enter(year: Year, source: str, received: datetime) -> None:
    said = {"category": "jalan", "village": VILLAGES[3], "description": f"Lapak di trotoar {received}"}
    told = {"source": source, "received_at": (received + WIB).strftime("%Y-%m-%dT%H:%M"), "similar_seen": "1"}
    sent = year.officer().submit("/petugas/laporan/baru", submission_id=year.public.id(), **said, **told)
    number = sent.headers.get("Location", "").rsplit("/", 1)[-1] or _number_on(sent.text)
    year.diary.moves.append((received, number, "receive"))
    year.settle(year.diary.clock.now, 2, Case(number))


def _number_on(page: str) -> str:
    return page[page.index("TRB-") :][:14]


def registers(year: Year) -> None:
    """The registers and the targets, as the year brings them."""
    for month, number, kind, approved, has_file in (
        (2, 10, "lakip", day(2, 8), True), (4, 20, "rb", day(4, 18), False), (7, 20, "anjab", day(7, 20), True),
        (10, 5, "pelayanan_publik", day(10, 3), True),
    ):  # fmt: skip
        values = {"kind": kind, "year": YEAR, "title": f"Dokumen {kind}", "dated": approved, "approved_on": approved}
        _add(year, wib(day(month, number), 11), "dokumen", values, has_file=has_file)
    for month in range(1, 13):
        for turn, number in enumerate((6, 20)):
            planned = day(month, number)
            held = [planned, planned + timedelta(days=3), None, planned + timedelta(days=20)][(month + turn) % 4]
            values = {"name": f"Pelatihan {month}-{turn}", "planned_on": planned}
            values |= {"village_code": VILLAGES[month % 7], "participants": 20 + month}
            has_file = (month + turn) % 5 != 0
            _add(year, wib(planned, 8), "kegiatan", values, has_file=False, later=(held, has_file) if held else None)
    for month, score in ((3, "71,25"), (9, "74,50")):
        values = {"year": YEAR, "reviewed_on": day(month, 15), "score": score, "reviewer": "Inspektorat"}
        _add(year, wib(day(month, 16), 11), "sakip", values)
    for name, target, better, measures in (
        ("Desa tertib arsip", "5", "higher", [(3, "2"), (6, "4"), (9, "5"), (12, "6")]),
        ("Hari layanan KK", "3", "lower", [(3, "4,5"), (6, "3"), (9, "3,2"), (12, "2,8")]),
        ("Ibu ikut posyandu (%)", "80", "higher", [(6, "81,25")]),
    ):
        values = {"year": YEAR, "programme": "Pelayanan", "name": name, "unit": "satuan", "target": target}
        _add(year, wib(day(1, 10), 13), "program", values | {"direction": better}, measures=measures)
    seen = {"period": f"{YEAR}-05", "value": "83,10", "respondents": 211, "seen_on": day(5, 30)}
    _add(year, wib(day(5, 30), 14), "sukma-e", seen)
    targets = {f"{key}_0": value for key, value in TARGETS.items()}
    year.agenda.at(wib(day(1, 5)), partial(_targets, year, targets))
    year.agenda.at(wib(day(7, 3)), partial(_targets, year, QUARTER_TARGETS))


def _targets(year: Year, values: dict[str, str]) -> None:
    year.operator.submit(f"/pengaturan/target?tahun={YEAR}", **values)


def _add(
    year: Year,
    moment: datetime,
    book: str,
    values: dict[str, Any],
    *,
    has_file: bool = True,
    measures: Sequence[tuple[int, str]] = (),
    later: tuple[date, bool] | None = None,
) -> None:
    typed = {key: value.isoformat() if isinstance(value, date) else str(value) for key, value in values.items()}

    def act() -> None:
        evidence: dict[str, Any] = {"evidence": file()} if has_file else {}
        sent = year.operator.submit(f"/register/{book}/baru?tahun={YEAR}", **typed, **evidence)
        entry = sent.headers["Location"].rsplit("/", 1)[-1]
        for month, value in measures:
            year.agenda.at(wib(day(month, 28), 14), partial(_measure, year, entry, month, value))
        if later:
            year.agenda.at(wib(later[0], 16), partial(_held, year, entry, *later))

    year.agenda.at(moment, act)


def _measure(year: Year, entry: str, month: int, value: str) -> None:
    path = f"/register/program/{entry}/realisasi"
    year.operator.submit(path, measured_on=day(month, 25).isoformat(), value=value, evidence=file())


def _held(year: Year, entry: str, held: date, has_file: bool) -> None:
    """The entry is said once more, now that the activity took place."""
    path = f"/register/kegiatan/{entry}"
    evidence = {"evidence": file()} if has_file else {}
    year.operator.submit(path, to=f"{path}/ubah", held_on=held.isoformat(), **evidence)


def settings(year: Year) -> None:
    """What the office decides in the course of the year; each holds from its month on."""
    for month, key, value, since in (
        (1, "service_users", "150", 1), (5, "ikm_source", "sukma-e", 5), (5, "ikm_source", "kami", 6),
        (8, "count_patrol", "ya", 9), (9, "predicate_thresholds", "95,85,70,60", 10), (10, "weight", "0.111", 11),
    ):  # fmt: skip
        since_month = f"{YEAR}-{since:02}"
        path = f"/pengaturan/kantor/{key}"
        year.agenda.at(wib(day(month, 4), 14), partial(year.operator.submit, path, value=value, month=since_month))


def house(year: Year) -> None:
    """A category renamed, a service closed, an officer gone, ratings taken out, a month locked again."""
    renamed = {"name": "Kebisingan dan hiburan tanpa izin"}
    year.agenda.at(wib(day(5, 9)), partial(year.operator.submit, "/pengaturan/kategori/kebisingan", **renamed))
    year.agenda.at(wib(day(8, 15)), lambda: _close_service(year))
    year.agenda.at(wib(day(7, 14)), lambda: _close_account(year))
    year.agenda.at(wib(day(2, 14)), year.many_alike)
    year.agenda.at(wib(day(2, 20)), partial(year.secretary.exclude_doubtful, f"{YEAR}-02", "Isian kembar"))


def _close_service(year: Year) -> None:
    path = "/pengaturan/layanan/proposal"
    fields = fields_of(year.operator.get(path).text)
    fields.pop("is_open")
    assert year.operator.client.post(path, data=fields).status_code == 302


def _close_account(year: Year) -> None:
    """The first officer leaves; from now on the second is on duty."""
    page = year.operator.get("/pengaturan/petugas").text
    leaving = next(row for row in page.split("<tr") if year.officers[0].email in row)
    account = leaving.split("/pengaturan/petugas/")[1][:36]
    path = f"/pengaturan/petugas/{account}"
    year.operator.submit(path, to=f"{path}/tutup")
    year.officers.append(Desk(year.app, make.staff("officer"), year.diary))
    assert year.officers[0].client.get("/petugas").status_code == 302


def live(app: Flask, clock: Clock, folder: Path) -> Year:
    """The whole year."""
    diary = Diary(clock)
    people = {role: Desk(app, make.staff(role), diary) for role in ("officer", "secretary", "operator")}
    year = Year(
        app=app,
        diary=diary,
        agenda=Agenda(clock),
        public=Public(app, diary),
        officers=[people["officer"]],
        secretary=people["secretary"],
        operator=people["operator"],
    )
    year.points = re.findall(r'"/survei/(MBS-\w+)"', year.public.client.get("/").text)
    for part in (months, entered_by_hand, registers, settings, house, locks):
        part(year)
    neighbours.come(year, folder)
    year.agenda.live()
    return year
