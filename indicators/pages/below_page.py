"""The lower half of the monthly page, ready to print: what changed, what waits, and who and where and what it was."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from core.figures import printed
from core.periods import Period
from indicators.locks.page import HELD
from indicators.locks.shown import Shown
from indicators.months.breakdown_parts import NOBODY, Breakdown, Changes, Group, Moved, Part
from indicators.months.results import Order
from indicators.pages import choropleth
from indicators.pages.choropleth import Map
from indicators.pages.place import Place
from indicators.pages.words import signed
from indicators.registers.note_queries import NoteStage, NoteState
from indicators.sheet import Indicator
from offices.access import account_may
from offices.models import Office, Staff
from offices.rights import Action
from survey.elements import ELEMENT_NAMES

GROUPS = {
    Group.ELEMENT: _l("unsur"),
    Group.SERVICE: _l("layanan"),
    Group.SECTION: _l("seksi"),
    Group.CATEGORY: _l("jenis laporan"),
    Group.VILLAGE: _l("desa"),
}
REPORTS = frozenset({Group.CATEGORY, Group.VILLAGE})


@dataclass(frozen=True)
class Waiting:
    """Something to do: how many, of what, and where they are ("": nowhere to go)."""

    count: str
    words: str
    url: str
    is_bad: bool = False


@dataclass(frozen=True)
class PartRow:
    """Indicator 4 of a category or desa; `filters` are those of its reports."""

    name: str
    received: str
    settled: str
    percent: str
    excluded: str
    filters: Mapping[str, str]


@dataclass(frozen=True)
class OfficerRow:
    """What one officer did; `key` as in addresses."""

    name: str
    key: str
    settled: str
    open: str
    late: str


@dataclass(frozen=True)
class Below:
    """`officers` None: not for this reader. `compared`: what the changes were found among, in a sentence."""

    proven: Sequence[str]
    compared: str
    waiting: Sequence[Waiting]
    categories: Sequence[PartRow]
    villages: Sequence[PartRow]
    map: Map | None
    officers: Sequence[OfficerRow] | None
    weakest: Sequence[tuple[str, Decimal | None]]


def below(
    office: Office,
    place: Place,
    shown: Shown,
    states: Mapping[Indicator, NoteState],
    names: Mapping[str, str],
    reader: Staff,
    now: datetime,
) -> Below:
    """Everything the lower half prints; `names` of accounts by id."""
    found, order = shown.whole.breakdown, shown.whole.summary.order
    return Below(
        proven=[_moved(each) for each in found.changes.proven],
        compared=_compared(found.changes, place.period, shown.whole.summary.as_of),
        waiting=[each for each in _waiting(place, found, order, states, reader, now) if each.count != "0"],
        categories=[_part(part, "kategori") for part in found.categories],
        villages=[_part(part, "desa") for part in found.villages],
        map=choropleth.settled_map(office, found.villages),
        officers=_officers(found, names) if is_overseer(reader) else None,
        weakest=[(ELEMENT_NAMES[each.key], each.index) for each in found.weakest],
    )


def is_overseer(account: Staff) -> bool:
    """Whether the account may see what each officer did: Sekcam, Camat, and the head of Seksi Trantib."""
    return account_may(account, Action.OVERSEE_CASES)


def _compared(found: Changes, period: Period, moment: datetime | None) -> str:
    """How many were compared, and what that means for what is called proven."""
    before = period.earlier().long
    if moment is None or not period.is_over(moment):
        return _("Masa ini masih berjalan. Perubahan baru dinilai sesudah masanya berakhir.")
    if not found.compared:
        return _(
            "Belum ada yang dapat dibandingkan dengan %(before)s: perlu paling sedikit 2 penilaian, atau 10 laporan, "
            "pada kedua masa.",
            before=before,
        )
    compared = {"count": printed(found.compared), "before": before}
    if not found.proven:
        return _(
            "Dari %(count)s perbandingan dengan %(before)s (unsur, layanan, seksi, jenis, desa) tidak ada yang "
            "terbukti berubah.",
            **compared,
        )
    return _(
        "Dari %(count)s perbandingan dengan %(before)s. Banyaknya perbandingan sudah diperhitungkan: peluang ada satu "
        "saja yang keliru di daftar ini paling banyak 5 %% (cara Holm).",
        **compared,
    )


def _moved(moved: Moved) -> str:
    """As in "Unsur Waktu Penyelesaian turun 4,54 (−8,78 sampai −0,31)."."""
    unit = _(" poin persen") if moved.group in REPORTS else ""
    low, high = (printed(bound).replace("-", "−") for bound in (moved.change.low, moved.change.high))
    return _(
        "%(name)s (%(group)s) %(direction)s: %(difference)s%(unit)s, rentang 95 %% %(low)s sampai %(high)s",
        name=moved.name,
        group=GROUPS[moved.group],
        direction=moved.change.direction.value,
        difference=signed(moved.change),
        unit=unit,
        low=low,
        high=high,
    )


def _part(part: Part, name: str) -> PartRow:
    counts = part.settlement
    return PartRow(
        name=part.name or _("Tidak diketahui"),
        received=printed(counts.received),
        settled=printed(counts.settled),
        percent=printed(counts.percent),
        excluded=printed(part.excluded),
        filters={name: part.code},
    )


def _officers(found: Breakdown, names: Mapping[str, str]) -> list[OfficerRow]:
    nobody = _("Belum ditugaskan, atau dari buku")
    return [
        OfficerRow(
            nobody if each.staff_id == NOBODY else names.get(each.staff_id, _("Akun lama")),
            each.staff_id,
            *map(printed, (each.settled, each.open, each.late)),
        )
        for each in found.officers
    ]


def _waiting(
    place: Place,
    found: Breakdown,
    order: Order,
    states: Mapping[Indicator, NoteState],
    reader: Staff,
    now: datetime,
) -> Iterator[Waiting]:
    def listed(figure: str) -> str:
        return place.url("summary_rows.reports", figure=figure)

    opened, month = found.open, place.alone.last
    yield Waiting(printed(opened.late), _("laporan lewat tenggat selesai"), listed("lewat-tenggat"), is_bad=True)
    yield Waiting(
        printed(opened.unanswered), _("laporan belum dijawab dalam 3 hari kerja"), listed("belum-dijawab"), is_bad=True
    )
    yield Waiting(printed(opened.waiting), _("pertanyaan kepada pelapor belum dijawab"), listed("menunggu-warga"))
    yield Waiting(printed(order.held), _("laporan ditahan untuk ditinjau"), url_for("inbox.show", kelompok=HELD))
    suggestions = (
        url_for("survey_suggestions.listed", periode=place.alone, keadaan="belum")
        if account_may(reader, Action.HANDLE_SUGGESTIONS)
        else ""
    )
    yield Waiting(printed(found.suggestions), _("saran warga belum ditangani"), "" if place.is_to_date else suggestions)
    if is_overseer(reader):
        oversight = found.oversight
        findings = url_for("desk_findings.listed", bulan=month) if place.period.length == 1 else ""
        yield Waiting(printed(oversight.unexplained), _("temuan foto bukti belum dijelaskan"), findings, is_bad=True)
        habits = oversight.total - oversight.findings
        yield Waiting(printed(habits), _("kejanggalan penanganan untuk ditanyakan"), findings)
    empty = [state for state in states.values() if state.stage is NoteStage.EMPTY]
    late = any(state.is_late(now) for state in empty)
    words = _("catatan indikator %(month)s belum diisi", month=month.long)
    yield Waiting(printed(len(empty)), words, url_for("month_notes.show", month=month), is_bad=late)
