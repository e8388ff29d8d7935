from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms import DateField, IntegerField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice

from core.errors import Missing, Refused
from core.forms import HouseForm, Words, line, tidy


class Note(HouseForm):
    class Meta(HouseForm.Meta):
        csrf = False

    title = line("Judul", 10, "Isi judul.")
    body = TextAreaField("Isi", filters=[tidy], validators=[Words(20)])


Filled = Callable[..., Note]


@pytest.fixture
def note(app: Flask) -> Filled:
    def filled(**typed: str) -> Note:
        with app.test_request_context("/", method="POST"):
            form = Note(MultiDict(typed))
            form.validate()
            return form

    return filled


def refused_with(refusal: Refused) -> Callable[[], object]:
    def work() -> object:
        raise refusal

    return work


def test_a_line_loses_its_spaces_and_line_ends(note: Filled) -> None:
    assert note(title="  dua \n kata ").title.data == "dua kata"


def test_a_text_keeps_its_lines(note: Filled) -> None:
    assert note(title="a", body=" satu\r\ndua ").body.data == "satu\ndua"


@pytest.mark.parametrize("text", ["a\0b", "a\x07", "\x1bc"])
def test_what_nobody_can_type_is_refused(note: Filled, text: str) -> None:
    assert note(title=text).errors == {"title": ["Ada tanda yang tidak dapat disimpan. Ketik ulang isian ini."]}


def test_the_limit_is_named(note: Filled) -> None:
    assert note(title="a" * 11).errors == {"title": ["Paling banyak 10 huruf; sekarang 11."]}


def test_what_is_missing_is_asked_for(note: Filled) -> None:
    assert note(title="  ").errors == {"title": ["Isi judul."]}


def test_a_refusal_stands_at_its_field(note: Filled) -> None:
    form = note(title="a")
    assert not form.accepted(refused_with(Refused("Sudah ada.", "title")))
    assert form.errors == {"title": ["Sudah ada."]}
    assert form.status == 422


def test_a_refusal_without_a_field_stands_over_the_form(note: Filled) -> None:
    form = note(title="a")
    assert not form.accepted(refused_with(Refused("Tidak boleh.")))
    assert form.form_errors == ["Tidak boleh."]


def test_a_missing_thing_stays_missing(note: Filled) -> None:
    with pytest.raises(Missing):
        note(title="a").accepted(refused_with(Missing("Tidak ada.")))


class Choices(HouseForm):
    class Meta(HouseForm.Meta):
        csrf = False

    kind = SelectField(choices=[SelectChoice("a", "A")])
    count = IntegerField()
    day = DateField()


def test_the_forms_library_speaks_indonesian(app: Flask) -> None:
    with app.test_request_context("/", method="POST"):
        form = Choices(MultiDict({"kind": "b", "count": "dua", "day": "kemarin"}))
        form.validate()
    assert form.errors == {
        "kind": ["Pilih salah satu dari daftar."],
        "count": ["Isi dengan angka."],
        "day": ["Isi tanggal, misalnya 2026-11-22."],
    }
