"""Forms of the desk: one a move, with exactly the fields that its row in the table asks for."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, HiddenField, MultipleFileField, RadioField, SelectField, TextAreaField
from wtforms.validators import Optional, ValidationError

from complaints import workflow
from complaints.desk.ready_answers import FILLS
from complaints.models import Category
from complaints.pictures.proof_fields import Attached, Explanations, evidence_of
from complaints.terms import EXCLUSION_LABELS, MOVE_LABELS, NEED_WORDS, Exclusion, Move, Need
from complaints.workflow import EXCLUSION_NEEDS, MAY_BRING, RULES, Details
from core.errors import Conflict, Refused
from core.forms import HouseForm, Words, line, tidy
from offices.access import signed_in
from offices.models import Staff

LONG = 2000
SHORT = 200
NUMBER = 30


def asked_by(move: Move) -> tuple[frozenset[Need], frozenset[Need]]:
    """What a move always asks for, and what it asks for with one of its exclusions, or may bring."""
    always = frozenset[Need]().union(*(rule.needs for rule in RULES if rule.move is move))
    with_kind = frozenset[Need]().union(*EXCLUSION_NEEDS.values()) if move is Move.EXCLUDE else frozenset[Need]()
    return always, with_kind | MAY_BRING.get(move, frozenset())


def _text(label: object) -> TextAreaField:
    return TextAreaField(label, filters=[tidy], validators=[Words(LONG)])


FOR_STAFF = _l("Dibaca petugas saja.")
FOR_RESIDENT = _l("Dibaca pelapor ketika melacak laporannya. Jangan tulis nama orang.")
HINTS = {
    Need.FIRST_REPORT: _l("Misalnya TRB-2026-00001."),
    Need.HANDED_OVER_TO: _l("Instansi yang berwenang dan sudah menerima laporan ini."),
    Need.ACTION: FOR_STAFF,
    Need.ANSWER: FOR_RESIDENT,
    Need.REASON: FOR_STAFF,
    Need.QUESTION: FOR_RESIDENT,
    Need.NOTE: FOR_STAFF,
    Need.CATEGORY: _l("Tenggat penyelesaian dihitung ulang sejak laporan masuk, dan perubahannya dicatat."),
}


# Asked for by a settling, each in its own way.
BESIDE = frozenset({Need.PROOF, Need.EXPLANATION})
ONLY_SETTLING = ("photos", "is_shown", "account")


def _with_days(category: Category) -> str:
    return _("%(name)s (%(days)s hari kerja)", name=category.name, days=category.settle_days)


def _value(kind: Callable[[str], object]) -> Callable[[object], object]:
    """Text to a value of this kind; None while nothing is chosen: the table says whether it must be."""
    return lambda value: kind(str(value)) if value else None


class MoveForm(HouseForm):
    """What an officer fills in to make `move`; a field that it doesn't ask for is not there."""

    version = HiddenField()
    # Who wrote it: a settling may wait on a phone that others use, too.
    account = HiddenField(default=lambda: str(signed_in().id))
    exclusion = RadioField(_l("Mengapa tidak dihitung?"), coerce=_value(Exclusion), validators=[Optional()])
    first_report = line(_l("Nomor laporan yang lebih dulu masuk"), NUMBER)
    handed_over_to = line(_l("Diserahkan kepada"), SHORT)
    assignee = SelectField(_l("Petugas"), coerce=_value(UUID), validators=[Optional()])
    action = _text(_l("Tindakan yang sudah dilakukan"))
    answer = _text(_l("Jawaban untuk warga"))
    question = _text(_l("Pertanyaan untuk pelapor"))
    note = _text(_l("Catatan"))
    category = SelectField(_l("Jenis yang benar"), default="", validators=[Optional()])
    reason = _text(_l("Alasan"))
    photos = MultipleFileField(_l("Foto bukti"))
    record_number = line(_l("Nomor berita acara"), SHORT)
    explanations = Explanations(_l("Temuan pada foto bukti"), LONG)
    is_shown = BooleanField(_l("Perlihatkan foto bukti kepada pelapor"))

    def __init__(
        self, move: Move, officers: Sequence[Staff] = (), categories: Sequence[Category] = (), **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.move = move
        self.category.choices = [("", _("Pilih jenisnya")), *((row.code, _with_days(row)) for row in categories)]
        self.came_late = False
        self.proofs: Sequence[Attached] = ()
        self.is_late = False
        self.exclusion.choices = [(kind.value, _(label)) for kind, label in EXCLUSION_LABELS.items()]
        self.assignee.choices = [("", _("Pilih petugas")), *((str(who.id), who.name) for who in officers)]
        self._keep_what_is_asked()

    def _keep_what_is_asked(self) -> None:
        """Drop the rest. Several of these forms stand on one page, so every field gets an id of its own."""
        always, sometimes = asked_by(self.move)
        for need in Need:
            if need not in always | sometimes:
                self._fields.pop(need.value, None)
            else:
                self[need.value].flags.required = need not in BESIDE | MAY_BRING.get(self.move, frozenset())
                self[need.value].description = self._hint(need)
        if self.move is not Move.SETTLE:
            for name in ONLY_SETTLING:
                del self._fields[name]
        for field in self:
            field.id = field.label.field_id = f"{self.move.value}-{field.name}"

    def _hint(self, need: Need) -> object:
        """Why a report goes no further is the one reason that its resident reads."""
        return FOR_RESIDENT if (self.move, need) == (Move.EXCLUDE, Need.REASON) else HINTS.get(need, "")

    @property
    def title(self) -> str:
        """The words on the button."""
        return _(MOVE_LABELS[self.move])

    @property
    def asked(self) -> list[Field]:
        """The fields to fill in."""
        return [field for field in self if field.name in set(Need)]

    @property
    def plain(self) -> list[Field]:
        """Those of them that are drawn one like the other."""
        return [field for field in self.asked if field.name not in BESIDE]

    def only_for(self, field: Field) -> str:
        """The kind of exclusion with which alone the field is asked; "" where that is all the same."""
        if self.move is not Move.EXCLUDE or field.name in asked_by(self.move)[0]:
            return ""
        return next(kind.value for kind, needs in EXCLUSION_NEEDS.items() if field.name in needs)

    @property
    def asks(self) -> bool:
        """Whether the move must bring something, so that its button alone won't do."""
        return any(field.flags.required for field in self.asked)

    @property
    def filled(self) -> str:
        """The field that a ready answer goes into; "" where the move has none."""
        return FILLS[self.move].value if self.move in FILLS else ""

    def begin(self, text: str) -> None:
        """Put a ready answer into its field; one for an exclusion is for what goes to another agency."""
        self[self.filled].data = text
        if self.move is Move.EXCLUDE:
            self.exclusion.data = Exclusion.OUT_OF_AUTHORITY

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields and all that the table says is missing, at once."""
        passed = super().validate(extra_validators)
        details = self.details()
        lacking = {need for rule in RULES if rule.move is self.move for need in workflow.missing(rule, details)}
        if self.is_late:
            lacking -= BESIDE
        for need in lacking:
            field = self[need.value]
            field.errors = field.errors or [_(NEED_WORDS[need])]
        return passed and not lacking

    def details(self) -> Details:
        """What was typed, for the service."""
        details = Details(**{field.name: field.data for field in self.asked})
        return replace(
            details, evidence=evidence_of(self.proofs), is_shown=self.move is Move.SETTLE and self.is_shown.data
        )

    def is_fresh(self) -> bool:
        """Whether the form carries a token that still holds, and was written by whoever is signed in."""
        token = self._fields.get("csrf_token")
        return self._is_own() and (token is None or bool(token.validate(self)))

    def _is_own(self) -> bool:
        return "account" not in self or self.account.data == str(signed_in().id)

    def validate_account(self, field: HiddenField) -> None:
        """Take nothing in another's name; once it has been shown to whoever is signed in, it is theirs to send."""
        if not self._is_own():
            field.data = str(signed_in().id)
            raise ValidationError(
                _("Isian ini ditulis dengan akun lain. Bila ini pekerjaan Anda, tekan tombolnya sekali lagi.")
            )

    def seen(self) -> int:
        """The version of the report that the officer saw; 0 where the form doesn't say."""
        text = self.version.data or ""
        return int(text) if text.isdecimal() and len(text) < SHORT else 0

    def refuse(self, refusal: Refused) -> None:
        """Show the refusal; after a Conflict the form has come late."""
        super().refuse(refusal)
        self.came_late = self.came_late or isinstance(refusal, Conflict)

    def look_again(self, version: int) -> None:
        """From now on the form is about the report as it is shown now."""
        self.version.data = str(version)
        self.version.raw_data = None

    @property
    def status(self) -> HTTPStatus:
        """The status of the page that shows this form."""
        return HTTPStatus.CONFLICT if self.came_late else super().status

    @property
    def typed(self) -> list[tuple[str, str]]:
        """What was typed, by label, to be shown where the form itself can't be."""
        texts = [(field.label.text, field.data) for field in self.asked if isinstance(field.data, str)]
        if self.move is Move.SETTLE:
            texts += [(self.explanations.label.text, text) for text in self.explanations.data.values()]
        return [(label, text) for label, text in texts if text]
