"""Locked months stay as they were for everybody, and two versions together tell of no small group."""

import csv
import io
import itertools
import random
from collections.abc import Mapping
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core import clock
from core.calendar import Month
from core.db import db, reader
from indicators import nightly
from indicators.published.apart import Breakdowns, may_stand_beside
from offices import queries as offices
from offices import service as master
from offices import settings
from survey.figures.nesting import SMALLEST, hidden_in
from tests import make
from tests.indicators.locked_months import lock

MID = datetime(2026, 10, 15, 3, 0, tzinfo=UTC)
FIRST = datetime(2026, 11, 5, 3, 0, tzinfo=UTC)
SECOND = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
NOW = datetime(2027, 1, 12, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def rated(women: int, men: int, answer: int = 3, at: datetime = MID, **values: Any) -> None:
    for n in range(women + men):
        make.rating(answer=answer, sex="female" if n < women else "male", now=at, **values)


def counted() -> None:
    nightly.run_now(lambda: NOW, nightly.recount_marked)


def rows(client: FlaskClient, path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(path).data.decode("utf-8-sig"))))


def sexes(client: FlaskClient, period: str) -> Mapping[str, str]:
    return {row["code"]: row["ikm"] for row in rows(client, f"/hasil/{period}/rincian.csv") if row["group"] == "sex"}


def test_a_locked_month_stays_as_it_was(app: Flask, client: FlaskClient) -> None:
    rated(15, 15)
    lock("2026-10", 1, FIRST)
    rated(10, 10, answer=1, recorded_at=SECOND)
    counted()
    found: Any = client.get("/hasil/2026-10.json").json
    expected = {"ikm": "75.00", "respondents": 30, "provisional": False, "version": 1, "as_of": "2026-11-05T03:00:00Z"}
    assert found.items() >= expected.items()
    services = [row for row in rows(client, "/hasil/2026-10/rincian.csv") if row["group"] == "service"]
    assert [row["respondents"] for row in services] == ["30"]
    assert rows(client, "/hasil.csv") == rows(client, "/hasil/2026-10.csv")
    page = " ".join(client.get("/hasil/2026-10").text.split())
    assert "Angka ini dikunci, versi 1." in page
    assert "Angka sementara" not in page
    assert "dikunci, versi 1" in client.get("/hasil").text
    assert client.get("/hasil/2026-10.png").status_code == 200


def test_a_renamed_service_keeps_its_old_name_in_a_locked_month(app: Flask, client: FlaskClient) -> None:
    rated(15, 15)
    rated(15, 15, service="kk")
    rated(15, 15, at=FIRST)
    lock("2026-10", 1, FIRST)
    counted()
    old = services(client, "2026-10")
    section = offices.service(reader(), make.OFFICE, "ktp").section_key
    ktp: Any = {"code": "ktp", "name": "KTP baru", "section_key": section, "position": 1, "is_open": True}
    db.session.rollback()
    master.edit_service(office_id=make.OFFICE, **ktp, by="tests", now=SECOND)
    assert (services(client, "2026-10"), services(client, "2026-11")) == (old, ["KTP baru"])
    assert old[0] in client.get("/hasil/2026-10").text
    assert "KTP baru" not in client.get("/hasil/2026-10").text


def services(client: FlaskClient, period: str) -> list[str]:
    """As the file and the programs' page call them."""
    found: Any = client.get(f"/hasil/{period}.json").json
    names = [row["name"] for row in found["groups"] if row["group"] == "service"]
    file = rows(client, f"/hasil/{period}/rincian.csv")
    assert names == [row["name"] for row in file if row["group"] == "service"]
    return names


def test_a_longer_period_is_counted_now_and_says_which_months_are_locked(app: Flask, client: FlaskClient) -> None:
    rated(15, 15)
    lock("2026-10", 1, FIRST)
    rated(20, 20, answer=1, at=FIRST, recorded_at=SECOND)
    counted()
    found: Any = client.get("/hasil/2026-TW4.json").json
    assert (found["provisional"], found["version"], found["locked_months"]) == (True, None, "2026-10")
    assert found["respondents"] == 70
    assert "Bulan yang sudah dikunci: Oktober (versi 1)." in client.get("/hasil/2026-TW4").text


def test_few_late_people_are_not_told_by_a_second_version(app: Flask, client: FlaskClient) -> None:
    rated(15, 15)
    lock("2026-10", 1, FIRST)
    rated(1, 0, answer=1, recorded_at=SECOND)
    lock("2026-10", 2, SECOND, "Satu formulir terselip")
    counted()
    found: Any = client.get("/hasil/2026-10.json").json
    assert (found["version"], found["respondents"], found["provisional"]) == (2, 31, False)
    assert {row["version"] for row in found["groups"] if row["group"] == "sex"} == {1}
    assert sexes(client, "2026-10") == {"female": "75.00", "male": "75.00"}
    assert "Rincian ini dari versi 1" in client.get("/hasil/2026-10").text


def test_many_late_people_are_told_by_a_second_version(app: Flask, client: FlaskClient) -> None:
    rated(15, 15)
    lock("2026-10", 1, FIRST)
    rated(12, 0, answer=1, recorded_at=SECOND)
    lock("2026-10", 2, SECOND, "Satu bundel terselip")
    counted()
    assert sexes(client, "2026-10") == {"female": "52.78", "male": "75.00"}


