"""Opens a PDF that somebody sent, as a program of its own: `python -m core.pdf_opening < FILE`.

With little memory and time, and apart from everything else: such a file may claim anything, and what reads it is not
made for threads. It ends with one of the Found.
"""

import resource
import sys
from enum import IntEnum

import pypdfium2

MOST_MEMORY = 1024 * 1024 * 1024  # bytes
MOST_SECONDS = 10
PASSWORD = 4  # FPDF_ERR_PASSWORD


class Found(IntEnum):
    """What became of it; the program's exit code. Any other: it was ended."""

    OPENED = 0
    BROKEN = 3
    LOCKED = 4


def opened(content: bytes) -> Found:
    """Whether it has a first page that can be shown without a password."""
    try:
        with pypdfium2.PdfDocument(content) as found:  # type: ignore[no-untyped-call]  # the library carries no types
            return Found.OPENED if len(found) and found[0] else Found.BROKEN
    except pypdfium2.PdfiumError as fault:
        return Found.LOCKED if fault.err_code == PASSWORD else Found.BROKEN


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    sys.exit(opened(sys.stdin.buffer.read()))
