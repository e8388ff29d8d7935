"""Every component in every state, for those who change the look."""

from flask import render_template
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Form, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from core import clock
from offices.access import staff_blueprint
from offices.rights import Action

desk = staff_blueprint("gaya", __name__, Action.SEE_STYLE)
MISSING = InputRequired(_l("belum diisi"))
LABELS = (_l("Tidak cepat"), _l("Kurang cepat"), _l("Cepat"), _l("Sangat cepat"))
ANSWERS = [SelectChoice(str(number), str(label)) for number, label in enumerate(LABELS, 1)]
DESA = [SelectChoice("", "–"), SelectChoice("suco", "Suco"), SelectChoice("lampeji", "Lampeji")]
BANDS = [SelectChoice("20s", "20–29"), SelectChoice("30s", "30–39")]


class SampleForm(Form):
    """A form with one field of each kind."""

    token = HiddenField(default="x")
    name = StringField(_l("Nama"), [MISSING])
    village = SelectField(_l("Desa"), [MISSING], choices=DESA)
    words = TextAreaField(_l("Ceritakan kejadiannya"), [MISSING])
    band = RadioField(_l("Umur"), choices=BANDS)
    waktu = RadioField(
        _l("Waktu Penyelesaian"),
        [MISSING],
        choices=ANSWERS,
        description=_l("Bagaimana pendapat Saudara tentang kecepatan waktu dalam memberikan pelayanan?"),
    )
    confidential = BooleanField(_l("Rahasiakan nama saya"))

    def __init__(self, prefix: str = "") -> None:
        """Empty, as nothing is ever sent."""
        super().__init__(prefix=prefix)  # type: ignore[no-untyped-call]


@desk.get("/gaya")
def gaya() -> str:
    """The style page."""
    faulty = SampleForm("salah-")
    faulty.validate()  # type: ignore[no-untyped-call]
    return render_template("gaya.html", form=SampleForm(), faulty=faulty, now=clock.now())
