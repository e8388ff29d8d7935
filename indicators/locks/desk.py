"""The pages on which a month is locked, its versions are read, and the Camat approves one."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core import clock
from core.calendar import Month
from core.db import read_afresh
from indicators.asked import asked_month
from indicators.locks import locking, page
from indicators.locks.forms import LockForm, VersionForm
from offices.access import signature, staff_blueprint
from offices.current import current_office
from offices.forms import ButtonForm
from offices.rights import Action

desk = staff_blueprint("month_lock", __name__, Action.READ_SUMMARY)
locking_desk = staff_blueprint("month_locking", __name__, Action.LOCK_MONTH)
approving = staff_blueprint("month_approval", __name__, Action.APPROVE_MONTH)


@desk.get("/ringkasan/<month>/kunci")
def show(month: str) -> ResponseReturnValue:
    """The checklist, the figures, and the button."""
    return _page(asked_month(month), LockForm(formdata=None))


@locking_desk.post("/ringkasan/<month>/kunci")
def lock(month: str) -> ResponseReturnValue:
    """Lock the figures that were shown."""
    asked, form = asked_month(month), LockForm()
    if form.validate() and form.accepted(lambda: locking.lock(month=asked, **form.values(), **signature())):
        words = _("%(month)s dikunci sebagai versi %(version)s.", month=asked.long, version=form.shown_version())
        flash(words, "success")
        return redirect(url_for("month_lock.show_versions", month=asked))
    return _page(asked, form)


@desk.get("/ringkasan/<month>/versi")
def show_versions(month: str) -> ResponseReturnValue:
    """Every version of the month, and the Camat's button on the newest."""
    return _versions(asked_month(month), VersionForm(formdata=None))


@approving.post("/ringkasan/<month>/setujui")
def approve(month: str) -> ResponseReturnValue:
    """The Camat approves the newest version."""
    asked, form = asked_month(month), VersionForm()
    if form.validate() and form.accepted(
        lambda: locking.approve(month=asked, version=form.shown_version(), **signature())
    ):
        flash(_("Versi %(version)s disetujui.", version=form.shown_version()), "success")
        return redirect(url_for("month_lock.show_versions", month=asked))
    return _versions(asked, form)


def _page(month: Month, form: LockForm) -> ResponseReturnValue:
    found = page.lock_page(read_afresh(), current_office(), month, clock.now())
    form.show(found.found.version, found.found.seen)
    shown = {"page": found, "form": form, "button": ButtonForm(formdata=None)}
    return render_template("indicators/lock.html", **shown), form.status


def _versions(month: Month, form: VersionForm) -> ResponseReturnValue:
    found = page.versions_page(read_afresh(), current_office(), month, clock.now())
    form.version.data = str(found.versions[0].number) if found.versions else ""
    return render_template("indicators/versions.html", page=found, form=form), form.status


BLUEPRINTS = (desk, locking_desk, approving)
