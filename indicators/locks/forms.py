"""Forms of a locked month: what the Sekcam fills in to lock it, and the Camat's button."""

from typing import TypedDict

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, StringField, TextAreaField

from core.forms import HouseForm, Words, line, tidy

LONGEST_NUMBER = 60
LONGEST_REASON = 300


class LockValues(TypedDict):
    """The keywords of the service function that the form knows."""

    version: int
    seen: str
    reason: str
    letter_number: str
    despite_open: bool


class VersionForm(HouseForm):
    """`version` is the one that was shown."""

    version = HiddenField()

    def shown_version(self) -> int:
        """The version; 0 for what is none."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


class LockForm(VersionForm):
    """`seen` names the figures that were shown."""

    seen = HiddenField()
    letter_number: StringField = line(_l("Nomor surat"), LONGEST_NUMBER)
    reason = TextAreaField(_l("Mengapa dikunci sekali lagi?"), filters=[tidy], validators=[Words(LONGEST_REASON)])
    despite_open = BooleanField(_l("Saya tahu, kunci juga"))

    def show(self, version: int, seen: str) -> None:
        """From now on these are the figures that were shown."""
        self.version.data, self.seen.data = str(version), seen
        self.reason.flags.required = version > 1  # type: ignore[attr-defined]  # the library names no flag

    def values(self) -> LockValues:
        """The keywords of the service function."""
        return {
            "version": self.shown_version(),
            "seen": self.seen.data or "",
            "reason": self.reason.data or "",
            "letter_number": self.letter_number.data or "",
            "despite_open": bool(self.despite_open.data),
        }
