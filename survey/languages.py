"""The languages residents can read the survey in: which the office offers, which one is spoken now, and its words.

The screens are Indonesian and Indonesian texts are the catalogs' keys. Madurese has no locale in Babel, so catalogs are
found by our own codes and the locale stays Indonesian throughout (docs/adr/0020-languages.md).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from io import BytesIO
from urllib.parse import urlencode

from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, current_app, g, has_request_context, request
from flask_babel import Domain
from sqlalchemy.orm import Session

from core import clock
from core.calendar import long_date, wib_day
from core.config import ROOT
from core.db import reader
from offices import settings
from offices.current import current_office
from offices.kept import kept
from offices.models import Office

INDONESIAN = "id"
ASKED = "bahasa"  # the part of an address that says which language
SPEAKING = ("/survei/", "/k/", "/api/v1/ratings")  # addresses whose answers speak other languages, too
CATALOGS = ROOT / "survey" / "translations"
DRAFT_NOTE = "Terjemahan percobaan: belum diperiksa penutur aslinya."
SOURCE = NullTranslations()


@dataclass(frozen=True)
class Language:
    """A language by the name it has for itself; `is_draft` until the office has had its words checked."""

    code: str
    name: str
    is_draft: bool = False


LANGUAGES: Mapping[str, Language] = {
    each.code: each
    for each in (
        Language(INDONESIAN, "Indonesia"),
        Language("en", "English"),
        Language("jv", "Jawa", is_draft=True),
        Language("mad", "Madhurâ", is_draft=True),
    )
}


@dataclass(frozen=True)
class Way:
    """A link to the page one is on, in another language or (`is_current`) the same."""

    language: Language
    url: str
    is_current: bool


def offered(session: Session, office: Office, day: date) -> Sequence[Language]:
    """The languages to choose from on a WIB day, Indonesian first."""

    def read() -> tuple[Language, ...]:
        values = settings.in_force(session, office.id, day)
        codes = {INDONESIAN, *settings.translations(values["languages"])}
        return tuple(language for code, language in known(values).items() if code in codes)

    return kept(office, ("languages", day), read)


def known(values: Mapping[str, str]) -> Mapping[str, Language]:
    """All languages by their codes, by the texts of all settings: one that the office has had checked is no draft."""
    checked = settings.translations(values["checked_languages"])
    return {code: replace(each, is_draft=each.is_draft and code not in checked) for code, each in LANGUAGES.items()}


def spoken() -> str:
    """The code of the language this request is answered in."""
    return _language().code


def speak(language: Language) -> None:
    """Answer this request in a language, whatever was asked for and is offered."""
    g.language = language


def _language() -> Language:
    if not has_request_context():
        return LANGUAGES[INDONESIAN]
    if "language" not in g:
        speak(LANGUAGES[INDONESIAN])  # for any word that is needed on the way
        if request.path.startswith(SPEAKING):
            speak(_asked_for())
    language: Language = g.language
    return language


def _asked_for() -> Language:
    """The language asked for, where it is offered. Asks no database for the one that needs no asking."""
    code = request.args.get(ASKED, "")
    if code not in LANGUAGES or code == INDONESIAN or g.get("database_down"):
        return LANGUAGES[INDONESIAN]
    return {each.code: each for each in _offered_here()}.get(code, LANGUAGES[INDONESIAN])


def _offered_here() -> Sequence[Language]:
    """What the office offers whose point or page this is."""
    return offered(reader(), current_office(), wib_day(clock.now()))


def ways() -> Sequence[Way]:
    """Links to the same page in each language; none where there is no choice, or where a link would lose something."""
    if not request.path.startswith(SPEAKING) or request.method != "GET":
        return ()
    choice = _offered_here()
    return [Way(each, _address_in(each), each.code == spoken()) for each in choice if len(choice) > 1]


def _address_in(language: Language) -> str:
    return "?" + urlencode(request.args.to_dict() | {ASKED: language.code})


def draft_note() -> str:
    """What to say of a language that is a draft, in Indonesian; "" where it is none."""
    return DRAFT_NOTE if _language().is_draft else ""


def spoken_date(day: date) -> str:
    """A day in words. Javanese and Madurese name the months as Indonesian does."""
    return format_date(day, "d MMMM y", locale="en") if spoken() == "en" else long_date(day)


@cache
def catalog(code: str) -> NullTranslations:
    """The words of a language, put together from its .po file on first use."""
    if code == INDONESIAN:
        return SOURCE
    packed = BytesIO()
    with (CATALOGS / f"{code}.po").open("rb") as file:
        write_mo(packed, read_po(file))
    packed.seek(0)
    return Translations(packed)


class SpokenDomain(Domain):
    """Finds catalogs by our own codes, and not by locale."""

    def get_translations(self) -> NullTranslations:
        """The words of the language that is spoken now."""
        return catalog(spoken())


def keep_language(endpoint: str, values: dict[str, object]) -> None:
    """Let every link between pages that speak another language keep it."""
    if spoken() != INDONESIAN and endpoint in current_app.view_functions:
        rules = current_app.url_map.iter_rules(endpoint)
        if any(rule.rule.startswith(SPEAKING) for rule in rules):
            values.setdefault(ASKED, spoken())


def in_language(path: str) -> str:
    """An address of ours that was put together elsewhere, in the language that is spoken."""
    if spoken() == INDONESIAN:
        return path
    return f"{path}{'&' if '?' in path else '?'}{urlencode({ASKED: spoken()})}"


def init_languages(app: Flask) -> None:
    """Put our catalogs behind every word; after Babel."""
    app.extensions["babel"].instance.domain_instance = SpokenDomain()  # type: ignore[no-untyped-call]  # it carries no types
    app.url_defaults(keep_language)
    app.jinja_env.globals.update(spoken=spoken, language_ways=ways, draft_note=draft_note)
    app.jinja_env.filters.update(spoken_date=spoken_date, in_language=in_language)
