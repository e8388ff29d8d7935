"""The words of reviewing: what a follow-up, a suggestion and a flag are called (pure but for translation)."""

from collections.abc import Mapping
from enum import StrEnum

from flask_babel import lazy_gettext as _l


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
