"""My data: what is kept about whoever holds the receipt, to see, to take away, to erase."""

from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from complaints import consents
from complaints.consents import Purpose
from complaints.following import corrections, my_data
from complaints.following.answer_forms import ContactForm, EraseForm, WishForm
from complaints.following.my_data import MyData
from complaints.queries import Opened
from complaints.reporting import entrance
from core import clock, media
from core.db import read_afresh
from core.forms import HouseForm
from core.identity_key import identity_key

public = Blueprint("complaints_data", __name__)


@public.get("/lacak/<code>/data")
def show(code: str) -> ResponseReturnValue:
    """What is kept."""
    return _page(entrance.opened(code), code, Forms())


@public.get("/lacak/<code>/data.zip")
def take_away(code: str) -> Response:
    """All of it as a ZIP: a text to read, a JSON file and the photos."""
    opened = entrance.opened(code)
    my_data.note_taken(opened=opened, now=clock.now())
    data, folder = _data(opened), current_app.config["SETTINGS"].data_dir
    text = render_template("complaints/my_data.txt", data=data, now=clock.now())
    archive = my_data.archive(data, text, lambda photo_id: media.read(folder, opened.office_id, photo_id))
    headers = {"Content-Disposition": f'attachment; filename="data-{data.number}.zip"'}
    return Response(archive, mimetype="application/zip", headers=headers)


@public.post("/lacak/<code>/data")
def erase(code: str) -> ResponseReturnValue:
    """Erase it, if the resident is sure. The files go once the rows say so: a photo may be missed, never be left."""
    opened, form = entrance.opened(code), EraseForm()
    if not form.validate():
        return _page(opened, code, Forms(erase=form))
    folder = current_app.config["SETTINGS"].data_dir
    for photo_id in my_data.erase(opened=opened, now=clock.now()):
        media.erase(folder, opened.office_id, photo_id)
    return redirect(url_for(".show", code=code, terhapus=1), HTTPStatus.SEE_OTHER)


@public.post("/lacak/<code>/data/kontak")
def correct(code: str) -> ResponseReturnValue:
    """Replace who somebody is by what they say now."""
    opened, form, key = entrance.opened(code), ContactForm(), identity_key()
    if not form.validate():
        return _page(opened, code, Forms(contact=form))
    corrections.set_contact(opened=opened, who=form.who, identity_key=key, now=clock.now())
    return _back(code, _("Nama, nomor, dan email Anda sudah dibetulkan."))


@public.post("/lacak/<code>/data/isi")
def ask(code: str) -> ResponseReturnValue:
    """Ask an officer for other words."""
    opened, form = entrance.opened(code), WishForm()
    if form.validate() and form.accepted(
        lambda: corrections.ask(opened=opened, wanted=form.wanted.data or "", now=clock.now())
    ):
        return _back(code, _("Permintaan Anda sudah masuk. Petugas menjawab paling lambat 3 × 24 jam, di halaman ini."))
    return _page(opened, code, Forms(wish=form))


@public.post("/lacak/<code>/data/persetujuan/<any(push, email):purpose>/<any(tarik, beri):act>")
def consent(code: str, purpose: str, act: str) -> ResponseReturnValue:
    """Take a consent back, or give it again."""
    opened, form = entrance.opened(code), HouseForm()  # for its token alone
    if not form.validate():
        return _page(opened, code, Forms(button=form))
    change = consents.withdraw if act == "tarik" else consents.renew
    change(opened=opened, purpose=Purpose(purpose), now=clock.now())
    taken = _("Persetujuan Anda sudah ditarik.")
    return _back(code, taken if act == "tarik" else _("Persetujuan Anda sudah dicatat lagi."))


@dataclass(frozen=True)
class Forms:
    """Those of the page, each None until it was sent."""

    erase: EraseForm | None = None
    contact: ContactForm | None = None
    wish: WishForm | None = None
    button: HouseForm | None = None

    @property
    def status(self) -> HTTPStatus:
        """The status of the page that shows them."""
        sent = (self.erase, self.contact, self.wish, self.button)
        return max((form.status for form in sent if form is not None), default=HTTPStatus.OK)


def _back(code: str, words: str) -> ResponseReturnValue:
    flash(words, "success")
    return redirect(url_for(".show", code=code), HTTPStatus.SEE_OTHER)


def _data(opened: Opened) -> MyData:
    return my_data.my_data(read_afresh(), opened, identity_key())


def _page(opened: Opened, code: str, sent: Forms) -> ResponseReturnValue:
    data = _data(opened)
    page = render_template(
        "complaints/my_data.html",
        data=data,
        code=code,
        form=sent.erase or EraseForm(formdata=None),
        contact=sent.contact or ContactForm(formdata=None, obj=data.who),
        wish=sent.wish or WishForm(formdata=None, data={"wanted": data.report or data.joined}),
        button=sent.button or HouseForm(formdata=None),
        erased="terhapus" in request.args,
    )
    return page, sent.status
