"""Which column of somebody's sheet stands for what: guessed from the names, decided by a person."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from survey import cells
from survey.elements import ELEMENTS, OFFICIAL_ORDER, ElementKey
from survey.sheets import Edition

MOST_ABOVE = 20  # rows above the heading that are looked through
# In many questionnaires these two are asked the other way round, so a number alone does not tell them (domain.md).
SWAPPED = (ElementKey.PENGADUAN, ElementKey.SARANA)
ABOUT: Mapping[str, tuple[str, str]] = {
    "date": (
        "Tanggal",
        r"date|(tanggal|tgl)( (isi|pengisian|survei))?|timestamp|(cap|stempel) waktu|waktu (pengisian|survei)|hari",
    ),
    "service": ("Layanan", r"service|(jenis |nama )?(layanan|pelayanan)( yang (anda )?(diterima|diurus))?|keperluan"),
    "sex": ("Jenis kelamin", r"(sex|gender|jenis kelamin|kelamin|jk)( l p| p l)?|l p|p l"),
    "age_band": ("Umur", r"age ?band|umur|usia|kelompok (umur|usia)"),
    "education": ("Pendidikan", r"education|pendidikan( terakhir)?"),
    "occupation": ("Pekerjaan", r"occupation|pekerjaan( utama)?"),
    "suggestion": ("Saran", r"suggestion|(kritik|saran|masukan)( (dan|atau) (kritik|saran|masukan))*|komentar"),
    "edition": ("Edisi", r"edition|edisi"),
    "excluded": ("Dikeluarkan dari indeks", r"excluded|dikeluarkan( dari indeks)?"),
}
# A word that tells an element, wherever it stands in a heading.
TELLING: Mapping[ElementKey, str] = {
    ElementKey.PERSYARATAN: r"persyaratan|syarat",
    ElementKey.PROSEDUR: r"prosedur|mekanisme",
    ElementKey.WAKTU: r"waktu|kecepatan",
    ElementKey.BIAYA: r"biaya|tarif",
    ElementKey.PRODUK: r"produk|spesifikasi",
    ElementKey.KOMPETENSI: r"kompetensi|kemampuan",
    ElementKey.PERILAKU: r"perilaku|kesopanan|keramahan|sopan|ramah",
    ElementKey.PENGADUAN: r"pengaduan|aduan",
    ElementKey.SARANA: r"sarana|prasarana|fasilitas",
}
NUMBER = re.compile(r"(?:u|unsur|p|q|pertanyaan|soal) ?([1-9])")


@dataclass(frozen=True)
class Target:
    """What a column may stand for; `is_needed`: no row can count without it."""

    name: str
    label: str
    is_needed: bool


def targets(editions: Sequence[Edition]) -> list[Target]:
    """The questions of all editions, the newest edition's order first, then what is told about a respondent."""
    names = {element.key: f"U{element.number} {element.name}" for element in ELEMENTS}
    shared = set.intersection(*(set(each.columns) for each in editions))
    found: dict[str, Target] = {}
    for edition in editions:
        for question in edition.questionnaire.questions:
            several = question.key != question.element
            label = f"{names[question.element]}: {question.text}" if several else names[question.element]
            found.setdefault(question.key, Target(question.key, label, question.key in shared))
    about = [Target(name, label, is_needed=False) for name, (label, _pattern) in ABOUT.items()]
    return [*found.values(), *about]


def heading_row(rows: Sequence[Sequence[str]], known: Sequence[Target]) -> int:
    """Which row (1 is the first) looks most like the heading: it names most of what we know, or else is the first
    with more than one cell.
    """
    scores = [len(guess(row, (), known)) for row in rows[:MOST_ABOVE]]
    if any(scores):
        return scores.index(max(scores)) + 1
    return next((place for place, row in enumerate(rows[:MOST_ABOVE], 1) if sum(map(bool, row)) > 1), 1)


def guess(heading: Sequence[str], rows: Sequence[Sequence[str]], known: Sequence[Target]) -> dict[str, int]:
    """The column (0 is the first) of each target that a name tells; `rows` below the heading help where none does."""
    plain = [_plain(name) for name in heading]
    if set("123456789") <= set(plain):
        plain = [f"u{name}" if name.isdecimal() else name for name in plain]
    found: dict[str, int] = {}
    for tells in (_exactly, _about, _by_number, _by_word):
        for place, name in enumerate(plain):
            target = tells(name) if name and place not in found.values() else None
            if target in {each.name for each in known} - found.keys():
                found[str(target)] = place
    if not found.keys() & set(OFFICIAL_ORDER):
        found |= _nine_in_a_row(rows, set(found.values()))
    return found


def _exactly(name: str) -> str | None:
    names = {_plain(element.name): element.key for element in ELEMENTS} | {key.value: key for key in OFFICIAL_ORDER}
    return names.get(name) or name.replace(" ", "_")


def _about(name: str) -> str | None:
    return next((target for target, (_label, pattern) in ABOUT.items() if re.fullmatch(pattern, name)), None)


def _by_number(name: str) -> str | None:
    """U1 to U7 in the regulation's order; the last two are left to a person."""
    number = NUMBER.fullmatch(name)
    element = OFFICIAL_ORDER[int(number[1]) - 1] if number else None
    return None if element in SWAPPED else element


def _by_word(name: str) -> str | None:
    """The element whose word comes first: headings are often the whole question."""
    if name.startswith(("nama", "nomor", "no ")):
        return None
    places = {
        key: match.start() for key, words in TELLING.items() if (match := re.search(rf"\b({words})(nya)?\b", name))
    }
    return min(places, key=lambda key: places[key], default=None)


def _nine_in_a_row(rows: Sequence[Sequence[str]], taken: set[int]) -> dict[str, int]:
    """Nine columns that hold nothing but answers are the elements in the regulation's order, but for the last two."""
    width = min((len(row) for row in rows), default=0)
    answers = [place for place in range(width) if place not in taken and all(_is_answer(row[place]) for row in rows)]
    if len(answers) != len(OFFICIAL_ORDER):
        return {}
    return {key.value: place for key, place in zip(OFFICIAL_ORDER, answers, strict=True) if key not in SWAPPED}


def _is_answer(cell: str) -> bool:
    return cell in cells.ANSWER_OF


def _plain(name: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9_]+", " ", name.lower()).split())
