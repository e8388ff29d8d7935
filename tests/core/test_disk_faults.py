"""A disk that takes nothing is told in words."""

import errno
import sys
from pathlib import Path

import pytest
from pysqlite3 import dbapi2
from sqlalchemy.exc import OperationalError

from core import disk_faults
from wsgi import create_app


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (OSError(errno.ENOSPC, "x"), disk_faults.FULL),
        (OSError(errno.EROFS, "x", "/srv/a"), f"/srv/a: {disk_faults.READ_ONLY}"),
        (PermissionError(errno.EACCES, "x", "/srv/a"), f"/srv/a: {disk_faults.NOT_OURS}"),
        (FileNotFoundError(errno.ENOENT, "x"), None),
        (OperationalError("x", {}, dbapi2.OperationalError("database or disk is full")), disk_faults.FULL),
        (OperationalError("x", {}, dbapi2.OperationalError("disk I/O error")), disk_faults.FAILED),
        (OperationalError("x", {}, dbapi2.OperationalError("no such table: x")), None),
    ],
    ids=["full", "read-only", "not ours", "not there", "database full", "database failed", "a bug"],
)
def test_what_the_disk_is_at_fault_for_has_words(fault: OSError | OperationalError, words: str | None) -> None:
    assert disk_faults.words_of(fault) == words


@pytest.mark.skipif(not Path("/sys/kernel").is_dir() or sys.platform != "linux", reason="where nobody may write")
def test_a_folder_that_cannot_be_made_is_told_without_a_stack_trace() -> None:
    with pytest.raises(SystemExit, match="/sys/kernel/warga"):
        create_app({"DATA_DIR": "/sys/kernel/warga"})