def test_a_quarter_does_not_tell_who_came_after_the_lock(app: Flask, client: FlaskClient) -> None:
    rated(15, 15)
    rated(15, 15, at=FIRST)
    lock("2026-10", 1, FIRST)
    rated(1, 0, answer=1, recorded_at=SECOND)
    counted()
    assert sexes(client, "2026-TW4") == {}
    found: Any = client.get("/hasil/2026-TW4.json").json
    assert (found["groups_told"], found["respondents"], found["verified"]["respondents"]) == (False, 61, None)
    assert "Rincian masa ini tidak diumumkan" in client.get("/hasil/2026-TW4").text
    assert client.get("/hasil/2026-TW4/poster.pdf").status_code == 200


def test_what_changed_is_told_without_names(app: Flask, client: FlaskClient) -> None:
    rated(15, 15)
    lock("2026-10", 1, FIRST)
    rated(10, 0, answer=1, recorded_at=SECOND)
    lock("2026-10", 2, SECOND, "Satu bundel terselip")
    settings.set_value(
        office_id=make.OFFICE, key="weight", value="0.111", month=Month(2027, 1), by="siti@mumbulsari.example", now=NOW
    )
    told: Any = client.get("/hasil/perubahan.json").json
    assert [(each["kind"], each["subject"], each["version"]) for each in told] == [
        ("setting", "weight", None), ("lock", "2026-10", 2), ("lock", "2026-10", 1), ("edition", "skm-2017", None),
    ]  # fmt: skip
    assert told[0]["changes"] == [{"field": "weight", "before": "1/9", "after": "0.111"}]
    assert told[1]["changes"] == [{"field": "iku2_ikm", "before": "75.00", "after": "62.50"}]
    assert told[1]["reason"] == "Satu bundel terselip"
    known: Any = client.get("/hasil/kamus-data.json").json
    assert set(told[0]) == {field["name"] for field in known["changes"]}
    page = client.get("/hasil/perubahan").text
    assert "75,00 menjadi 62,50" in page
    assert "siti@" not in page + client.get("/hasil/perubahan.json").text


def test_an_edition_that_has_not_begun_is_not_told(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2001, 1, 1, tzinfo=UTC))
    assert client.get("/hasil/perubahan.json").json == []


CASES = 400


def test_no_adding_or_subtracting_of_two_versions_tells_a_few() -> None:
    """Every set of respondents who stayed, came or went, by group: what both tables tell says nothing of under ten."""
    dice = random.Random(33)
    both = 0
    for _case in range(CASES):
        cells = {name: drawn(dice) for name in "abc"}
        old = {name: kept + gone for name, (kept, _came, gone) in cells.items() if kept + gone}
        new = {name: kept + came for name, (kept, came, _gone) in cells.items() if kept + came}
        totals_told = min(sum(old.values()), sum(new.values())) < SMALLEST  # as every total is (docs/adr/0021)
        if not totals_told and may_stand_beside(table(old, cells), table(new, cells)):
            both += 1
            assert not few_told(cells, [told(old, 2), told(new, 1)]), cells
    assert both > CASES // 10


def drawn(dice: random.Random) -> tuple[int, int, int]:
    """How many of a group stayed, came, went."""
    came, gone = dice.choice([(0, 0), (0, 0), (dice.randint(1, 14), 0), (0, dice.randint(1, 14)), (12, 1)])
    return dice.randint(0, 25), came, gone


def table(sizes: Mapping[str, int], cells: Mapping[str, tuple[int, int, int]]) -> Breakdowns:
    """Sums that differ wherever somebody came or went."""
    changed = {name: int(size != cells[name][0] + cells[name][2]) for name, size in sizes.items()}
    return {"sex": {name: {"edition": (size, changed[name])} for name, size in sizes.items()}}


def told(sizes: Mapping[str, int], leaves_out: int) -> list[frozenset[tuple[str, int]]]:
    """Sets of cells whose sums a version's table tells: each shown group, and the hidden ones together."""
    hidden = hidden_in(sizes)
    of = {name: frozenset((name, part) for part in range(3) if part != leaves_out) for name in "abc"}
    return [of[name] for name in "abc" if name not in hidden] + [frozenset().union(*(of[name] for name in hidden))]


def few_told(cells: Mapping[str, tuple[int, int, int]], tables: list[list[frozenset[tuple[str, int]]]]) -> bool:
    names = [(name, part) for name in "abc" for part in range(3) if cells[name][part]]
    known = [[Fraction(name in group) for name in names] for one in tables for group in one]
    rank = rank_of(known)
    for count in range(1, len(names) + 1):
        for chosen in itertools.combinations(names, count):
            if sum(cells[name][part] for name, part in chosen) < SMALLEST:
                wanted = [Fraction(name in chosen) for name in names]
                if rank_of([*known, wanted]) == rank:
                    return True
    return False


def rank_of(rows: list[list[Fraction]]) -> int:
    rows, rank = [row[:] for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((row for row in rows[rank:] if row[column]), None)
        if pivot is None:
            continue
        place = rows.index(pivot, rank)
        rows[rank], rows[place] = rows[place], rows[rank]
        for other in rows[rank + 1 :]:
            factor = other[column] / rows[rank][column]
            other[:] = [a - factor * b for a, b in zip(other, rows[rank], strict=True)]
        rank += 1
    return rank
