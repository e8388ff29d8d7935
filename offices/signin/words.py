"""What the sign-in library says, in plain Indonesian."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from offices.signin.endings import why_asked

_AGAIN = _l("Ulangi dari awal: langkah ini terlalu lama terbuka.")
_KEY_FAULT = _l("Kunci sandi ini tidak bisa dipakai. Coba lagi, atau masuk dengan kata sandi.")

# Key of the library's message: (words, kind).
MESSAGES: Mapping[str, tuple[object, str]] = {
    "API_ERROR": (_l("Kiriman ini tidak lengkap. Ulangi dari awal."), "error"),
    "GENERIC_AUTHN_FAILED": (_l("Alamat surel atau kata sandi keliru."), "error"),
    "UNAUTHENTICATED": (LazyString(why_asked), "info"),
    "UNAUTHORIZED": (_l("Akun Anda tidak berhak membuka halaman ini."), "error"),
    "LOGIN": (_l("Silakan masuk untuk membuka halaman ini."), "info"),
    "ANONYMOUS_USER_REQUIRED": (_l("Anda sudah masuk."), "info"),
    "REAUTHENTICATION_REQUIRED": (_l("Halaman ini peka. Pastikan dahulu bahwa ini Anda."), "info"),
    "REAUTHENTICATION_SUCCESSFUL": (_l("Terima kasih. Silakan lanjutkan."), "info"),
    "REFRESH": (_l("Pastikan dahulu bahwa ini Anda."), "info"),
    "INVALID_REDIRECT": (_l("Tujuan sesudah masuk bukan halaman kami."), "error"),
    "USER_DOES_NOT_EXIST": (_l("Alamat surel atau kata sandi keliru."), "error"),
    "INVALID_PASSWORD": (_l("Kata sandi keliru."), "error"),
    "DISABLED_ACCOUNT": (_l("Akun ini tidak aktif. Hubungi operator."), "error"),
    "EMAIL_NOT_PROVIDED": (_l("Isi alamat surel."), "error"),
    "INVALID_EMAIL_ADDRESS": (_l("Alamat surel keliru."), "error"),
    "PASSWORD_NOT_PROVIDED": (_l("Isi kata sandi."), "error"),
    "PASSWORD_IS_THE_SAME": (_l("Kata sandi baru harus lain dari yang lama."), "error"),
    "PASSWORD_CHANGE": (_l("Kata sandi diganti. Perangkat lain sudah dikeluarkan."), "success"),
    "PASSWORD_MISMATCH": (_l("Kedua kata sandi tidak sama."), "error"),
    "RETYPE_PASSWORD_MISMATCH": (_l("Kedua kata sandi tidak sama."), "error"),
    "PASSWORD_RESET_EXPIRED": (_l("Tautan ini sudah lewat masanya. Mintalah tautan baru kepada operator."), "error"),
    "INVALID_RESET_PASSWORD_TOKEN": (
        _l("Tautan ini sudah dipakai atau keliru. Mintalah tautan baru kepada operator."),
        "error",
    ),
    "PASSWORD_RESET_NO_LOGIN": (_l("Kata sandi sudah disimpan. Silakan masuk."), "success"),
    "INVALID_CODE": (_l("Kode keliru."), "error"),
    "INVALID_INPUT": (_l("Isian ini tidak dapat dipakai."), "error"),
    "INVALID_INPUT_LENGTH": (_l("Nama ini terlalu panjang."), "error"),
    "INVALID_RECOVERY_CODE": (_l("Kode pemulihan ini keliru atau sudah pernah dipakai."), "error"),
    "TWO_FACTOR_INVALID_TOKEN": (
        _l("Kode keliru atau sudah dipakai. Periksa jam HP, tunggu kode berikutnya di aplikasi, lalu ketik yang baru."),
        "error",
    ),
    "TWO_FACTOR_LOGIN_SUCCESSFUL": (_l("Anda sudah masuk."), "success"),
    "TWO_FACTOR_PERMISSION_DENIED": (_l("Masuklah dahulu dengan kata sandi."), "info"),
    "TWO_FACTOR_METHOD_NOT_AVAILABLE": (_l("Cara ini tidak ada."), "error"),
    "TWO_FACTOR_SETUP_EXPIRED": (_AGAIN, "error"),
    "WEBAUTHN_EXPIRED": (_AGAIN, "error"),
    "WEBAUTHN_NAME_REQUIRED": (_l("Beri nama, misalnya HP saya."), "error"),
    "WEBAUTHN_NAME_INUSE": (_l("Anda sudah punya kunci sandi bernama %(name)s. Beri nama lain."), "error"),
    "WEBAUTHN_NAME_DISALLOWED_CHARACTERS": (_l("Nama hanya boleh berisi huruf, angka, spasi, dan tanda -."), "error"),
    "WEBAUTHN_REGISTER_SUCCESSFUL": (_l("Kunci sandi %(name)s terpasang."), "success"),
    "WEBAUTHN_CREDENTIAL_ID_INUSE": (_l("Kunci sandi ini sudah terpasang."), "error"),
    "WEBAUTHN_UNKNOWN_CREDENTIAL_ID": (_KEY_FAULT, "error"),
    "WEBAUTHN_ORPHAN_CREDENTIAL_ID": (_KEY_FAULT, "error"),
    "WEBAUTHN_NO_VERIFY": (_KEY_FAULT, "error"),
    "WEBAUTHN_CREDENTIAL_WRONG_USAGE": (_KEY_FAULT, "error"),
    "WEBAUTHN_MISMATCH_USER_HANDLE": (_KEY_FAULT, "error"),
}
