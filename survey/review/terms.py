"""The words of reviewing: what a follow-up, a suggestion and a flag are called (pure but for translation)."""

from collections.abc import Mapping
from enum import StrEnum

from flask_babel import lazy_gettext as _l

from survey.elements import ELEMENTS


class Status(StrEnum):
    """How far a line of the follow-up plan is; stored by value."""

    PLANNED = "planned"
    DOING = "doing"
    DONE = "done"
    DROPPED = "dropped"


STATUS_LABELS: Mapping[Status, object] = {
    Status.PLANNED: _l("Direncanakan"),
    Status.DOING: _l("Sedang dikerjakan"),
    Status.DONE: _l("Selesai"),
    Status.DROPPED: _l("Tidak jadi"),
}


class State(StrEnum):
    """What became of a suggestion; stored by value. One that nobody has marked is open."""

    OPEN = "open"
    HANDLED = "handled"
    HIDDEN = "hidden"


STATE_LABELS: Mapping[State, object] = {
    State.OPEN: _l("Belum ditangani"),
    State.HANDLED: _l("Sudah ditangani"),
    State.HIDDEN: _l("Disembunyikan"),
}
UNSORTED = ""
# What suggestions speak of: the nine elements, and what is about none of them; stored by key.
THEMES: Mapping[str, object] = {
    **{element.key.value: element.name for element in ELEMENTS},
    "pujian": _l("Pujian dan terima kasih"),
    "lainnya": _l("Lain-lain"),
}
