"""Habits of every form: text is tidied and checked, an expired form says what to do, a refusal stands at its field."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, Form, HiddenField, StringField
from wtforms.validators import DataRequired, StopValidation

from core.errors import Missing, Refused

# What a keyboard can't make and a database may not take: control characters and halves of characters.
UNTYPED = {"Cc", "Cs"}
TYPED = {"\n", "\r", "\t"}


# The forms library speaks no Indonesian: these are its own messages that a person can meet.
LIBRARY_WORDS: Mapping[str, object] = {
    "Not a valid choice.": _l("Pilih salah satu dari daftar."),
    "Invalid Choice: could not coerce.": _l("Pilih salah satu dari daftar."),
    "Not a valid integer value.": _l("Isi dengan angka."),
    "Not a valid decimal value.": _l("Isi dengan angka."),
    "Not a valid date value.": _l("Isi tanggal, misalnya 2026-11-22."),
    "Not a valid datetime value.": _l("Isi tanggal dan jam, misalnya 2026-11-22 19:26."),
    "This field is required.": _l("Bagian ini perlu diisi."),
}


def one_line(text: str | None) -> str:
    """Without spaces around, and with single spaces and no line ends inside."""
    return " ".join((text or "").split())


def tidy(text: str | None) -> str:
    """Without spaces around; line ends as one character."""
    return (text or "").replace("\r\n", "\n").replace("\r", "\n").strip()


def untypable(text: str) -> bool:
    """Whether the text holds something that nobody can type and a database may not take."""
    return any(unicodedata.category(letter) in UNTYPED and letter not in TYPED for letter in text)


class Words:
    """A validator: no characters that nobody can type, at most `most` letters."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.field_flags = {"maxlength": most}

    def __call__(self, form: Form, field: Field) -> None:
        """Stop with what to do: other validators may take very long over a text that is too long."""
        text = field.data or ""
        if len(text) > self.most:
            raise StopValidation(
                _("Paling banyak %(most)s huruf; sekarang %(count)s.", most=self.most, count=len(text))
            )
        if untypable(text):
            raise StopValidation(_("Ada tanda yang tidak dapat disimpan. Ketik ulang isian ini."))


def line(label: object, most: int, missing: object = "") -> StringField:
    """A field of one line; `missing` is what to say when nothing is typed, empty where it may stay so."""
    needed = [DataRequired(missing)] if missing else []
    return StringField(label, filters=[one_line], validators=[Words(most), *needed])


class LibraryWords:
    """The forms library's messages, in Indonesian."""

    def gettext(self, text: str) -> str:
        """Our words for the library's, or its own."""
        return str(LIBRARY_WORDS.get(text, text))

    def ngettext(self, one: str, many: str, n: int) -> str:
        """As `gettext`."""
        return self.gettext(one if n == 1 else many)


class SubmissionField(HiddenField):
    """The submission's UUID: a fresh one to begin with, and in the place of one that can't be read."""

    def __init__(self, label: str | None = None, **kwargs: Any) -> None:
        super().__init__(label, default=uuid4, **kwargs)  # type: ignore[no-untyped-call]  # the library carries no types

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read it; ValueError with what to do."""
        try:
            self.data = UUID(valuelist[0] if valuelist else "")
        except ValueError:
            self.data = uuid4()
            raise ValueError(_("Formulir ini kehilangan nomornya. Tekan tombolnya sekali lagi.")) from None


class HouseForm(FlaskForm):
    """A form that keeps what was typed, whatever goes wrong."""

    class Meta(FlaskForm.Meta):
        """What the library asks of us."""

        def get_translations(self, form: Form) -> LibraryWords:
            """Its messages in Indonesian."""
            return LibraryWords()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[no-untyped-call]  # the library carries no types

    def validate(self, extra_validators: Any = None) -> bool:
        """Check all fields; a missing or expired token asks for one more tap."""
        passed = bool(super().validate(extra_validators))  # type: ignore[no-untyped-call]
        if "csrf_token" in self.errors:
            self["csrf_token"].errors = [
                _("Formulir ini terlalu lama terbuka. Isian Anda masih ada: tekan tombolnya sekali lagi.")
            ]
        return passed

    def validate_on_submit(self, extra_validators: Any = None) -> bool:
        """Whether the form was sent, and filled in as it should be."""
        return bool(self.is_submitted()) and self.validate(extra_validators)  # type: ignore[no-untyped-call]

    def accepted(self, work: Callable[[], object]) -> bool:
        """Whether `work` was done; a rule that says no is put at its field. Missing things stay missing."""
        try:
            work()
        except Missing:
            raise
        except Refused as refusal:
            self.refuse(refusal)
            return False
        return True

    def refuse(self, refusal: Refused) -> None:
        """Show the refusal at its field, or over the form where it names none."""
        if refusal.field and refusal.field in self:
            field = self[refusal.field]
            field.errors = [*field.errors, refusal.message]
        else:
            self.form_errors.append(refusal.message)

    @property
    def field_errors(self) -> dict[str, list[str]]:
        """Every field's messages as plain texts."""
        return {field.name: [str(message) for message in field.errors] for field in self if field.errors}

    @property
    def status(self) -> HTTPStatus:
        """The status of the page that shows this form."""
        if "csrf_token" in self.errors:
            return HTTPStatus.BAD_REQUEST
        return HTTPStatus.UNPROCESSABLE_ENTITY if self.errors else HTTPStatus.OK
