"""The form with which staff put in a report that came on paper, by phone, at the counter or from a patrol."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, RadioField
from wtforms.validators import InputRequired, ValidationError

from complaints.reporting.forms import MomentField, ReportForm
from complaints.reporting.intake import Entered
from complaints.terms import SOURCE_LABELS, Source
from core.calendar import Month, long_date, months_before, wib_day
from core.forms import line

SOURCES = (Source.PAPER, Source.VISIT, Source.PHONE, Source.MESSAGE, Source.PATROL)
# Only these carry a written date (domain.md, IKU-4); the others are put in while the resident waits.
DATED = frozenset({Source.PAPER, Source.PHONE, Source.PATROL})
OLDEST_MONTHS = 12  # what is older belongs to an import of the log book
# A clock on the wall may be ahead of the server's.
SLACK = timedelta(minutes=5)


class StaffReportForm(ReportForm):
    """A report as staff put it in; `now` must be set before it is checked."""

    source = RadioField(
        _l("Bagaimana laporan ini datang?"), coerce=str, validators=[InputRequired(_l("Pilih bagaimana datangnya."))]
    )
    received_at = MomentField(_l("Kapan diterima kantor?"))  # type: ignore[no-untyped-call]
    late_because = line(_l("Mengapa baru dicatat sekarang?"), 300)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.source.choices = [(source.value, _(SOURCE_LABELS[source])) for source in SOURCES]

    def validate_received_at(self, field: Field) -> None:
        """Not in the future, not before what may still be put in one by one, and only where it was written down."""
        if field.data is None:
            return
        if self.source.data not in DATED:
            raise ValidationError(
                _(
                    "Kosongkan. Hanya surat, telepon, dan temuan patroli yang memakai waktu tertulis; "
                    "yang lain dicatat saat itu juga."
                )
            )
        if field.data > self.now + SLACK:
            raise ValidationError(_("Waktu ini belum lewat. Perbaiki, atau kosongkan bila baru saja diterima."))
        oldest = months_before(wib_day(self.now), OLDEST_MONTHS)
        if wib_day(field.data) < oldest:
            raise ValidationError(
                _(
                    "Paling lama %(day)s. Laporan yang lebih lama dimasukkan lewat impor buku laporan.",
                    day=long_date(oldest),
                )
            )

    def validate_late_because(self, field: Field) -> None:
        """A report of before last month changes figures that people have seen: that asks for a reason."""
        if self.is_late and not field.data:
            raise ValidationError(_("Laporan ini diterima sebelum bulan lalu. Tulis mengapa baru dicatat sekarang."))

    @property
    def is_late(self) -> bool:
        """Whether the report was received before last month."""
        received = self.received_at.data
        return received is not None and wib_day(received) < Month.of(self.now).previous().first_day

    def entered(self, by: UUID) -> Entered:
        """As `intake.submit` takes it."""
        received: datetime | None = self.received_at.data
        within = min(received, self.now) if received else None
        return Entered(by, within, self.late_because.data or "" if self.is_late else "")
