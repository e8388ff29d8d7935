"""My data: what is kept about whoever holds the receipt, to see, to take away, to erase."""

from http import HTTPStatus

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from complaints.following import my_data
from complaints.following.answer_forms import EraseForm
from complaints.following.my_data import MyData
from complaints.queries import Opened
from complaints.reporting import entrance
from core import clock, media
from core.db import read_afresh

public = Blueprint("complaints_data", __name__)


@public.get("/lacak/<code>/data")
def show(code: str) -> ResponseReturnValue:
    """What is kept."""
    return _page(_data(entrance.opened(code)), code, EraseForm(formdata=None))


@public.get("/lacak/<code>/data.zip")
def take_away(code: str) -> Response:
    """All of it as a ZIP: a text to read, a JSON file and the photos."""
    opened = entrance.opened(code)
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
        return _page(_data(opened), code, form), form.status
    folder = current_app.config["SETTINGS"].data_dir
    for photo_id in my_data.erase(opened=opened, now=clock.now()):
        media.erase(folder, opened.office_id, photo_id)
    return redirect(url_for(".show", code=code, terhapus=1), HTTPStatus.SEE_OTHER)


def _data(opened: Opened) -> MyData:
    return my_data.my_data(read_afresh(), opened, current_app.config["IDENTITY_KEY"])


def _page(data: MyData, code: str, form: EraseForm) -> str:
    return render_template(
        "complaints/my_data.html", data=data, code=code, form=form, erased="terhapus" in request.args
    )
