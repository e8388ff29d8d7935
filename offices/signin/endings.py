"""Why somebody who was signed in stands at the sign-in page again: said to the browser that had the session alone."""

from collections.abc import Mapping

from flask import request, session
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from core import clock
from core.db import read_afresh
from offices import sessions
from offices.sessions import Ending
from offices.signin.visits import TOKEN

LOST = _l("Yang baru saja Anda kirim belum tersimpan: kirim lagi sesudah masuk.")
NEVER_IN = _l("Silakan masuk untuk membuka halaman ini.")
WORDS: Mapping[Ending, LazyString] = {
    Ending.IDLE: _l("Sesi Anda sudah berakhir karena sejam tidak dipakai. Silakan masuk lagi."),
    Ending.LONG: _l("Sesi Anda sudah berakhir: setiap 12 jam semua masuk lagi. Silakan masuk lagi."),
    Ending.ENDED: _l(
        "Sesi Anda sudah diakhiri, di perangkat ini atau dari perangkat Anda yang lain. Silakan masuk lagi."
    ),
    Ending.CHANGED: _l(
        "Sesi Anda sudah diakhiri karena kata sandi, langkah kedua, atau tugas akun Anda diganti. Silakan masuk lagi."
    ),
    Ending.CLOSED: _l("Sesi Anda sudah diakhiri karena akun Anda ditutup. Tanyakan kepada operator."),
    Ending.FORGOTTEN: _l("Sesi Anda sudah berakhir. Silakan masuk lagi."),
}


def why_asked() -> str:
    """What is said above the sign-in form."""
    token = session.get(TOKEN)
    ending = sessions.ending(read_afresh(), token, now=clock.now()) if token else None
    said = str(WORDS[ending] if ending else NEVER_IN)
    return f"{said} {LOST}" if request.method == "POST" else said
