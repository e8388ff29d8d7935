"""What the screen in the waiting room shows: the newest published month, what was improved, how to rate."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from core.figures import printed
from indicators.published import gathering, series
from indicators.published.series import PeriodRow
from offices import addresses, qr, queries
from offices.models import Office
from survey.review.queries import published

MOST_IMPROVED = 3  # sentences that fit on the screen in large letters


@dataclass(frozen=True)
class Screen:
    """`month` is None while no month is published; `code` is the drawing that leads to `address`."""

    month: PeriodRow | None
    improved: Sequence[str]
    address: str
    code: str

    @property
    def shown_address(self) -> str:
        """As one types it."""
        return self.address.partition("://")[2]

    @property
    def grade_words(self) -> str:
        """The grade as everybody reads it."""
        grade = self.month.index.grade if self.month else None
        if grade is None:
            return _("Belum ada penilaian")
        return _("Mutu %(grade)s: %(word)s", grade=grade.value, word=grade.label.lower())

    @property
    def settled_words(self) -> str:
        """Of how many reports."""
        if self.month is None or not self.month.settlement.received:
            return _("Tidak ada laporan bulan itu")
        counts = self.month.settlement
        return _(
            "%(settled)s dari %(received)s laporan", settled=printed(counts.settled), received=printed(counts.received)
        )


def screen(session: Session, office: Office, base_url: str, *, home: str) -> Screen:
    """Nothing on it is about a person. `home` is where an office without a point is rated."""
    months = [period.first for period in gathering.ended(session, office.id) if period.length == 1]
    points = queries.rated_points(session, office.id)
    address = addresses.point_address(base_url, points[0].code) if points else f"{base_url}{home}"
    return Screen(
        month=next(iter(series.series(session, office, months[:1])), None),
        improved=[row.public_words for row in published(session, office.id, MOST_IMPROVED)],
        address=address,
        code=qr.svg_inline(address),
    )
