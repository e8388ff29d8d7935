"""A backup of a house in use, verified, and restored on another machine or over what is there."""

import json
import threading
from datetime import timedelta
from pathlib import Path
from typing import IO

import pytest
import sqlalchemy as sa
from flask import Flask
from pysqlite3 import dbapi2

from complaints.models import Complaint, Contact
from core import media
from core.backup import archive, creating, envelope, manifest, queries, restoring, rooms, verifying
from core.backup.creating import Made
from core.db import db, reader
from core.errors import Refused
from offices import audit
from survey.models import Rating
from tests import make
from tests.complaints import submitting
from tests.core.backup import houses
from tests.core.backup.houses import KEY, NOW

OFFICE = "Kecamatan Mumbulsari"


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
        assert [run.verified_at for run in queries.recent(reader())] == [NOW]
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
    assert str(audit.ACTIONS["backup.restore"]) in make.signed_in(app, "operator").get("/audit").text


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
