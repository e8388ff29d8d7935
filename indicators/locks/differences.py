"""What changed in the figures of a month since they were locked."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from core.figures import printed
from indicators.months import storing
from indicators.months.results import Line, Summary
from indicators.months.whole import Whole
from indicators.registers.values import Share
from indicators.sheet import Indicator

# When something was counted and how far the chain had come by then are no figures.
MOMENTS = frozenset({"as_of", "anchor"})
# A new name of a service or a category changes no figure, nor does its place in a list.
NAMES = frozenset({"name", "office", "sheet"})
Figure = Decimal | int | str | None
Reading = tuple[object, Callable[[Summary], Figure]]


@dataclass(frozen=True)
class Difference:
    """What changed since the month was locked, both as texts. `detail` names a figure behind the indicator, "" is the
    indicator's own value; `indicator` None: figures in the details that belong to no line of the sheet.
    """

    indicator: Indicator | None
    locked: str
    now: str
    detail: str = ""


def differences(locked: Whole, now: Whole) -> Sequence[Difference]:
    """Of the six indicators and what stands behind them; none when no figure changed."""
    found = [each for key in Indicator for each in _of_indicator(key, locked.summary, now.summary)]
    if not found and is_changed(locked, now):
        found = [Difference(None, _("seperti saat dikunci"), _("ada yang berubah"), _("Rincian"))]
    return found


def is_changed(locked: Whole, now: Whole) -> bool:
    """Whether any figure is another one; names and moments are none."""
    return _text(locked, MOMENTS | NAMES) != _text(now, MOMENTS | NAMES)


def hash_of_figures(whole: Whole) -> str:
    """Names the figures that somebody saw, whenever they were counted."""
    return storing.hash_of(_text(whole, MOMENTS))


def _text(whole: Whole, without: frozenset[str]) -> str:
    return json.dumps(_stripped(json.loads(storing.text_of(whole)), without), sort_keys=True)


def _stripped(value: object, without: frozenset[str]) -> object:
    """Lists of services are in the office's order, which may change: without names they are compared in any order."""
    if isinstance(value, dict):
        return {key: _stripped(inner, without) for key, inner in value.items() if key not in without}
    if isinstance(value, list):
        inner = [_stripped(each, without) for each in value]
        return sorted(inner, key=json.dumps) if "name" in without else inner
    return value


def _of_indicator(key: Indicator, locked: Summary, now: Summary) -> Iterator[Difference]:
    for label, reading in (*_line_readings(key), *DETAILS.get(key, ())):
        before, after = printed_figure(reading(locked)), printed_figure(reading(now))
        if before != after:
            yield Difference(key, before, after, str(label))


def printed_figure(figure: Figure) -> str:
    """As on the sheet; none is "–"."""
    return figure if isinstance(figure, str) else printed(figure)


def _line_readings(key: Indicator) -> tuple[Reading, ...]:
    def of(read: Callable[[Line], Figure]) -> Callable[[Summary], Figure]:
        return lambda summary: read(summary.line(key))

    return (
        ("", of(lambda line: line.result.value)),
        (_l("Target"), of(lambda line: line.target)),
        (_l("Capaian"), of(lambda line: line.result.achievement)),
        (_l("Predikat"), of(lambda line: line.result.predicate_label)),
        (_l("Sejak Januari"), of(lambda line: line.year_to_date.value)),
    )


def _part(share: Share | None) -> int | None:
    return share.part if share else None


def _whole(share: Share | None) -> int | None:
    return share.whole if share else None


DETAILS: dict[Indicator, tuple[Reading, ...]] = {
    Indicator.IKM: (
        (_l("Responden"), lambda of: of.survey.index.respondents),
        (_l("Mutu"), lambda of: of.survey.index.grade),
        (_l("Penilaian dikeluarkan"), lambda of: of.survey.excluded),
        (_l("Responden dengan bukti kunjungan"), lambda of: of.survey.verified.respondents),
        (_l("Bobot"), lambda of: str(of.survey.weight)),
        (_l("Sampel yang diperlukan"), lambda of: of.survey.sample_needed),
        (_l("Responden sejak Januari"), lambda of: of.survey_to_date.index.respondents),
    ),
    Indicator.WELFARE: (
        (_l("Kegiatan direncanakan"), lambda of: of.registered.activities.whole),
        (_l("Kegiatan dilaksanakan"), lambda of: of.registered.activities.part),
    ),
    Indicator.SETTLEMENT: (
        (_l("Laporan sah diterima"), lambda of: of.order.settlement.received),
        (_l("Laporan selesai"), lambda of: of.order.settlement.settled),
        (_l("Dibenarkan pelapor"), lambda of: of.order.settlement.confirmed),
        (_l("Disanggah pelapor"), lambda of: of.order.settlement.disputed),
        (_l("Laporan tidak dihitung"), lambda of: sum(of.order.excluded.values())),
        (_l("Masih ditahan"), lambda of: of.order.held),
        (_l("Masih terbuka pada akhir bulan"), lambda of: of.order.flow.closing),
        (_l("Laporan sah sejak Januari"), lambda of: of.order_to_date.settlement.received),
    ),
    Indicator.PROGRAMME: (
        (_l("Indikator program"), lambda of: _whole(of.registered.programme)),
        (_l("Indikator program tercapai"), lambda of: _part(of.registered.programme)),
    ),
}
