"""Forms of the inbox: its filters, which are an address, and the name of a saved view."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, HiddenField, SelectField, StringField

from complaints.desk.inbox import LONGEST_TEXT
from core.forms import HouseForm, line

LONGEST_NAME = 60


class FilterForm(HouseForm):
    """Only shown: what was sent is read by `Filters.parse`, which understands any address."""

    class Meta(HouseForm.Meta):
        """Nothing is changed by it."""

        csrf = False

    kelompok = HiddenField()
    cari = StringField(_l("Cari kata atau nomor"), render_kw={"type": "search", "maxlength": LONGEST_TEXT})
    keadaan = SelectField(_l("Keadaan"))
    jenis = SelectField(_l("Jenis"))
    desa = SelectField(_l("Desa"))
    petugas = SelectField(_l("Petugas"))
    dari = DateField(_l("Masuk dari"))
    sampai = DateField(_l("Sampai"))
    sumber = SelectField(_l("Masuk lewat"))
    mendesak = BooleanField(_l("Mendesak saja"), render_kw={"value": "1"})


class ViewForm(HouseForm):
    """Keeps the filters under a name."""

    name = line(_l("Nama tampilan"), LONGEST_NAME, _l("Tulis namanya, misalnya “Sampah di Suco”."))
