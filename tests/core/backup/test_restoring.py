"""A backup of a house in use, verified, and restored on another machine or over what is there."""

import json
import shutil
import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import IO

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_security.recoverable import generate_reset_password_token, reset_password_token_status
from pysqlite3 import dbapi2
from sqlalchemy.engine import make_url

from complaints.models import Complaint, Contact
from core import jobs, media, schema
from core.backup import (
    archive,
    creating,
    envelope,
    house,
    manifest,
    postgres,
    queries,
    restoring,
    rooms,
    snapshots,
    verifying,
)
from core.backup.creating import Made
from core.db import db, read_afresh, reader
from core.errors import Refused
from offices import audit_words
from offices.audit_models import AuditEntry
from offices.models import Staff
from offices.session_models import StaffSession
from survey.models import Rating
from tests import make
from tests.complaints import submitting
from tests.core.backup import houses
from tests.core.backup.houses import KEY, NOW

OFFICE = "Kecamatan Mumbulsari"
MINUTE = timedelta(minutes=1)
# What a restore moves, one after the other: a database there and back, photos, attachments, then keys. The rest of them
# is the same with both kinds of database.
STEPS, RENAMES = 6, 2


@pytest.fixture(autouse=True)
def _tools(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(houses.TOOLS), prepend=":")


