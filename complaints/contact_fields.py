"""The fields in which residents say how they are reached."""

import re

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, Form, StringField
from wtforms.validators import Email, Optional, ValidationError

from core.forms import Words, tidy

PHONE = re.compile(r"\+?\(?[0-9][0-9 ().-]*")
DIGITS_OF_A_PHONE = range(3, 16)  # more digits would be an identity number


def phone_field() -> StringField:
    """A telephone number, if any."""
    return StringField(_l("Nomor telepon"), filters=[tidy], validators=[Optional(), is_phone, Words(30)])


def email_field() -> StringField:
    """An address for e-mail, if any."""
    is_address = Email(_l("Alamat email ini belum benar. Perbaiki, atau kosongkan."))
    return StringField(_l("Alamat email"), filters=[tidy], validators=[Optional(), Words(200), is_address])


def is_phone(_form: Form, field: Field) -> None:
    """Refuse what nobody can call."""
    digits = sum(letter.isdigit() for letter in field.data)
    if not PHONE.fullmatch(field.data) or digits not in DIGITS_OF_A_PHONE:
        raise ValidationError(_("Nomor ini tidak dapat ditelepon. Tulis seperti 0812 3456 7890, atau kosongkan."))
