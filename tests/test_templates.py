"""Templates: they compile, nothing in them is unused or unsafe, and every word can be translated."""

import re
from collections.abc import Iterator
from functools import cache
from html import unescape

import pytest
from flask import Flask
from jinja2 import Environment, nodes

from core.config import ROOT

FOLDER = ROOT / "templates"
NAMES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*") if path.is_file())
PAGES = [name for name in NAMES if name.endswith(".html")]
# Shows every component whether or not a page uses it, so its uses don't count.
SHOWCASE = "gaya.html"
# Words that are the same in every language: units, names of formats, and the like.
UNTRANSLATED = {"WIB", "IKM", "IKU", "NRR", "PDF", "XLSX", "CSV", "JSON", "SVG", "PNG", "QR", "x"}
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
TRANSLATED = re.compile(r"\{%-?\s*trans\b.*?endtrans\s*-?%\}", re.DOTALL)
CODE = re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
SPOKEN_ATTRIBUTE = re.compile(r'\s(?:aria-label|title|alt|placeholder|data-label)="([^"]*)"')
# What a macro writes into the tag or the id of its caller.
ATTRIBUTE = re.compile(r'[\w-]+="[^"]*"|(?<!\w)-\w+')
STYLE_OR_HANDLER = re.compile(r"<[^>]*\s(style|on[a-z]+)\s*=", re.IGNORECASE)
STYLE_OR_SCRIPT = re.compile(r"<(style|script)\b([^>]*)>")
NONCE = 'nonce="{{ csp_nonce() }}"'

pages = pytest.mark.parametrize("name", PAGES)


@cache
def source(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


@cache
def parsed(name: str) -> nodes.Template:
    return Environment(autoescape=True, extensions=["jinja2.ext.i18n"]).parse(source(name))


@pytest.mark.parametrize("name", NAMES)
def test_it_compiles(app: Flask, name: str) -> None:
    assert app.jinja_env.get_template(name)


def test_no_macro_is_unused() -> None:
    made = {macro.name for name in PAGES for macro in parsed(name).find_all(nodes.Macro)}
    used = {name for page in PAGES if page != SHOWCASE for name in called_in(page)}
    assert made - used == set()


def called_in(page: str) -> Iterator[str]:
    for call in parsed(page).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name):
            yield call.node.name
        elif isinstance(call.node, nodes.Getattr):
            yield call.node.attr


@pages
def test_nothing_imported_is_unused(name: str) -> None:
    imports = (found for statement in parsed(name).find_all(nodes.FromImport) for found in statement.names)
    imported = {found if isinstance(found, str) else found[1] for found in imports}
    assert imported - set(called_in(name)) == set()


@pages
def test_nothing_escapes_escaping(name: str) -> None:
    assert [found.lineno for found in parsed(name).find_all(nodes.Filter) if found.name == "safe"] == []
    assert "autoescape" not in source(name)


@pages
def test_no_style_attribute_and_no_inline_handler(name: str) -> None:
    assert STYLE_OR_HANDLER.findall(JINJA.sub("", source(name))) == []


@pages
def test_style_and_script_inside_a_page_carry_its_nonce(name: str) -> None:
    for tag, attributes in STYLE_OR_SCRIPT.findall(source(name)):
        assert NONCE in attributes or (tag == "script" and "src=" in attributes), f"<{tag}{attributes}>"


@pages
def test_every_word_can_be_translated(name: str) -> None:
    assert [words for words in bare_words(source(name)) if set(words.split()) - UNTRANSLATED] == []


def bare_words(text: str) -> Iterator[str]:
    """Words that stand in the page as they are: between tags, and in attributes that are read aloud."""
    plain = JINJA.sub("", TRANSLATED.sub("", CODE.sub("", text)))
    for piece in [*TAG.split(plain), *SPOKEN_ATTRIBUTE.findall(plain)]:
        words = re.sub(r"[^\w\s]+", " ", unescape(ATTRIBUTE.sub("", piece))).strip()
        if re.search(r"[^\W\d_]", words):
            yield words


def test_a_bare_word_is_seen() -> None:
    text = '<p title="Judul">{{ _("baik") }} <b class="x">Halo &amp; {# apa #}</b></p><script>let a</script>'
    assert list(bare_words(text)) == ["Halo", "Judul"]
