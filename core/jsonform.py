"""JSON bodies made into form data, so that programs meet the same rules as people."""

import json
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from http import HTTPStatus

from flask import Request, abort
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from core.problems import problem

JsonObject = Mapping[str, object]
Errors = dict[str, list[str]]
FormData = MultiDict[str, str]
# Far beyond the longest honest report.
LARGEST_JSON = 2 * 1024 * 1024
LARGEST_PLAIN = 10**6  # beyond this a number may have more digits than memory
NO_TEXT = _l("Harus berupa teks.")
NO_NUMBER = _l("Harus berupa angka, tanpa tanda kutip.")
NO_FLAG = _l("Harus true atau false.")


def read_object(request: Request) -> JsonObject:
    """The JSON object in the request's body, its broken numbers as Decimal; else a problem document is raised.

    Only `application/json` is taken: a foreign page can't send that behind a visitor's back.
    """
    if not request.is_json:
        abort(problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, _("Kirim JSON dengan Content-Type: application/json.")))
    body = request.get_data()
    if len(body) > LARGEST_JSON:
        abort(problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _("Kiriman terlalu besar.")))
    try:
        data = json.loads(body.decode(), parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_object)
    except (ValueError, ArithmeticError, RecursionError):
        abort(problem(HTTPStatus.BAD_REQUEST, _("Isi kiriman bukan JSON (UTF-8) yang dapat dibaca.")))
    if not isinstance(data, dict):
        abort(problem(HTTPStatus.UNPROCESSABLE_ENTITY, _("Isi kiriman harus sebuah objek JSON.")))
    return data


def as_form(
    data: JsonObject,
    *,
    texts: Collection[str] = (),
    numbers: Collection[str] = (),
    flags: Collection[str] = (),
    group: str = "",
) -> tuple[FormData, Errors]:
    """The named members as form data, and the errors of those of another type, by member.

    A null or absent member is a field left empty, a true flag is "1", members that nobody named are ignored.
    `group` names the object inside `data` that holds the members, as in {"answers": {"waktu": 3}}.
    """
    if group:
        data, errors = _group(data, group)
    else:
        errors = {}
    form = FormData()
    for names, wanted, words in (
        (texts, (str,), NO_TEXT),
        (numbers, (int, Decimal), NO_NUMBER),
        (flags, (bool,), NO_FLAG),
    ):
        _take(data, names, wanted, words, form, errors)
    return form, errors


def merged(parts: Iterable[tuple[FormData, Errors]]) -> tuple[FormData, Errors]:
    """Several results of `as_form` as one."""
    form, errors = FormData(), Errors()
    for part, faults in parts:
        form.update(part)
        errors.update(faults)
    return form, errors


def _group(data: JsonObject, name: str) -> tuple[JsonObject, Errors]:
    inner = data.get(name)
    if inner is None:
        return {}, {}
    if isinstance(inner, dict):
        return inner, {}
    return {}, {name: [_("Harus berupa objek JSON.")]}


def _take(
    data: JsonObject,
    names: Collection[str],
    wanted: tuple[type, ...],
    words: object,
    form: FormData,
    errors: Errors,
) -> None:
    for name in names:
        value = data.get(name)
        if value is None:
            continue
        # Exact types: in Python, true is also the number 1.
        if type(value) not in wanted:
            errors[name] = [str(words)]
        elif value is not False:
            form[name] = "1" if value is True else _written(value)


def _written(value: object) -> str:
    """As a form would hold it. JSON knows one kind of number: 3.0 is 3."""
    if isinstance(value, Decimal) and abs(value) < LARGEST_PLAIN and value == int(value):
        return str(int(value))
    return str(value)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A member written twice has no one meaning."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a member is written twice")
    return found


def _no_number(word: str) -> object:
    """NaN and Infinity are not JSON."""
    raise ValueError(word)
