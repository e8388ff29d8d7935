"""What those who oversee the handling see: doubtful proofs with their reasons, and habits that stand out."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

from flask import abort, render_template, request

from complaints.desk import desk_queries
from complaints.oversight import anomalies, anomaly_queries
from complaints.oversight.anomalies import Hasty, Pile
from complaints.oversight.anomaly_queries import Denial, Replaced
from complaints.pictures.evidence import SEEN_BEFORE
from complaints.pictures.proof_fields import finding_words
from complaints.pictures.proof_queries import FindingLine
from complaints.terms import MOVE_LABELS
from core import clock
from core.calendar import Month
from core.db import reader
from core.errors import Refused
from offices.access import staff_blueprint
from offices.current import current_office
from offices.rights import Action

desk = staff_blueprint("desk_findings", __name__, Action.OVERSEE_CASES)
MOST_SHOWN = 200  # of each kind in a month; the page says how many more there are


@dataclass(frozen=True)
class Overview:
    """A month's findings and anomalies, and the officers' names."""

    month: Month
    previous: Month
    next: Month | None
    findings: Sequence[FindingLine]
    hasty: Sequence[Hasty]
    crowded: Sequence[Pile]
    denials: Sequence[Denial]
    replaced: Sequence[Replaced]
    excluded: Sequence[Pile]
    names: dict[UUID, str]

    @property
    def reused(self) -> int:
        """How many proofs were photos that had been used before."""
        return len({each.photo_id for each in self.findings if each.kind in SEEN_BEFORE})

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to ask about."""
        kinds = (self.findings, self.hasty, self.crowded, self.denials, self.replaced, self.excluded)
        return not any(kinds)


@desk.get("/petugas/temuan")
def listed() -> str:
    """One month's findings and anomalies; `bulan` is the month, the running one if it is missing."""
    this_month = Month.of(clock.now())
    month = _month(request.args.get("bulan"), this_month)
    return render_template(
        "complaints/desk/findings.html",
        page=_overview(month, this_month),
        words=finding_words,
        said=MOVE_LABELS,
        rules=anomalies,
        most=MOST_SHOWN,
    )


def _overview(month: Month, this_month: Month) -> Overview:
    session, office_id = reader(), current_office().id
    settlings = anomaly_queries.settlings(session, office_id, month)
    excluded = anomaly_queries.excluded(session, office_id, month)
    return Overview(
        month=month,
        previous=month.previous(),
        next=month.next() if month < this_month else None,
        findings=anomaly_queries.findings(session, office_id, month),
        hasty=anomalies.hasty(settlings),
        crowded=anomalies.crowded(settlings, month),
        denials=anomaly_queries.denials(session, office_id, month),
        replaced=anomaly_queries.replaced(session, office_id, month),
        excluded=anomalies.many_excluded(excluded, settlings),
        names=desk_queries.staff_names(session, office_id),
    )


def _month(text: str | None, this_month: Month) -> Month:
    """The month of the address; 404 when it is none, or has not begun."""
    try:
        found = Month.parse(text) if text else this_month
    except Refused:
        abort(HTTPStatus.NOT_FOUND)
    return found if found <= this_month else abort(HTTPStatus.NOT_FOUND)
