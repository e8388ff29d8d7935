"""What a disk that takes nothing says, and a database that another program holds: in words for who runs commands."""

import errno
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from core.errors import Refused

FULL = "Disk penuh. Kosongkan ruang di disk DATA_DIR, lalu ulangi."
READ_ONLY = "Disk hanya dapat dibaca. Periksa disk DATA_DIR (mungkin rusak, atau dipasang hanya-baca), lalu ulangi."
NOT_OURS = "Pengguna ini tidak boleh menulis di sana. Jalankan sebagai pemilik DATA_DIR, atau perbaiki hak foldernya."
FAILED = "Disk gagal dibaca atau ditulisi. Periksa disk DATA_DIR: mungkin penuh atau rusak."
HELD = "Program lain memegang basis data terlalu lama. Ulangi sesudah program itu selesai."
OF_SYSTEM: Mapping[int, str] = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EROFS: READ_ONLY,
    errno.EACCES: NOT_OURS,
    errno.EPERM: NOT_OURS,
    errno.EIO: FAILED,
}
OF_SQLITE: Mapping[str, str] = {  # sqlite.org/rescode.html
    "database or disk is full": FULL,
    "attempt to write a readonly database": READ_ONLY,
    "disk i/o error": FAILED,
    "unable to open database file": FAILED,
    "database is locked": HELD,
}


@contextmanager
def refused_in_words() -> Iterator[None]:
    """Raises Refused for what the disk or another program is at fault for; all else goes on as it is."""
    try:
        yield
    except (OSError, DBAPIError) as fault:
        words = words_of(fault)
        if words is None:
            raise
        raise Refused(words) from fault


def words_of(fault: OSError | DBAPIError) -> str | None:
    """None where the fault is another."""
    if isinstance(fault, DBAPIError):
        said = str(fault.orig).lower()
        return next((words for part, words in OF_SQLITE.items() if part in said), None)
    words = OF_SYSTEM.get(fault.errno or 0)
    return f"{fault.filename}: {words}" if words and fault.filename else words
