"""What is asked before a month is locked. Hard items block; soft ones can be left knowingly, which is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from flask_babel import gettext as _
from flask_babel import ngettext

from core.calendar import Month, long_moment
from core.figures import printed
from indicators.months import summary
from survey.review.looking import Doubts

# Who wrote at the moment of the count has ended by then: a writer waits for its turn no longer.
REST = timedelta(minutes=1)


class Check(StrEnum):
    """An item of the checklist; the soft ones are stored by value."""

    OVER = "over"
    NIGHT = "night"
    REST = "rest"
    SAME = "same"
    UNCOUNTED = "uncounted"
    HELD = "held"
    DOUBTFUL = "doubtful"
    REGISTERS = "registers"
    NOTES = "notes"


HARD = frozenset({Check.OVER, Check.NIGHT, Check.REST, Check.SAME})


@dataclass(frozen=True)
class Facts:
    """What was found of a month. `counted_at`: when the newest night began, None: there was none. `is_same`: the
    night's figures are those of a count as of that moment; None while there is nothing to compare. `uncounted` days,
    `held` reports, `doubts` about ratings; `empty`: names of indicators without a value and without a note; of the six
    notes `unwritten` and `unchecked`.
    """

    month: Month
    now: datetime
    counted_at: datetime | None
    is_same: bool | None
    uncounted: int
    held: int
    doubts: Doubts
    empty: Sequence[str]
    unwritten: int
    unchecked: int


@dataclass(frozen=True)
class Item:
    """One line of the list; `words` say how it stands, or what to do."""

    check: Check
    title: str
    is_done: bool
    words: str

    @property
    def is_hard(self) -> bool:
        """Whether it blocks."""
        return self.check in HARD


def items(facts: Facts) -> Sequence[Item]:
    """The list, in the order in which one works through it."""
    return (
        _over(facts),
        _night(facts),
        _rest(facts),
        _same(facts),
        _uncounted(facts),
        _held(facts),
        _doubtful(facts),
        _registers(facts),
        _notes(facts),
    )


def blocking(found: Sequence[Item]) -> Sequence[Item]:
    """The hard items that are not done."""
    return [item for item in found if item.is_hard and not item.is_done]


def left_open(found: Sequence[Item]) -> Sequence[Item]:
    """The soft items that are not done."""
    return [item for item in found if not item.is_hard and not item.is_done]


def _over(facts: Facts) -> Item:
    is_over = facts.now >= facts.month.range[1]
    words = _("Sudah berakhir.") if is_over else _("Bulan ini masih berjalan; kunci sesudah hari terakhirnya.")
    return Item(Check.OVER, _("Bulan sudah berakhir"), is_over, words)


def _night(facts: Facts) -> Item:
    is_whole = summary.is_whole(facts.month, facts.counted_at)
    words = _("Belum ada hitungan sesudah akhir bulan. Tunggu malam nanti, atau hitung sekarang.")
    if facts.counted_at and is_whole:
        words = _("Dihitung %(moment)s.", moment=long_moment(facts.counted_at))
    return Item(Check.NIGHT, _("Hitungan sesudah akhir bulan"), is_whole, words)


def _rest(facts: Facts) -> Item:
    from_moment = facts.counted_at + REST if facts.counted_at else None
    has_rested = from_moment is not None and facts.now >= from_moment
    words = _("Sudah lewat semenit sejak hitungan terakhir.") if has_rested else _("Belum ada hitungan.")
    if from_moment and not has_rested:
        words = _(
            "Baru saja dihitung. Tunggu satu menit, supaya tulisan yang masih berjalan tidak terlewat, lalu buka lagi "
            "halaman ini."
        )
    return Item(Check.REST, _("Jeda semenit sesudah hitungan"), has_rested, words)


def _same(facts: Facts) -> Item:
    words = {
        None: _("Diperiksa sesudah ada hitungan."),
        True: _("Hitungan ulang dari semua catatan memberi angka yang sama."),
        False: _(
            "Ada register, target, pengaturan, kunjungan, atau laporan yang dicatat sesudah hitungan terakhir. Hitung "
            "sekarang, lalu kunci."
        ),
    }
    return Item(Check.SAME, _("Angka dapat dihitung ulang"), facts.is_same is True, words[facts.is_same])


def _uncounted(facts: Facts) -> Item:
    words = ngettext(
        "%(num)d hari berubah sesudah hitungan terakhir dan belum ikut dihitung.",
        "%(num)d hari berubah sesudah hitungan terakhir dan belum ikut dihitung.",
        facts.uncounted,
    )
    none = _("Semua perubahan sudah dihitung.")
    return Item(
        Check.UNCOUNTED, _("Perubahan yang belum dihitung"), not facts.uncounted, words if facts.uncounted else none
    )


def _held(facts: Facts) -> Item:
    words = ngettext(
        "%(num)d laporan bulan ini masih ditahan dan belum ditinjau; ikut dihitung.",
        "%(num)d laporan bulan ini masih ditahan dan belum ditinjau; ikut dihitung.",
        facts.held,
    )
    return Item(
        Check.HELD, _("Laporan yang ditahan"), not facts.held, words if facts.held else _("Semua sudah ditinjau.")
    )


def _doubtful(facts: Facts) -> Item:
    doubts, title = facts.doubts, _("Penilaian yang meragukan")
    if not doubts.ratings:
        return Item(Check.DOUBTFUL, title, True, _("Tidak ada yang menunggu ditinjau."))
    words = _(
        "IKM survei kantor %(index)s; tanpa %(count)s penilaian bertanda yang belum diputuskan: %(without)s.",
        index=printed(doubts.index),
        count=printed(doubts.ratings),
        without=printed(doubts.without),
    )
    return Item(Check.DOUBTFUL, title, False, words)


def _registers(facts: Facts) -> Item:
    words = _("Tanpa nilai dan tanpa catatan: %(names)s.", names="; ".join(facts.empty))
    none = _("Setiap indikator ada nilainya, atau catatan menjelaskan mengapa tidak.")
    return Item(Check.REGISTERS, _("Register terisi"), not facts.empty, words if facts.empty else none)


def _notes(facts: Facts) -> Item:
    is_done = not facts.unwritten and not facts.unchecked
    words = _(
        "%(unwritten)s catatan belum diisi, %(unchecked)s belum diperiksa Sekcam.",
        unwritten=facts.unwritten,
        unchecked=facts.unchecked,
    )
    none = _("Keenam catatan sudah diisi dan diperiksa.")
    return Item(Check.NOTES, _("Catatan diisi dan diperiksa"), is_done, none if is_done else words)
