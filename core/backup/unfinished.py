"""A mark beside the data while a restore is under way: what a killed one left half done serves nobody."""

import os
from pathlib import Path

from core import media
from core.errors import Refused

NAME = "restore-unfinished"
UNFINISHED = (
    "Pemulihan cadangan berhenti di tengah jalan. Ulangi: flask --app wsgi backup restore BERKAS --overwrite\n"
    "Data dari sebelumnya ada di map atau basis data bernama before-restore. (Tanda: {})"
)


def mark(data_dir: Path) -> None:
    """From now on nobody may work with the data."""
    (data_dir / NAME).touch(0o600)
    media.settle(data_dir)


def clear(data_dir: Path) -> None:
    """They may again. Thousands of files were put back: all of them are on the disk first, by one order. (A disk that
    fails while it writes does not tell who gives that order.)
    """
    os.sync()
    (data_dir / NAME).unlink(missing_ok=True)
    media.settle(data_dir)


def refuse(data_dir: Path) -> None:
    """Raises Refused where a restore was begun and not finished."""
    if (data_dir / NAME).exists():
        raise Refused(UNFINISHED.format(data_dir / NAME))
