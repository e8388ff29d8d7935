"""The chain of events for auditors: where it ends, whether it holds, whether a printed anchor is still in it."""

from dataclasses import dataclass

from flask import render_template
from flask_babel import lazy_gettext as _l

from complaints import queries
from complaints.oversight import anchors
from complaints.oversight.anchors import Anchor
from core import clock
from core.calendar import long_moment, wib_day
from core.db import read_afresh, reader
from core.errors import Refused
from core.forms import HouseForm, line
from offices.access import staff_blueprint
from offices.current import current_office
from offices.rights import Action

desk = staff_blueprint("desk_chain", __name__, Action.CHECK_CHAIN)
ANCHOR_LENGTH = 100
YEARS = 5  # whose moves can be taken along as files


class ChainForm(HouseForm):
    """What to check beside the chain itself."""

    anchor = line(_l("Segel dari ringkasan yang tercetak"), ANCHOR_LENGTH)


@dataclass(frozen=True)
class Checked:
    """What a check found; `broken`: the first event that doesn't fit, `number` its report; `held`: whether the anchor
    is still there, None where none was given.
    """

    at: str
    broken: int | None
    number: str | None
    held: bool | None


@desk.get("/petugas/rantai")
def show() -> str:
    """Where the chain ends."""
    return _page(ChainForm(formdata=None))


@desk.post("/petugas/rantai")
def check() -> str | tuple[str, int]:
    """Check every event, and the anchor if one was typed."""
    form = ChainForm()
    if form.validate():
        try:
            return _page(form, _checked(Anchor.parse(form.anchor.data) if form.anchor.data else None))
        except Refused as refusal:
            form.refuse(refusal)
    return _page(form), form.status


def _checked(kept: Anchor | None) -> Checked:
    office_id = current_office().id
    broken = queries.verify_chain(read_afresh(), office_id)
    return Checked(
        at=long_moment(clock.now()),
        broken=broken,
        number=anchors.number_at(reader(), office_id, broken) if broken else None,
        held=anchors.holds(reader(), office_id, kept) if kept else None,
    )


def _page(form: ChainForm, checked: Checked | None = None) -> str:
    end = anchors.end(reader(), current_office().id)
    this_year = wib_day(clock.now()).year
    years = range(this_year, this_year - YEARS, -1)
    return render_template("complaints/desk/chain.html", form=form, end=end, checked=checked, years=years)
