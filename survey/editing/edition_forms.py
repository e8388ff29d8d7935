"""Forms of the questionnaire editions."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, TypedDict

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired

from core.forms import HouseForm, Words, line, one_line
from survey.editing.queries import Listed
from survey.editions import Translation
from survey.languages import INDONESIAN, LANGUAGES
from survey.questionnaire import ANSWERS, Question

LONGEST_NAME = 120
LONGEST_CODE = 40
LONGEST_QUESTION = 300
LONGEST_LABEL = 80
OTHERS = tuple(code for code in LANGUAGES if code != INDONESIAN)
UNFINISHED = _l("Lengkapi pertanyaan dan keempat jawabannya, atau kosongkan semuanya.")


class EditionValues(TypedDict):
    """An edition's name and first WIB day."""

    name: str
    starts_on: date


class TranslationValues(TypedDict):
    """A question's words in other languages; their keys are filled in by whoever knows the question's."""

    translations: Sequence[Translation]


class QuestionValues(TranslationValues):
    """A question's words, in Indonesian and other languages."""

    text: str
    labels: tuple[str, ...]


class EditionForm(HouseForm):
    """The name and the first day of an edition that has not started."""

    name = line(_l("Nama edisi"), LONGEST_NAME, _l("belum diisi."))
    starts_on = DateField(_l("Mulai berlaku"), validators=[InputRequired(_l("belum diisi."))])

    def values(self) -> EditionValues:
        """The keywords of the service functions."""
        return {"name": self.name.data or "", "starts_on": self.starts_on.data}


class NewEditionForm(EditionForm):
    """An edition that does not exist yet: its code, and whose questions it begins with."""

    code = line(_l("Kode"), LONGEST_CODE, _l("belum diisi."))
    source = SelectField(_l("Salin pertanyaan dari"), validators=[DataRequired(_l("belum dipilih."))])

    def offer(self, editions: Sequence[Listed]) -> None:
        """Set the editions to copy from."""
        self.source.choices = [SelectChoice(each.code, f"{each.name} ({each.code})") for each in editions]


class TranslationsForm(HouseForm):
    """A question and its four answers in other languages; `translations_form` makes the class."""

    def validate(self, extra_validators: Any = None) -> bool:
        """Check all fields; a translation is whole, or not there."""
        passed = super().validate(extra_validators)
        for language in OTHERS:
            words = self._words(language)
            if any(words) and not all(words):
                self[f"{language}_text"].errors = [*self[f"{language}_text"].errors, str(UNFINISHED)]
                passed = False
        return passed

    def translations(self) -> TranslationValues:
        """The keywords of `translating.correct`, but for the question."""
        whole = {language: words for language in OTHERS if all(words := self._words(language))}
        found = [Translation("", language, text, tuple(rest)) for language, (text, *rest) in whole.items()]
        return {"translations": found}

    def _words(self, language: str) -> list[str]:
        return [self[name].data or "" for name in _names(language)]


class WordsForm(TranslationsForm):
    """The same with the Indonesian words; `question_form` makes the class."""

    # Set once somebody has been told that the Indonesian words changed and a translation did not.
    told = HiddenField()

    def follows(self, earlier: Mapping[str, str]) -> bool:
        """Whether the translations were looked at when the Indonesian words changed; asks once, then takes the word
        of whoever types. `earlier` is what stood in the fields.
        """
        changed = {
            code for code in LANGUAGES if any((self[name].data or "") != earlier.get(name, "") for name in _names(code))
        }
        left = [LANGUAGES[code].name for code in OTHERS if code not in changed and any(self._words(code))]
        if INDONESIAN not in changed or not left or self.told.data:
            return True
        self.told.data = "1"
        words = _(
            "Kata-kata Indonesianya berubah, terjemahannya (%(names)s) belum. Sesuaikan atau kosongkan; "
            "kalau masih cocok, simpan sekali lagi.",
            names=", ".join(left),
        )
        self.form_errors.append(words)
        return False

    def values(self) -> QuestionValues:
        """The keywords of the service functions, but for the question's key or element."""
        text, *labels = self._words(INDONESIAN)
        return {"text": text, "labels": tuple(labels), **self.translations()}


def _names(language: str) -> list[str]:
    """The names of a language's five fields: the question, then the answers."""
    return [f"{language}_text", *(f"{language}_{answer}" for answer in ANSWERS)]


@cache
def question_form() -> type[WordsForm]:
    """The form class with five fields a language; only the Indonesian ones must be filled in."""
    members = _fields(INDONESIAN, _l("belum diisi.")) | _translations()
    return type("QuestionForm", (WordsForm,), members)


@cache
def translations_form() -> type[TranslationsForm]:
    """The form class with five fields for each language but Indonesian."""
    return type("QuestionTranslationsForm", (TranslationsForm,), _translations())


def _translations() -> dict[str, object]:
    return {name: field for language in OTHERS for name, field in _fields(language).items()}


def _fields(language: str, missing: object = "") -> dict[str, object]:
    """A language's five fields by their names; `missing` is what to say of an empty one, "" where it may stay so."""
    text, *labels = _names(language)
    needed = [DataRequired(missing)] if missing else []
    question = TextAreaField(_l("Pertanyaan"), filters=[one_line], validators=[Words(LONGEST_QUESTION), *needed])
    answers = {
        name: line(_l("Jawaban %(number)s", number=number), LONGEST_LABEL, missing)
        for number, name in enumerate(labels, 1)
    }
    return {text: question, **answers}


def shown(question: Question | None, translations: Mapping[str, Translation]) -> dict[str, str]:
    """What stands in the form's fields to begin with."""
    known: dict[str, Question | Translation] = {**translations, **({INDONESIAN: question} if question else {})}
    return {
        name: words
        for language, found in known.items()
        for name, words in zip(_names(language), (found.text, *found.labels), strict=True)
    }


def groups(form: TranslationsForm) -> list[tuple[str, str, list[Any], bool]]:
    """The other languages' fields: (code, the language's name, the fields, whether any of them holds something)."""
    return [
        (language, LANGUAGES[language].name, [form[name] for name in _names(language)], _is_open(form, language))
        for language in OTHERS
    ]


def _is_open(form: TranslationsForm, language: str) -> bool:
    return any(form[name].data or form[name].errors for name in _names(language))
