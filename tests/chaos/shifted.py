"""A command of the house whose clock is set by a file: `python -m tests.chaos.shifted FILE scheduler`.

The file holds how many seconds the clock goes ahead of the true one; it is read at each look at the clock. What counts
seconds, as waits and timeouts do, goes on as ever: so it is on a machine whose clock is set. For tests alone: product
and scheduler read the clock by `datetime.now`, and here that is replaced before anything is imported.
"""

import datetime
import sys
from pathlib import Path
from typing import Any

TRUE = datetime.datetime
FILE = Path(sys.argv[1]) if len(sys.argv) > 1 else Path()


class _Anything(type):
    """Every moment is one of ours."""

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, TRUE)


class Shifted(TRUE, metaclass=_Anything):
    """Moments as ever; only what is now is another."""

    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> Any:
        """As the file says."""
        return TRUE.now(tz) + datetime.timedelta(seconds=float(FILE.read_text(encoding="ascii")))


def main() -> None:
    """Run the command under that clock."""
    datetime.datetime = Shifted  # type: ignore[misc]
    from flask.cli import main as flask

    sys.argv = ["flask", "--app", "wsgi", *sys.argv[2:]]
    flask()


if __name__ == "__main__":
    main()
