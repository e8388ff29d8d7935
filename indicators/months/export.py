"""The summary for programs and for a terminal: every number a decimal string, null where there is none."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from complaints.oversight.anchors import Anchor
from core.calendar import utc_text
from core.figures import decimal_string, printed
from indicators.formulas import Flow, Settlement, Throughput
from indicators.months.results import Index, Line, Order, Result, Summary, Survey
from indicators.registers.values import DocumentKind, Outside, Registered, Reviewed, Share
from indicators.sheet import Indicator
from survey.figures.changes import Change

Json = Mapping[str, object]
# The next version while the month is not locked.
FIRST_VERSION = 1


@dataclass(frozen=True)
class Version:
    """Which version of the month this is: the next one while it is not locked. `is_stored`: the figures are those that
    were locked, and not what was recorded by some moment after it; `sealed`: the chain of events at the lock.
    """

    number: int = FIRST_VERSION
    is_locked: bool = False
    is_changed: bool = False
    is_stored: bool = False
    sealed: Anchor | None = None


NOT_LOCKED = Version()


def as_json(summary: Summary, version: Version = NOT_LOCKED) -> Json:
    """The outside form of the summary of a period, which is called its month there."""
    return {
        "office": summary.office.code,
        "month": str(summary.period),
        "as_of": _moment(summary.as_of),
        "version": version.number,
        "locked": version.is_locked,
        "figures": "locked" if version.is_stored else "counted",
        "changed_since_lock": version.is_changed,
        "anchor": _anchor(summary.anchor),
        "anchor_at_lock": _anchor(version.sealed) if version.sealed else None,
        "indicators": [_line(line, summary) for line in summary.lines],
    }


def as_text(summary: Summary) -> str:
    """The sheet as a table for a terminal."""
    heading = f"{summary.office.name} · {summary.period.long}"
    rows: list[tuple[str, ...]] = [("No", "IKU", "Target", "Realisasi", "Capaian (%)", "Predikat")]
    rows += [_text_row(line) for line in summary.lines]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join([heading, "", *("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)])


def _text_row(line: Line) -> tuple[str, ...]:
    figures = (line.aim, line.result.value, line.result.achievement)
    return str(line.sheet.number), line.sheet.name, *map(printed, figures), line.result.predicate_word


def _anchor(anchor: Anchor) -> Json:
    return {"events": anchor.events, "hash": anchor.hash}


def _moment(moment: datetime | None) -> str | None:
    return utc_text(moment) if moment else None


def _line(line: Line, summary: Summary) -> Json:
    to_date = _result(line.year_to_date)
    now, year = summary.registered, summary.registered_to_date
    details: Mapping[str, Json] = {
        Indicator.DOCUMENTS: _documents(now) | {"year_to_date": to_date | _documents(year)},
        Indicator.IKM: _survey(summary.survey)
        | {"source": "sukma-e" if summary.is_outside else "own", "outside": _outside(now.outside)}
        | {"year_to_date": to_date | _survey(summary.survey_to_date) | {"outside": _outside(year.outside)}},
        Indicator.WELFARE: _activities(now.activities) | {"year_to_date": to_date | _activities(year.activities)},
        Indicator.SETTLEMENT: _order(summary.order) | {"year_to_date": to_date | _order_to_date(summary.order_to_date)},
        Indicator.SAKIP: _review(now.review) | {"year_to_date": to_date | _review(year.review)},
        Indicator.PROGRAMME: _programme(now.programme) | {"year_to_date": to_date | _programme(year.programme)},
    }
    return {
        "number": line.sheet.number,
        "key": line.sheet.key.value,
        "unit": line.sheet.unit,
        "target": decimal_string(line.target),
        **_result(line.result),
        "change": _change(line.change),
        "detail": details[line.sheet.key],
    }


def _result(result: Result) -> dict[str, object]:
    return {
        "value": decimal_string(result.value),
        "achievement": decimal_string(result.achievement),
        "predicate": result.predicate_label,
    }


def _change(change: Change | None) -> Json | None:
    """Against as many months right before; the words are those that people read."""
    if change is None:
        return None
    return {
        "direction": change.direction.value,
        "difference": decimal_string(change.difference),
        "interval95": [decimal_string(change.low), decimal_string(change.high)],
    }


def _documents(registers: Registered) -> dict[str, object]:
    return {"approved": registers.documents, "needed": len(DocumentKind)}


def _activities(share: Share) -> dict[str, object]:
    return {"held": share.part, "planned": share.whole}


def _review(review: Reviewed | None) -> dict[str, object]:
    if review is None:
        return {"review": None}
    return {"review": {"predicate": review.predicate, "reviewed_on": review.reviewed_on.isoformat()}}


def _programme(share: Share | None) -> dict[str, object]:
    return {"achieved": share and share.part, "indicators": share and share.whole}


def _outside(outside: Outside | None) -> Json | None:
    if outside is None:
        return None
    return {"value": decimal_string(outside.value), "respondents": outside.respondents}


def _survey(survey: Survey) -> dict[str, object]:
    return {
        "respondents": survey.index.respondents,
        "all": _index(survey.everything),
        "excluded": survey.excluded,
        "verified": _index(survey.verified),
        "exact": decimal_string(survey.exact),
        "grade": survey.index.grade,
        "weight": str(survey.weight),
        "interval95": [decimal_string(bound) for bound in survey.interval95] if survey.interval95 else None,
        "sample_needed": survey.sample_needed,
        "elements": [
            {
                "key": score.key.value,
                "sum": score.sum if isinstance(score.sum, int) else decimal_string(score.sum),
                "nrr": decimal_string(score.nrr),
                "weighted": decimal_string(score.weighted),
                "grade": score.grade,
                "rank": score.rank,
            }
            for score in survey.elements
        ],
        "services": [
            {
                "code": service.code,
                "respondents": service.index.respondents,
                "value": decimal_string(service.index.value),
                "grade": service.index.grade,
            }
            for service in survey.services
        ],
    }


def _index(index: Index) -> Json:
    return {"respondents": index.respondents, "value": decimal_string(index.value)}


def _order(order: Order) -> dict[str, object]:
    return {
        "month": settlement(order.settlement),
        "excluded": {kind.value: count for kind, count in order.excluded.items()},
        "throughput": _throughput(order.throughput),
        "flow": _flow(order.flow),
        "held": order.held,
    }


def _order_to_date(order: Order) -> dict[str, object]:
    excluded = {kind.value: count for kind, count in order.excluded.items()}
    return {**settlement(order.settlement), "excluded": excluded, "flow": _flow(order.flow), "held": order.held}


def settlement(counts: Settlement) -> dict[str, object]:
    """Counts of indicator 4 and its percentage."""
    return {
        "received": counts.received,
        "settled": counts.settled,
        "percent": decimal_string(counts.percent),
        "confirmed": counts.confirmed,
        "silent": counts.silent,
        "disputed": counts.disputed,
    }


def _throughput(throughput: Throughput | None) -> Json | None:
    if throughput is None:
        return None
    return {"closed": throughput.closed, "percent": decimal_string(throughput.percent)}


def _flow(flow: Flow) -> Json:
    return {
        "opening": flow.opening,
        "received": flow.received,
        "reopened": flow.reopened,
        "settled": flow.settled,
        "excluded": flow.excluded,
        "closing": flow.closing,
    }
