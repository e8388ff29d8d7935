"""Every component in every state, for those who change the look."""

from flask import render_template
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from core import clock
from offices.access import staff_blueprint
from offices.roles import EVERYONE

desk = staff_blueprint("gaya", __name__, EVERYONE)
MISSING = InputRequired(_l("belum diisi"))
ANSWERS = [("1", _l("Tidak cepat")), ("2", _l("Kurang cepat")), ("3", _l("Cepat")), ("4", _l("Sangat cepat"))]


class SampleForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """A form with one field of each kind."""

    class Meta:
        """Nothing is ever sent."""

        csrf = False

    token = HiddenField(default="x")
    name = StringField(_l("Nama"), [MISSING])
    village = SelectField(_l("Desa"), [MISSING], choices=[("", "–"), ("suco", "Suco"), ("lampeji", "Lampeji")])
    words = TextAreaField(_l("Ceritakan kejadiannya"), [MISSING])
    band = RadioField(_l("Umur"), choices=[("20s", "20–29"), ("30s", "30–39")])
    waktu = RadioField(
        _l("Waktu Penyelesaian"),
        [MISSING],
        choices=ANSWERS,
        description=_l("Bagaimana pendapat Saudara tentang kecepatan waktu dalam memberikan pelayanan?"),
    )
    confidential = BooleanField(_l("Rahasiakan nama saya"))


@desk.get("/gaya")
def gaya() -> str:
    """The style page."""
    faulty = SampleForm(formdata=None, prefix="salah-")
    faulty.validate()
    return render_template("gaya.html", form=SampleForm(formdata=None), faulty=faulty, now=clock.now())
