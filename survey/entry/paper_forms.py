"""Forms of the desk's paper pages: a pile, one form of it, and what stands on the paper where two readings differ."""

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, Field, Form, HiddenField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional, StopValidation

from core.forms import HouseForm, Words, line, tidy
from survey.entry.paper import PileValues
from survey.entry.paper_terms import INCOMPLETE, SUGGESTION, Given
from survey.forms import NAMES, RESPONDENT
from survey.questionnaire import LONGEST_SUGGESTION, Question, Questionnaire

EDITIONS_KEPT = 16  # form classes
LONGEST_REASON = 300
PER_FORM = SelectChoice("", _l("Tertulis di setiap formulir"))  # type: ignore[arg-type]  # put into words when it is shown
NO_POINT = SelectChoice("", _l("Tidak dicatat"))  # type: ignore[arg-type]  # as above
Pairs = Collection[tuple[str, str]]


class Needed:
    """A validator: something must be chosen, unless the form is marked as incomplete."""

    field_flags: ClassVar = {"required": True}

    def __call__(self, form: Form, field: Field) -> None:
        """Stop where nothing was chosen."""
        if field.raw_data and field.raw_data[0]:
            return
        field.errors = []  # type: ignore[assignment]  # a list while it is validated
        raise StopValidation("" if form[INCOMPLETE].data else _("belum dipilih."))


class BeginForm(HouseForm):
    """A pile: what its forms have in common."""

    edition = SelectField(_l("Edisi kuesioner"), validators=[InputRequired(_l("belum dipilih."))])
    day = DateField(_l("Hari pengisian"), validators=[InputRequired(_l("belum diisi."))])
    service = SelectField(_l("Layanan"), default="")
    point = SelectField(_l("Titik"), default="")

    def offer(self, editions: Pairs, services: Pairs, points: Pairs) -> None:
        """Set what there is to choose from: codes and names."""
        self.edition.choices = [SelectChoice(code, name) for code, name in editions]
        self.service.choices = [PER_FORM, *(SelectChoice(code, name) for code, name in services)]
        self.point.choices = [NO_POINT, *(SelectChoice(code, name) for code, name in points)]

    def values(self) -> PileValues:
        """Typed values; only after `validate`."""
        return PileValues(
            edition_code=self.edition.data,
            service_code=self.service.data or None,
            point_code=self.point.data or None,
            day=self.day.data,
        )


class DiscardForm(HouseForm):
    """Why a pile is thrown away."""

    reason = line(_l("Alasan"), LONGEST_REASON, _l("belum diisi."))


class SheetForm(HouseForm):
    """One form of paper; `sheet_form_for` makes the class that has the questions."""

    questionnaire: ClassVar[Questionnaire]
    was = HiddenField(default="")  # the digest of the reading on the page; "" for a new form
    service = RadioField(_l("Layanan"), validators=[Needed()])

    def offer(self, services: Pairs | None) -> None:
        """Set the services to choose from; None: the whole pile has the same."""
        if services is None:
            del self.service
        else:
            self.service.choices = [SelectChoice(code, name) for code, name in services]

    def ask_only(self, names: Collection[str]) -> None:
        """Leave out the fields in which nothing is to be found any more."""
        for name in self.read_names:
            if name not in names:
                delattr(self, name)

    @property
    def read_names(self) -> Sequence[str]:
        """The fields that are read off the paper, in their order."""
        return [field.name for field in self if field.name not in {"csrf_token", "was", INCOMPLETE}]

    @property
    def question_names(self) -> Sequence[str]:
        """Those of them that are questions, in their order."""
        return [name for name in self.questionnaire.keys if name in self]

    @property
    def numbers(self) -> Mapping[str, int]:
        """The numbers that the questions have on the paper."""
        return {key: number for number, key in enumerate(self.questionnaire.keys, 1)}

    @property
    def about_names(self) -> Sequence[str]:
        """Those of them that are about the respondent."""
        return [name for name in RESPONDENT if name in self]

    def given(self) -> Given:
        """What was read; only after `validate`."""
        return Given(bool(self[INCOMPLETE].data), {name: self[name].data or "" for name in self.read_names})


@lru_cache(EDITIONS_KEPT)
def sheet_form_for(questionnaire: Questionnaire) -> type[SheetForm]:
    """The form class with the edition's questions, then those about the respondent."""
    questions = {question.key: _question(question) for question in questionnaire.questions}
    about = {
        name: RadioField(
            label,
            choices=[*(SelectChoice(code.value, code.label) for code in codes), SelectChoice("", "–")],
            validators=[Optional()],
        )
        for name, (label, codes) in RESPONDENT.items()
    }
    rest = {
        SUGGESTION: TextAreaField(_l("Saran"), filters=[tidy], validators=[Words(LONGEST_SUGGESTION)], default=""),
        INCOMPLETE: BooleanField(_l("Tidak lengkap: ada jawaban yang kosong, ganda, atau tidak terbaca")),
    }
    return type("EditionSheetForm", (SheetForm,), {"questionnaire": questionnaire, **questions, **about, **rest})


def _question(question: Question) -> RadioField:
    return RadioField(
        NAMES[question.element],
        description=question.text,
        choices=[SelectChoice(str(answer), words) for answer, words in enumerate(question.labels, 1)],
        validators=[Needed()],
    )
