"""The pages of a locked month, ready to print: the checklist with its links, the figures, the versions."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from core.calendar import Month
from core.figures import printed
from core.periods import Period
from indicators.locks import checklist, differences, queries, shown
from indicators.locks.checklist import Check, Item
from indicators.locks.differences import Difference
from indicators.locks.readiness import Ready, ready
from indicators.locks.shown import LockFacts
from indicators.months import storing
from indicators.months.results import Line
from indicators.months.whole import Whole
from indicators.sheet import ROWS, Indicator
from offices import left_open
from offices.models import Office

# The inbox's group of reports that are held, as in its address.
HELD = "ditahan"
COUNTED_AGAIN = frozenset({Check.NIGHT, Check.SAME, Check.UNCOUNTED})


@dataclass(frozen=True)
class Row:
    """An item of the list: `state` of its badge, where it is mended."""

    item: Item
    state: str
    word: str
    link: str
    link_words: str


@dataclass(frozen=True)
class FigureRow:
    """One of the six, as texts."""

    number: int
    name: str
    target: str
    value: str
    achievement: str
    predicate: str


@dataclass(frozen=True)
class Changed:
    """A difference in words."""

    about: str
    locked: str
    now: str


@dataclass(frozen=True)
class LockPage:
    """`figures` is empty before a night has counted the whole month; `last`: the version that is locked, None: none."""

    month: Month
    next: Month | None
    found: Ready
    rows: Sequence[Row]
    figures: Sequence[FigureRow]
    last: LockFacts | None
    changed: Sequence[Changed]

    @property
    def is_blocked(self) -> bool:
        """Whether it can't be locked now."""
        return bool(checklist.blocking(self.found.items))

    @property
    def left_open(self) -> Sequence[Item]:
        """What would be left open knowingly."""
        return checklist.left_open(self.found.items)

    @property
    def must_count(self) -> bool:
        """Whether counting again would mend something."""
        is_over = any(row.item.check is Check.OVER and row.item.is_done for row in self.rows)
        return is_over and any(row.item.check in COUNTED_AGAIN and not row.item.is_done for row in self.rows)


@dataclass(frozen=True)
class VersionsPage:
    """Every version, the newest first; `next` is None while the next month has not begun."""

    month: Month
    next: Month | None
    versions: Sequence[LockFacts]

    def left_open_words(self, version: LockFacts) -> str:
        """What was left open knowingly."""
        return left_open_words(version)


def left_open_words(version: LockFacts) -> str:
    """What was left open knowingly when a version was locked."""
    return left_open.words(version.left_open)


def lock_page(session: Session, office: Office, month: Month, now: datetime) -> LockPage:
    """Everything the page of the checklist prints."""
    found = ready(session, office, month, now)
    lock = queries.newest(session, office.id, month)
    locked = storing.value_of(lock.content, Whole) if lock else None
    facts = shown.facts_of_all(session, office.id, Period.of(month)) if lock else ()
    return LockPage(
        month=month,
        next=_next(month, now),
        found=found,
        rows=[_row(item, month) for item in found.items],
        figures=[_figure(line) for line in found.whole.summary.lines] if found.whole else (),
        last=facts[0] if facts else None,
        changed=changed(differences.differences(locked, found.whole)) if locked and found.whole else (),
    )


def versions_page(session: Session, office: Office, month: Month, now: datetime) -> VersionsPage:
    """Everything the page of the versions prints."""
    versions = shown.facts_of_all(session, office.id, Period.of(month))
    return VersionsPage(month, _next(month, now), versions)


def changed(found: Sequence[Difference]) -> Sequence[Changed]:
    """The differences in words."""
    return [Changed(_about(each.indicator, each.detail), each.locked, each.now) for each in found]


def _about(indicator: Indicator | None, detail: str) -> str:
    row = ROWS[indicator] if indicator else None
    return ": ".join(filter(None, [f"{row.number}. {row.name}" if row else "", detail]))


def _next(month: Month, now: datetime) -> Month | None:
    return month.next() if month < Month.of(now) else None


def _row(item: Item, month: Month) -> Row:
    state, word = (
        ("ok", _("Beres")) if item.is_done else ("late", _("Wajib")) if item.is_hard else ("soon", _("Terbuka"))
    )
    link, words = LINKS[item.check](month) if item.check in LINKS and not item.is_done else ("", "")
    return Row(item, state, word, link, words)


def _figure(line: Line) -> FigureRow:
    target, value, achieved = map(printed, (line.aim, line.result.value, line.result.achievement))
    return FigureRow(line.sheet.number, line.sheet.name, target, value, achieved, line.result.predicate_word)


def _held(month: Month) -> tuple[str, str]:
    first, last = month.first_day.isoformat(), month.last_day.isoformat()
    return url_for("inbox.show", kelompok=HELD, dari=first, sampai=last), _("Tinjau laporan")


def _doubtful(month: Month) -> tuple[str, str]:
    return url_for("survey_integrity.listed", bulan=str(month)), _("Tinjau penilaian")


def _registers(_month: Month) -> tuple[str, str]:
    return url_for("registers.overview"), _("Isi register")


def _notes(month: Month) -> tuple[str, str]:
    return url_for("month_notes.show", month=month), _("Buka catatan")


# Where an item is mended, and what leads there.
LINKS: Mapping[Check, Callable[[Month], tuple[str, str]]] = {
    Check.HELD: _held,
    Check.DOUBTFUL: _doubtful,
    Check.REGISTERS: _registers,
    Check.NOTES: _notes,
}
