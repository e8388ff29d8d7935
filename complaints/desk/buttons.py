"""A button by itself: pressed on a page that is still fresh, or to be pressed once more."""

from flask import flash
from flask_babel import gettext as _

from offices.forms import ButtonForm


def pressed() -> bool:
    """Whether the button's token holds; else the next page says what to do."""
    if ButtonForm().validate():
        return True
    flash(_("Halaman ini terlalu lama terbuka. Tekan tombolnya sekali lagi."), "error")
    return False
