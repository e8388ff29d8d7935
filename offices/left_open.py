"""What was left open when a month was locked: rows keep the checklist's keys, with spaces between."""

from collections.abc import Iterable, Mapping

from flask_babel import lazy_gettext as _l

WORDS: Mapping[str, object] = {
    "uncounted": _l("perubahan yang belum dihitung"),
    "held": _l("laporan yang ditahan"),
    "doubtful": _l("penilaian yang meragukan"),
    "registers": _l("register"),
    "notes": _l("catatan"),
}


def words(keys: Iterable[str]) -> str:
    """The keys as people read them."""
    return ", ".join(str(WORDS.get(key, key)) for key in keys)