@pytest.fixture
def away(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder on another machine."""
    return tmp_path_factory.mktemp("away")


def numbers() -> list[str]:
    db.session.rollback()
    return sorted(reader().scalars(sa.select(Complaint.number)))


def created(app: Flask, folder: Path) -> Made:
    houses.furnish(app)
    return creating.create(folder / "a.tar", now=NOW)


def restored(made: Made) -> restoring.Restored:
    done = restoring.restore(made.path, now=NOW)
    restoring.follow_up(made.path, done.verified, now=NOW)
    return done


def test_a_house_moves_to_another_machine(any_app: Flask, tmp_path: Path, away: Path) -> None:
    houses.seal(any_app, KEY)
    made = created(any_app, away)
    before, kept = numbers(), houses.files(tmp_path)
    with houses.elsewhere(any_app, away / "new", BACKUP_KEY=KEY) as other:
        assert restoring.whose_data() is None
        assert restored(made).aside == []
        assert numbers() == before
        assert houses.files(houses.data_dir(other)) == kept
        assert restoring.whose_data() == OFFICE
        assert [(run.verified_at, run.sealed) for run in queries.recent(reader())] == [(NOW, True)]
        assert verifying.verify(creating.create(away / "b.tar", now=NOW).path, now=NOW).faults == []


def test_what_was_acknowledged_before_is_in_it_while_people_go_on(any_app: Flask, away: Path) -> None:
    houses.furnish(any_app)
    stopped = threading.Event()

    def submit() -> None:
        with any_app.app_context():
            while not stopped.is_set():
                make.rating()
                houses.add_photo(any_app, submitting.send().number)

    with houses.threads(submit, submit):
        before = numbers()
        made = creating.create(away / "a.tar", now=NOW)
        stopped.set()
    after = numbers()
    assert verifying.verify(made.path, now=NOW).faults == []
    assert len(before) <= made.manifest.counts["complaint"] < len(after)


def test_data_that_is_there_is_not_replaced_without_a_word(app: Flask, away: Path) -> None:
    made, run = created(app, away), app.test_cli_runner().invoke
    submitting.send()
    before = numbers()
    asked = ["backup", "restore", str(made.path)]
    assert "sudah ada data" in run(args=asked).output
    assert "Tidak ada yang diganti" in run(args=[*asked, "--overwrite"], input="Kecamatan Lain\n").output
    assert numbers() == before
    answer = run(args=[*asked, "--overwrite"], input=f"{OFFICE}\n")
    assert answer.exit_code == 0, answer.output
    assert len(numbers()) == len(before) - 1
    assert "before-restore-" in answer.output
    (aside,) = houses.data_dir(app).glob("before-restore-*")
    assert {"media", "attachments", "test.db"} <= {each.name for each in aside.iterdir()}
    assert str(audit_words.ACTIONS["backup.restore"]) in make.signed_in(app, "operator").get("/audit").text


def test_a_backup_made_by_command_is_in_the_trail(app: Flask, away: Path) -> None:
    assert app.test_cli_runner().invoke(args=["backup", "create", str(away / "b.tar")]).exit_code == 0
    noted = read_afresh().scalars(sa.select(AuditEntry).filter_by(action="backup.create")).one()
    assert (noted.office_id, noted.actor) == (make.OFFICE, "perintah backup create")


def test_data_in_use_is_not_replaced(any_app: Flask, away: Path) -> None:
    made = created(any_app, away)
    with houses.somebody_else(any_app), pytest.raises(Refused, match="sedang dipakai"):
        restoring.restore(made.path, now=NOW)
    assert numbers()


def test_whom_the_office_should_have_erased_since_is_erased_at_once(app: Flask, away: Path) -> None:
    houses.furnish(app)
    case = make.complaint(status="final", settled_at=make.START)
    make.contact(case)
    made = creating.create(away / "a.tar", now=NOW)
    with houses.elsewhere(app, away / "new"):
        done = restoring.restore(made.path, now=NOW)
        assert reader().scalar(sa.select(Contact.sealed).filter_by(complaint_id=case))
        db.session.rollback()
        restoring.follow_up(made.path, done.verified, now=NOW + timedelta(days=1200))
        assert reader().scalar(sa.select(Contact.sealed).filter_by(complaint_id=case)) is None


def test_nobody_comes_back_in_by_what_was_open_when_the_backup_was_made(any_app: Flask, away: Path) -> None:
    houses.furnish(any_app)
    email = make.staff("operator")
    person = make.signed_in(any_app, "operator")
    account = reader().scalars(sa.select(Staff).filter_by(email=email)).one()
    link = generate_reset_password_token(account)
    assert person.get("/pengaturan/").status_code == 200
    jobs.claim(jobs.NIGHTLY, now=NOW)
    made = creating.create(away / "a.tar", now=NOW)
    secret = str(any_app.config["SECRET_KEY"])
    with houses.elsewhere(any_app, away / "new", SECRET_KEY=secret) as other:
        restored(made)
        assert jobs.claim(jobs.NIGHTLY, now=NOW)
        assert reader().scalars(sa.select(StaffSession)).all() == []
        cookies = person.get_cookie("session")
        assert cookies
        again = other.test_client()
        again.set_cookie("session", cookies.value)
        assert "/masuk" in (again.get("/pengaturan/").location or "")
        with other.test_request_context():
            assert reset_password_token_status(link)[2] is None


class Killed(BaseException):
    """As by the kernel."""


def killed_before(step: int, monkeypatch: pytest.MonkeyPatch, work: Callable[[], object]) -> bool:
    """Whether work took more steps than this; the process that it ended in tidied nothing up."""
    taken = count()

    def counted(real: Callable[..., object]) -> Callable[..., object]:
        def take(*values: object) -> object:
            if next(taken) == step:
                raise Killed
            return real(*values)

        return take

    with monkeypatch.context() as patched:
        patched.setattr(shutil, "move", counted(shutil.move))
        patched.setattr(postgres, "rename", counted(postgres.rename))
        patched.setattr(shutil, "rmtree", lambda *_, **__: None)
        patched.setattr(postgres, "drop", lambda *_: None)
        try:
            work()
        except Killed:
            return True
    return False


def test_a_restore_killed_at_any_step_serves_nobody_and_the_next_one_finishes(
    any_app: Flask, away: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = created(any_app, away)
    expected = numbers()
    with houses.elsewhere(any_app, away / "new") as other:
        restored(made)
        submitting.send()
        before, kept = numbers(), houses.files(houses.data_dir(other))
        good = verifying.Verified(made.manifest, [], [])
        monkeypatch.setattr(verifying, "proven", lambda *_, **__: good)
        again = partial(restoring.restore, made.path)
        last = RENAMES if snapshots.is_postgres(make_url(other.config["SETTINGS"].database_url)) else STEPS
        for step in range(last):
            assert killed_before(step, monkeypatch, partial(again, now=NOW + step * MINUTE))
            house.close()
            with pytest.raises(Refused, match="berhenti di tengah jalan"):
                schema.refuse_unfit()
            assert restoring.whose_data() != OFFICE or numbers() in (before, expected)
        again(now=NOW + last * MINUTE)
        restoring.follow_up(made.path, good, now=NOW)
        schema.refuse_unfit()
        assert numbers() == expected
        assert houses.files(houses.data_dir(other)) == kept
        assert len(before) in houses.reports_aside(other)


def test_a_file_that_a_row_names_and_that_is_lost_is_told(app: Flask, away: Path) -> None:
    houses.furnish(app)
    (photo,) = (houses.data_dir(app) / "media").glob("*/??/*.jpg")
    photo.unlink()
    made = creating.create(away / "a.tar", now=NOW)
    (fault,) = verifying.verify(made.path, now=NOW).faults
    assert photo.name in made.manifest.missing[0]
    assert photo.name in fault


def test_a_file_erased_meanwhile_is_no_fault(app: Flask, away: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    houses.furnish(app)
    add = archive.Writer.add

    def erasing(self: archive.Writer, name: str, path: Path) -> None:
        if name == archive.DATABASE:
            houses.erase_photos(app)
        add(self, name, path)

    monkeypatch.setattr(archive.Writer, "add", erasing)
    made = creating.create(away / "a.tar", now=NOW)
    assert len(made.manifest.gone) == 1
    assert verifying.verify(made.path, now=NOW).faults == []


def test_an_event_changed_in_the_database_is_found(app: Flask, away: Path) -> None:
    houses.furnish(app)
    with dbapi2.connect(houses.data_dir(app) / "test.db", isolation_level=None) as house:
        house.execute("UPDATE event SET move = 'verify' WHERE seq = 1")
        house.execute("UPDATE complaint_month SET moves = moves + 1")
    house.close()
    faults = verifying.verify(creating.create(away / "a.tar", now=NOW).path, now=NOW).faults
    assert [fault.partition(":")[0] for fault in faults] == ["rantai kejadian", "angka bulanan keluar lagi dari data"]


def unpacked(source: IO[bytes], folder: Path) -> None:
    archive.read(source, lambda name: folder / name)


def changed(made: Made, folder: Path, **values: object) -> Path:
    """The same backup with another list."""
    listed = manifest.Manifest(**(vars(made.manifest) | values))
    with_parts = folder / "parts"
    envelope.read(made.path, (), lambda source: unpacked(source, with_parts))

    def fill(out: IO[bytes]) -> None:
        writer = archive.Writer(out, NOW)
        for name in made.manifest.parts:
            writer.add(name, with_parts / name)
        writer.finish(listed)

    envelope.write(folder / "changed.tar", (), fill)
    return folder / "changed.tar"


def test_rows_that_are_missing_are_found(app: Flask, away: Path) -> None:
    made = created(app, away)
    counts = {**made.manifest.counts, "complaint": 99}
    (fault,) = verifying.verify(changed(made, away, counts=counts), now=NOW).faults
    assert fault.endswith("tidak cocok: complaint")


def test_a_backup_of_a_later_format_is_refused(app: Flask, away: Path) -> None:
    made = created(app, away)
    with pytest.raises(Refused, match="versi aplikasi yang lebih baru"):
        verifying.verify(changed(made, away, format=manifest.FORMAT + 1), now=NOW)


def test_a_file_is_never_overwritten_by_a_backup(app: Flask, away: Path) -> None:
    (away / "a.tar").write_text("surat penting")
    answer = app.test_cli_runner().invoke(args=["backup", "create", str(away / "a.tar")])
    assert (answer.exit_code, "sudah ada" in answer.output) == (1, True)


def test_every_shelf_is_in_a_backup(app: Flask) -> None:
    shelves = {filed.shelf for filed in rooms.rooms_here().filed}
    assert shelves >= {found for found in houses.everything() if isinstance(found, media.Shelf)}


def test_rows_are_kept_of_both_kinds(any_app: Flask, away: Path) -> None:
    made = created(any_app, away)
    assert made.manifest.counts["rating"] == reader().scalar(sa.select(sa.func.count()).select_from(Rating))
    assert json.loads(made.manifest.facts["enam indikator bulan terakhir"])
