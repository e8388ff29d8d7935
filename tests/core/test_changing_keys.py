"""A key is changed while others work with it: none is ever lost, and nobody seals with one that is forgotten."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Thread
from unittest.mock import patch

import pytest
from flask import Flask

from core import key_marks, keys, sealing
from core.config import ROOT
from core.errors import Busy, Refused
from core.identity_key import IDENTITY, identity_key
from core.keys import add_newer, held_key, keep_newest, kept_key, newest, unchanged, wait_for_older
from tests.core.backup import houses

PROCESSES, EACH = 4, 8
ADDING = f"""
from pathlib import Path
from core.keys import add_newer
for _time in range({EACH}): add_newer(Path({{folder!r}}), "a.key", list)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    kept_key(tmp_path, "a.key")
    return tmp_path


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "WORK_S", 0.1)
    monkeypatch.setattr(keys, "TURN_S", 0.1)


def lines(folder: Path) -> list[str]:
    return kept_key(folder, "a.key").splitlines()


def sealed(folder: Path, stopped: Event) -> Iterator[bytes]:
    """What somebody seals all the time, one work after the other."""
    while not stopped.is_set():
        held = held_key(folder, "a.key")
        yield sealing.seal(held.text, "Bu Siti")
        held.let_go()


def test_many_that_change_it_at_once_lose_none(folder: Path) -> None:
    stopped, found, first = Event(), list[bytes](), lines(folder)
    at_work = Thread(target=lambda: found.extend(sealed(folder, stopped)))
    at_work.start()
    command = [sys.executable, "-c", ADDING.format(folder=str(folder))]
    started = [subprocess.Popen(command, cwd=ROOT) for _process in range(PROCESSES)]
    assert [process.wait(60) for process in started] == [0] * PROCESSES
    stopped.set()
    at_work.join()
    kept = lines(folder)
    assert (len(set(kept)), kept[-1:]) == (PROCESSES * EACH + 1, first)
    assert found
    assert {sealing.unseal("\n".join(kept), data) for data in found} == {"Bu Siti"}


def test_a_new_key_seals_once_everybody_at_work_can_open(folder: Path, impatient: None) -> None:
    old, at_work = lines(folder), held_key(folder, "a.key")
    with pytest.raises(Refused, match="pekerjaan yang dimulai"):
        add_newer(folder, "a.key", list)
    first, newer, *rest = lines(folder)
    assert ([first], rest) == (old, old)
    newcomer = held_key(folder, "a.key")
    assert sealing.unseal(at_work.text, sealing.seal(newcomer.text, "Bu Siti")) == "Bu Siti"
    at_work.let_go()
    add_newer(folder, "a.key", list)
    assert lines(folder) == [newer, *old]
    assert sealing.unseal(newcomer.text, sealing.seal(newer, "Bu Siti")) == "Bu Siti"
    newcomer.let_go()


def test_nothing_is_forgotten_while_somebody_seals_with_it(folder: Path, impatient: None) -> None:
    add_newer(folder, "a.key", list)
    at_work = held_key(folder, "a.key")
    with ThreadPoolExecutor(1) as pool:
        adding = pool.submit(add_newer, folder, "a.key", list)
        with pytest.raises(Refused):
            adding.result()
    with pytest.raises(Refused):
        wait_for_older(folder, "a.key")
    with pytest.raises(Refused):
        keep_newest(folder, "a.key", lambda _key: None)
    assert set(at_work.text.splitlines()) <= set(lines(folder))
    at_work.let_go()
    add_newer(folder, "a.key", list)
    first, *older = lines(folder)
    assert keep_newest(folder, "a.key", lambda _key: None) == len(older) == 2
    assert lines(folder) == [first]


def test_what_speaks_against_it_keeps_them_all(folder: Path) -> None:
    def needed(_key: str) -> None:
        raise Refused("still needed")

    add_newer(folder, "a.key", list)
    before = lines(folder)
    with pytest.raises(Refused, match="still needed"):
        keep_newest(folder, "a.key", needed)
    assert lines(folder) == before


def test_a_forgotten_key_stands_nowhere(folder: Path) -> None:
    add_newer(folder, "a.key", list)
    first, old = lines(folder)
    keep_newest(folder, "a.key", lambda _key: None)
    assert {path.name for path in folder.iterdir()} == {"a.key", "a.key.lock"}
    assert old not in "".join(path.read_text() for path in folder.iterdir())
    assert lines(folder) == [first]


def test_a_change_that_was_cut_short_is_finished_by_the_next(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(_draft: Path, _path: Path) -> None:
        raise KeyboardInterrupt

    first = lines(folder)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", cut)
        with pytest.raises(KeyboardInterrupt):
            add_newer(folder, "a.key", list)
    at_work = held_key(folder, "a.key")
    at_work.let_go()
    add_newer(folder, "a.key", list)
    assert lines(folder)[1:] == first


def test_while_a_backup_is_made_nothing_changes(folder: Path, impatient: None) -> None:
    with unchanged(folder, "a.key"), unchanged(folder, "a.key"), pytest.raises(Refused, match="cadangan"):
        add_newer(folder, "a.key", list)
    add_newer(folder, "a.key", list)


def asked(app: Flask) -> str:
    with app.app_context():
        return identity_key()


def test_a_process_takes_up_the_new_key_without_a_start(app: Flask) -> None:
    folder = houses.data_dir(app)
    key_marks.keep(settings=app.config["SETTINGS"])
    old = asked(app)
    add_newer(folder, IDENTITY, list)
    assert asked(app) == kept_key(folder, IDENTITY) != old


def test_a_file_that_is_gone_or_anothers_changes_nothing_for_who_works(app: Flask) -> None:
    folder = houses.data_dir(app)
    key_marks.keep(settings=app.config["SETTINGS"])
    own = asked(app)
    (folder / IDENTITY).write_text("ab" * 32)
    assert asked(app) == own
    (folder / IDENTITY).unlink()
    assert asked(app) == own


def test_the_key_from_before_is_not_taken_for_ours_once_another_seals(app: Flask) -> None:
    folder = houses.data_dir(app)
    key_marks.keep(settings=app.config["SETTINGS"])
    before = (folder / IDENTITY).read_text()
    app.test_cli_runner().invoke(args=["keys", "rotate"])
    both = asked(app)
    (folder / IDENTITY).write_text(before)
    assert asked(app) == both != before
    assert "identity.key" in app.test_cli_runner().invoke(args=["keys", "reseal"]).output
    (folder / IDENTITY).write_text(both)
    assert app.test_cli_runner().invoke(args=["keys", "reseal"]).exit_code == 0


def test_a_database_that_can_not_be_told_keeps_the_key_that_seals(app: Flask) -> None:
    folder = houses.data_dir(app)
    key_marks.keep(settings=app.config["SETTINGS"])
    before = asked(app)
    with patch.object(key_marks, "keep", side_effect=Busy):
        answer = app.test_cli_runner().invoke(args=["keys", "rotate"])
    assert (answer.exit_code, "sibuk" in answer.output) == (1, True)
    assert kept_key(folder, IDENTITY).splitlines()[0] == before
    assert app.test_cli_runner().invoke(args=["keys", "rotate"]).exit_code == 0
    assert len(kept_key(folder, IDENTITY).splitlines()) == 2


def test_a_new_key_is_known_before_it_seals(folder: Path) -> None:
    seen: list[list[str]] = []
    old = lines(folder)
    add_newer(folder, "a.key", lambda: seen.append(lines(folder)))
    assert seen == [[*old, newest(seen[0]), *old]]
    assert newest(seen[0]) == lines(folder)[0] == newest(lines(folder))
