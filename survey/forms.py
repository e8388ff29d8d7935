"""The rating form: made for an edition's questions, the same for pages and programs."""

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any, ClassVar, TypedDict, TypeVar
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from core.forms import HouseForm, SubmissionField, Words, tidy
from survey import opened
from survey.elements import ELEMENTS, AgeBand, Education, Labelled, Occupation, Sex
from survey.languages import INDONESIAN, spoken
from survey.questionnaire import LONGEST_SUGGESTION, Question, Questionnaire

SENT_ALONG = {"csrf_token", "visit", "opened"}
EDITIONS_KEPT = 64  # form classes; an office has one or two editions in force, in up to four languages
NAMES = {element.key: _l(element.name) for element in ELEMENTS}
CHOOSE = SelectChoice("", _l("Pilih layanan"))  # type: ignore[arg-type]  # put into words when it is shown
RESPONDENT: dict[str, tuple[object, type[Labelled]]] = {
    "sex": (_l("Jenis kelamin"), Sex),
    "age_band": (_l("Umur"), AgeBand),
    "education": (_l("Pendidikan terakhir"), Education),
    "occupation": (_l("Pekerjaan utama"), Occupation),
}
Code = TypeVar("Code", bound=Labelled)


class RatingValues(TypedDict):
    """The form's values, as `service.rate` takes them."""

    submission_id: UUID
    service_code: str
    answers: dict[str, int]
    sex: Sex | None
    age_band: AgeBand | None
    education: Education | None
    occupation: Occupation | None
    suggestion: str


class OpenedField(HiddenField):
    """When the blank page was made, signed; None when a sent form doesn't say."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Never a fresh stamp in the place of none: it would mean that filling in took no time."""
        self.data = valuelist[0] if valuelist else None


class RatingForm(HouseForm):
    """One respondent's answers; `form_for` makes the class that has the questions."""

    questionnaire: ClassVar[Questionnaire]
    submission_id = SubmissionField()
    # Which edition's questions were on the page.
    edition = HiddenField()
    # A visit's code, and when the blank page was made, signed: a rating is never refused for them.
    visit = HiddenField()
    opened = OpenedField(default=opened.stamp)  # type: ignore[no-untyped-call]  # the library carries no types
    service = SelectField(_l("Layanan yang Anda terima"), validators=[InputRequired(_l("Pilih layanannya."))])

    def offer(self, services: Collection[tuple[str, str]]) -> None:
        """Set the services to choose from: code and name."""
        names = {} if spoken() == INDONESIAN else {"lang": INDONESIAN}
        self.service.choices = [CHOOSE, *(SelectChoice(code, name, dict(names)) for code, name in services)]

    def validate(self, extra_validators: Any = None) -> bool:
        """Check all fields; one that is filled in twice has no one meaning."""
        passed = super().validate(extra_validators)
        passed = self._asks_what_was_asked() and passed
        for field in self:
            if len(field.raw_data or ()) > 1 and field.name not in SENT_ALONG:
                field.errors = [_("Terisi dua kali. Pilih satu saja.")]
                passed = False
        return passed

    def _asks_what_was_asked(self) -> bool:
        """Whether the page had this edition's questions (programs don't say)."""
        if (self.edition.data or self.questionnaire.code) == self.questionnaire.code:
            return True
        self.edition.data = self.questionnaire.code
        self.form_errors.append(_("Pertanyaannya baru saja diganti. Periksa jawaban Anda, lalu kirim lagi."))
        return False

    def values(self) -> RatingValues:
        """Typed values; only after `validate`."""
        given = self.data
        return RatingValues(
            submission_id=given["submission_id"],
            service_code=given["service"],
            answers={key: int(given[key]) for key in self.questionnaire.keys},
            sex=_code(Sex, given["sex"]),
            age_band=_code(AgeBand, given["age_band"]),
            education=_code(Education, given["education"]),
            occupation=_code(Occupation, given["occupation"]),
            suggestion=given["suggestion"],
        )


@lru_cache(EDITIONS_KEPT)
def form_for(questionnaire: Questionnaire) -> type[RatingForm]:
    """The form class with the edition's questions, then those about the respondent."""
    questions = {question.key: _question(question) for question in questionnaire.questions}
    about = {name: _attribute(label, codes) for name, (label, codes) in RESPONDENT.items()}
    suggestion = TextAreaField(
        _l("Saran atau masukan"), filters=[tidy], validators=[Words(LONGEST_SUGGESTION)], default=""
    )
    members = {"questionnaire": questionnaire, **questions, **about, "suggestion": suggestion}
    return type("EditionForm", (RatingForm,), members)


def _question(question: Question) -> RadioField:
    return RadioField(
        NAMES[question.element],
        description=question.text,
        choices=[SelectChoice(str(answer), words) for answer, words in enumerate(question.labels, 1)],
        validators=[InputRequired(_l("Pilih satu jawaban."))],
    )


def _attribute(label: object, codes: type[Labelled]) -> SelectField:
    options = [SelectChoice("", "–"), *(SelectChoice(code.value, _words(code)) for code in codes)]
    return SelectField(label, choices=options, default="")


def _words(code: Labelled) -> str:
    return _l(code.label)  # type: ignore[return-value]  # put into words when it is shown


def _code(codes: type[Code], text: str) -> Code | None:
    return codes(text) if text else None
