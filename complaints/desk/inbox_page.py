"""Gathers what the inbox shows, in words, with a fixed number of readings."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from complaints import queries, search_words
from complaints.desk import desk_words, inbox_queries
from complaints.desk.inbox import MYSELF, NOBODY, NOWHERE, STATUSES, Cursor, Filters, Group
from complaints.desk.inbox_forms import FilterForm
from complaints.desk.inbox_queries import Asked, Row
from complaints.desk.saved_views import views_of
from complaints.desk_models import SavedView
from complaints.reporting.suspicion import DOUBT_WORDS, Doubt
from complaints.terms import SOURCE_LABELS, STATUS_LABELS, Source
from offices import queries as office_queries
from offices import rights
from offices.models import Staff
from offices.rights import Action


@dataclass(frozen=True)
class InboxLine:
    """A report in the inbox, with its status, the next promise ("" once closed) and its due day in words. `doubt`: why
    it is held for review. `picked`: its box is ticked.
    """

    row: Row
    status: str
    promise: str
    due: desk_words.Due
    source: str
    doubt: str
    picked: bool = False

    @property
    def value(self) -> str:
        """What its box sends: the report as it was seen."""
        return f"{self.row.number}:{self.row.version}"


@dataclass(frozen=True)
class Inbox:
    """A page of the inbox. `too_long`: only the first words of the text were looked for."""

    filters: Filters
    counts: dict[Group, int]
    lines: Sequence[InboxLine]
    after: Cursor | None
    started: bool
    form: FilterForm
    officers: Sequence[Staff]
    views: Sequence[SavedView]
    too_long: bool


def inbox(
    session: Session, asked: Asked, filters: Filters, place: str = "", *, picked: Collection[str] = (), text: str = ""
) -> Inbox:
    """The page that begins at `place`; `picked` are the values of ticked boxes, `text` is what was typed."""
    after = Cursor.parse(place, filters.order)
    found = inbox_queries.page(session, asked, filters, after)
    everybody = office_queries.staff(session, asked.office_id)
    people = [who for who in everybody if rights.allowed(who.staff_role, Action.HANDLE_CASES)]
    return Inbox(
        filters=filters,
        counts=inbox_queries.counts(session, asked.office_id, today=asked.today),
        lines=lines(found.rows, asked.today, picked),
        after=found.after,
        started=after is not None,
        form=_form(session, asked, filters, people),
        officers=[who for who in people if who.active],
        views=views_of(session, asked.office_id, asked.me),
        too_long=search_words.is_too_long(text),
    )


def lines(rows: Sequence[Row], today: date, picked: Collection[str] = ()) -> list[InboxLine]:
    """The inbox's reports in words."""
    return [
        InboxLine(
            row=row,
            status=desk_words.status(row.status),
            promise=desk_words.promise(row.promise),
            due=desk_words.due(row.due_on, today),
            source=_(SOURCE_LABELS[row.source]),
            doubt=_doubt(row),
            picked=f"{row.number}:{row.version}" in picked,
        )
        for row in rows
    ]


def _doubt(row: Row) -> str:
    return _(DOUBT_WORDS[Doubt(row.held_because)]) if row.is_held and row.held_because in set(Doubt) else ""


def _form(session: Session, asked: Asked, filters: Filters, people: Sequence[Staff]) -> FilterForm:
    """The filters as a form, with what can be chosen."""
    form = FilterForm(formdata=None, data=filters.query() | {"dari": filters.first, "sampai": filters.last})
    anything = ("", _("Semua"))
    form.keadaan.choices = [anything, *((one.value, _(STATUS_LABELS[one])) for one in STATUSES[filters.group])]
    form.jenis.choices = [anything, *((row.code, row.name) for row in queries.categories(session, asked.office_id))]
    villages = office_queries.villages(session, asked.office_id)
    form.desa.choices = [anything, *((row.code, row.name) for row in villages), (NOWHERE, _("Belum diketahui"))]
    named = [(str(who.id), who.name if who.active else _("%(name)s (nonaktif)", name=who.name)) for who in people]
    form.petugas.choices = [anything, (MYSELF, _("Saya")), (NOBODY, _("Belum ada")), *named]
    form.sumber.choices = [anything, *((one.value, _(SOURCE_LABELS[one])) for one in Source)]
    return form
