"""Words and small tables that several chapters share. The report is an official document: Indonesian on any screen."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from core.calendar import long_date, long_moment, wib_day
from core.figures import NO_FIGURE, half_up, printed
from core.periods import Period
from offices.papers.document import Cell, Column, Table
from survey.elements import ELEMENT_NAMES, ELEMENTS, ElementKey
from survey.figures.changes import Change, Direction
from survey.figures.disclosure import TOGETHER, joined_name, public
from survey.figures.groups import ATTRIBUTES, Dimension
from survey.figures.results import Figures, Scored
from survey.reports.material import Material

NUMBERS = {each.key: f"U{each.number}" for each in ELEMENTS}
VERSION = 1  # the next one, while nothing is locked
HIDDEN = "disembunyikan"
HIDING = (
    "Kelompok dengan kurang dari 10 responden disembunyikan agar jawaban seseorang tidak dapat dikenali. Bila perlu, "
    "satu kelompok lain ikut disembunyikan supaya angkanya tidak dapat dihitung dari selisih."
)
UNSAID = "Tidak diisi"
FEW = "sampel belum mencukupi"

INDEX_COLUMNS = (
    Column("Responden", 3, is_figure=True),
    Column("IKM", 2, is_figure=True),
    Column("Selang 95%", 3, is_figure=True),
    Column("Mutu", 3),
)


def percent(part: int, whole: int) -> Decimal | None:
    """Part ÷ whole × 100, two decimals; None of nothing."""
    return half_up(Fraction(part * 100, whole), 2) if whole else None


def percent_words(share: Fraction | None) -> str:
    """As in "46,25%"."""
    return NO_FIGURE if share is None else f"{printed(half_up(share * 100, 2))}%"


def quality(scored: Scored) -> str:
    """As in "B (Baik)"."""
    return f"{scored.grade.value} ({scored.grade.label})" if scored.grade else NO_FIGURE


def interval(scored: Scored) -> str:
    """As in "76,26–81,23"."""
    return "–".join(map(printed, scored.interval95)) if scored.interval95 else NO_FIGURE


def span(material: Material) -> str:
    """First and last day of the period."""
    period = material.figures.period
    return f"{long_date(period.first.first_day)} sampai {long_date(period.last.last_day)}"


def is_running(material: Material) -> bool:
    """Whether the period had not ended when its figures were counted, or has not even now."""
    last = material.figures.period.last.last_day
    return wib_day(material.figures.as_of or material.made_at) <= last


def counted(material: Material) -> str:
    """When the figures were counted."""
    as_of = material.figures.as_of
    return f"dihitung {long_moment(as_of)}" if as_of else "belum pernah dihitung"


def standing(material: Material) -> str:
    """What the reader must know of the figures before any other thing."""
    ended = "Periode ini masih berjalan." if is_running(material) else "Periode ini sudah berakhir."
    return f"Sementara, versi {VERSION}, {counted(material)}. {ended}"


def moved(change: Change | None, points: str = "poin") -> str:
    """A change in words: "naik 2,10 poin (selang 0,30 sampai 3,90)"."""
    if change is None:
        return "tidak dapat dibandingkan"
    between = "" if change.low is None else f"selang {signed(change.low)} sampai {signed(change.high)}"
    if change.direction == Direction.UNPROVEN:
        parts = filter(None, [f"selisih {signed(change.difference)} {points}", between])
        return f"{change.direction.value} ({', '.join(parts)})"
    return f"{change.direction.value} {printed(abs(change.difference))} {points} ({between})"


def signed(value: Decimal | None) -> str:
    """With a real minus sign."""
    return printed(value).replace("-", "−")


def element(key: ElementKey) -> str:
    """As in "U3 Waktu Penyelesaian"."""
    return f"{NUMBERS[key]} {ELEMENT_NAMES[key]}"


def only_in(figures: Figures) -> str:
    """Which months it rests on, where that is not every month of the period; else ""."""
    if not figures.months or len(figures.months) == len(figures.period.months):
        return ""
    *first, last = [Period.parse(month.code).long for month in figures.months]
    return f"Penilaian hanya ada pada {' dan '.join([', '.join(first), last] if first else [last])}."


def profile(figures: Figures, dimension: Dimension, title: str) -> Table:
    """Respondents by what they said of themselves, each group with its index.

    Where a group is hidden, one that nobody belongs to reads the same: else the names alone would tell.
    """
    found = {group.code: group.scored for group in figures.groups.get(dimension, ())}
    total = figures.whole.respondents
    has_hidden = any(scored is None for scored in found.values())
    names = {each.value: each.label for each in ATTRIBUTES[dimension]} | {"": UNSAID}
    rows = [_profile_row(name, found.get(code), total, has_hidden=has_hidden) for code, name in names.items()]
    if together := found.get(TOGETHER):
        hidden = {code: name for code, name in names.items() if found.get(code) is None}
        rows.append(_profile_row(joined_name(hidden), together, total, has_hidden=True))
    return Table(
        caption=f"Responden menurut {title}",
        columns=[
            Column(title[0].upper() + title[1:], 4),
            Column("Jumlah", 5, is_figure=True),
            Column("Persen", 2, is_figure=True),
            Column("IKM", 2, is_figure=True),
            Column("Mutu", 3),
        ],
        rows=rows,
        sums=[["Semua responden", total, percent(total, total), figures.whole.index, quality(figures.whole)]],
    )


def _profile_row(name: str, scored: Scored | None, total: int, *, has_hidden: bool) -> Sequence[Cell]:
    if scored is None and has_hidden:
        return [name, HIDDEN, None, None, None]
    if scored is None:
        return [name, 0, percent(0, total), None, None]
    return [name, scored.respondents, percent(scored.respondents, total), scored.index, quality(scored)]


def verified_row(name: str, figures: Figures) -> list[Cell]:
    """The ratings with proof of a visit under INDEX_COLUMNS, as far as everybody may know them."""
    verified = public(figures).verified
    return [name, HIDDEN, None, None, None] if verified is None else scored_row(name, verified)


def scored_row(name: str, scored: Scored) -> list[Cell]:
    """A row under INDEX_COLUMNS."""
    return [name, scored.respondents, scored.index, interval(scored), quality(scored)]
