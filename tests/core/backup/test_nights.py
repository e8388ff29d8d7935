"""Each night its backup: once, verified, rotated; and what the page says of it."""

import errno
import threading
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from core.backup import creating, envelope, nights, queries, verifying
from core.backup.creating import Made
from core.backup.manifest import Manifest
from core.backup.models import BackupRun
from core.backup.standing import Worry, health
from core.backup.verifying import Verified
from core.db import read_afresh
from core.errors import Refused
from indicators import nightly
from indicators.backups import back_up
from offices import backups
from tests import make
from tests.core.backup import houses
from tests.core.backup.houses import KEY, NOW

NIGHT = date(2026, 11, 1)
EMPTY = Manifest(NOW, "sqlite", "0007", {}, {}, {})


def clock() -> datetime:
    return NOW


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Backups of nothing, for what is not about their contents."""

    def create(path: Path, *, now: datetime) -> Made:
        path.parent.mkdir(exist_ok=True)
        path.write_text(str(now))
        return Made(path, 1, str(path), sealed=True, same_disk=False, manifest=EMPTY)

    monkeypatch.setattr(creating, "create", create)
    monkeypatch.setattr(verifying, "verify", lambda _path, now: Verified(EMPTY, ["semua"], []))


def folder(app: Flask) -> Path:
    found: Path = app.config["SETTINGS"].backup_dir
    return found


def runs() -> list[BackupRun]:
    return list(queries.recent(read_afresh(), 2000))


def test_a_night_makes_a_verified_backup_once(any_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(houses.TOOLS), prepend=":")
    houses.seal(any_app, KEY)
    houses.furnish(any_app)
    assert [nights.run_due(clock, NIGHT) for _look in range(2)] == [1, 0]
    (run,) = runs()
    assert (run.night, run.sealed, run.error, run.made_at) == (NIGHT, True, None, NOW)
    assert [path.name for path in folder(any_app).iterdir()] == ["sukma-20261101-100000.tar.age"]
    assert run.sha256 == envelope.digest_of(Path(str(run.file)))
    found = health(read_afresh(), NOW + timedelta(hours=25))
    assert (found.age, found.is_good, found.worries) == (timedelta(hours=25), True, (Worry.SAME_DISK,))
    assert not health(read_afresh(), NOW + timedelta(hours=27)).is_good


def test_two_schedulers_make_one(any_app: Flask, quick: None) -> None:
    both = threading.Barrier(2)

    def look() -> None:
        with any_app.app_context():
            both.wait(10)
            nights.run_due(clock, NIGHT)

    with houses.threads(look, look):
        pass
    assert len(runs()) == 1


def test_old_ones_go_and_those_made_by_hand_stay(app: Flask, quick: None) -> None:
    folder(app).mkdir()
    by_hand = folder(app) / "sukma-20200101-000000.tar"
    by_hand.write_text("dengan tangan")
    for n in range(60):
        nights.run_due(lambda n=n: NOW + timedelta(days=n), NIGHT + timedelta(days=n))  # type: ignore[misc]
    names = {path.name[6:14] for path in folder(app).iterdir()}
    days = {f"202612{day}" for day in range(24, 31)}
    assert names == {"20200101", *days, "20261220", "20261213", "20261130"}
    assert sum(run.removed_at is None for run in runs()) == len(names) - 1


def test_a_full_disk_is_told_and_tried_again_in_an_hour(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(envelope.Tally, "write", full)
        assert nights.run_due(clock, NIGHT) == 1
        assert nights.run_due(lambda: NOW + timedelta(minutes=59), NIGHT) == 0
    (run,) = runs()
    assert "No space left" in str(run.error)
    assert list(folder(app).iterdir()) == []
    assert set(health(read_afresh(), NOW).worries) == {Worry.FAILED, Worry.NONE_YET}
    assert nights.run_due(lambda: NOW + timedelta(hours=1), NIGHT) == 1
    assert health(read_afresh(), NOW + timedelta(hours=1)).is_good


def test_what_a_killed_process_left_is_swept(app: Flask, quick: None) -> None:
    folder(app).mkdir()
    for name in ("sukma-20261031-003000.tar.part", "surat.part"):
        (folder(app) / name).write_text("setengah")
    nights.run_due(clock, NIGHT)
    assert sorted(path.name for path in folder(app).iterdir()) == ["sukma-20261101-100000.tar", "surat.part"]


def test_the_button_has_one_made(app: Flask, quick: None) -> None:
    nights.run_due(clock, NIGHT)
    operator = make.signed_in(app, "operator")
    form = {"csrf_token": make.token(operator, "/pengaturan/cadangan")}
    assert "sedang dibuat" in operator.post("/pengaturan/cadangan", data=form, follow_redirects=True).text
    with pytest.raises(Refused, match="sudah diminta"):
        backups.ask(office_id=make.OFFICE, by="tests", now=NOW)
    assert nights.run_due(lambda: NOW + timedelta(minutes=1), NIGHT) == 1
    page = operator.get("/pengaturan/cadangan").text
    assert "tombol di halaman ini" in page
    assert "Sedang dibuat" not in page


def test_the_page_tells_before_the_first(app: Flask) -> None:
    assert "Belum ada cadangan" in make.signed_in(app, "operator").get("/pengaturan/cadangan").text
    sekcam = make.signed_in(app, "secretary")
    assert "Buat cadangan sekarang" not in sekcam.get("/pengaturan/cadangan").text
    assert sekcam.post("/pengaturan/cadangan").status_code == 403


def test_a_backup_waits_for_its_night_but_not_for_long(app: Flask, quick: None) -> None:
    half_past = datetime.fromisoformat("2026-11-02T00:31+07:00")
    back_up(app, lambda: half_past)
    assert runs() == []
    back_up(app, lambda: half_past + timedelta(hours=1))
    assert [run.night for run in runs()] == [date(2026, 11, 2)]
    nightly.run_now(lambda: half_past + timedelta(days=1), nightly.recount_marked)
    back_up(app, lambda: half_past + timedelta(days=1))
    assert len(runs()) == 2
