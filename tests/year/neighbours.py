"""A second office comes in mid-year, with people of its own: nothing of the one may count in the other."""

from functools import partial
from pathlib import Path
from typing import Any

from tests import make
from tests.year.lives import YEAR, Taken, Year, confirmed, day, denied, left_lying, silent, spam, wib
from tests.year.locking import exported
from tests.year.people import Desk, Diary, Public, file
from tests.year.recount import ELEMENTS

CODE, PREFIX = "35.09.24", "JGW"
COMES = day(6, 15)
LIVES = [confirmed, denied, silent, spam, left_lying, silent]
MONTHS = (6, 7, 8)
REGENCY = "pembina@jember.example"


def come(year: Year, folder: Path) -> None:
    """Added by command, as whoever keeps the server does; from then on they live as the others."""
    year.agenda.at(wib(COMES, 8), partial(_furnish, year, folder))


def _furnish(year: Year, folder: Path) -> None:
    villages = folder / "desa.csv"
    villages.write_text("code,bps_code,name\n" + "".join(f"{CODE}.200{n},350910000{n},Desa {n}\n" for n in (1, 2)))
    named = {"name": "Kecamatan Jenggawah", "prefix": PREFIX, "regency": "Kabupaten Jember", "province": "Jawa Timur"}
    options = {**named, "postcode": "68171", "villages": str(villages)}
    _run(year, "office", "add", CODE, *(word for key, value in options.items() for word in (f"--{key}", value)))
    _run(year, "staff", "add", REGENCY, "--name", "Pembina", "--role", "regency", "--password-stdin")
    diary = Diary(year.diary.clock)
    people = {role: _staff(year, role, diary) for role in ("officer", "secretary", "operator")}
    other = Year(
        app=year.app,
        diary=diary,
        agenda=year.agenda,
        public=Public(year.app, diary),
        officers=[people["officer"]],
        secretary=people["secretary"],
        operator=people["operator"],
    )
    year.others.append(other)
    _live(other, _point(people["operator"]))


def _live(other: Year, point: str) -> None:
    for month in MONTHS:
        for place, life in enumerate(LIVES):
            moment = wib(day(month, 16 + 2 * place), 9, 30)
            other.agenda.at(moment, partial(_report, other, life, month * 10 + place, point))
        for n in range(7 + month):
            other.agenda.at(wib(day(month, 16 + n % 12), 10, 2 + n), partial(_rate, other, n, point))
    typed = {"name": "Pelatihan", "planned_on": day(7, 10).isoformat(), "held_on": day(7, 10).isoformat()}
    other.agenda.at(wib(day(7, 11)), partial(_activity, other, typed))
    other.agenda.at(wib(day(8, 4), 7), partial(_lock, other))


def _report(other: Year, life: Any, n: int, point: str) -> None:
    moment = other.diary.clock.now
    life(other, other.public.report("jalan", f"{CODE}.200{1 + n % 2}", f"Perkara {n}", point), moment)


def _rate(other: Year, n: int, point: str) -> None:
    answers = {key: 2 + (n + place) % 3 for place, key in enumerate(ELEMENTS)}
    other.public.rate(answers, "kk" if n % 3 else "ktp", {"sex": "female"}, point)


def _activity(other: Year, typed: dict[str, str]) -> None:
    other.operator.submit(f"/register/kegiatan/baru?tahun={YEAR}", **typed, evidence=file())


def _lock(other: Year) -> None:
    other.taken[7, 1] = Taken(exported(other.secretary), other.secretary.json(f"/ringkasan/{YEAR}-07.json"))
    other.secretary.submit(f"/ringkasan/{YEAR}-07/kunci", despite_open="y")


def _point(operator: Desk) -> str:
    """The code of the point at which one can both rate and report."""
    row = next(row for row in operator.get("/pengaturan/titik").text.split("<tr") if "Pintu masuk kantor" in row)
    return row[row.index(f"{PREFIX}-") :][: len(PREFIX) + 7]


def _staff(year: Year, role: str, diary: Diary) -> Desk:
    email = f"{role}@jenggawah.example"
    _run(year, "staff", "add", email, "--name", role, "--role", role, "--office", CODE, "--password-stdin")
    return Desk(year.app, email, diary)


def _run(year: Year, *words: str) -> None:
    done = year.app.test_cli_runner().invoke(args=words, input=f"{make.PASSWORD}\n")
    assert done.exit_code == 0, done.output
