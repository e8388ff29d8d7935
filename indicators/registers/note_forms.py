"""The form of a note on an indicator, and the button by which the Sekcam checks it."""

from typing import TypedDict
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField
from wtforms.validators import DataRequired

from core.forms import HouseForm, Words, tidy
from core.ids import read_id
from indicators.registers.note_queries import Note

LONGEST = 1000  # the two printed pages have the beginning, the text document has all of it


class NoteValues(TypedDict):
    """What is said, and the note that its writer had before them."""

    analysis: str
    obstacle: str
    follow_up: str
    seen: UUID | None


class SeenForm(HouseForm):
    """`seen` is the note that was shown."""

    seen = HiddenField()

    def show(self, note: Note | None) -> None:
        """From now on this note is the one that was shown."""
        self.seen.data = str(note.id) if note else ""

    def seen_note(self) -> UUID | None:
        """The note that was shown; None for none, and for what is no id."""
        return read_id(self.seen.data or "")


class NoteForm(SeenForm):
    """What the responsible say of an indicator in a month."""

    analysis = TextAreaField(
        _l("Analisis"), filters=[tidy], validators=[Words(LONGEST), DataRequired(_l("belum diisi."))]
    )
    obstacle = TextAreaField(_l("Kendala"), filters=[tidy], validators=[Words(LONGEST)])
    follow_up = TextAreaField(_l("Tindak lanjut"), filters=[tidy], validators=[Words(LONGEST)])

    def values(self) -> NoteValues:
        """The keywords of the service function."""
        return {
            "analysis": self.analysis.data or "",
            "obstacle": self.obstacle.data or "",
            "follow_up": self.follow_up.data or "",
            "seen": self.seen_note(),
        }
