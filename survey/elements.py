"""The official questionnaire and the respondent's attributes, as data."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from core.errors import Refused


class ElementKey(StrEnum):
    """The nine elements of Permenpan RB 14/2017, in the order reports print them.

    Many questionnaires ask the last two the other way round, so answers are kept by
    key and the number is for display only.
    """

    PERSYARATAN = "persyaratan"
    PROSEDUR = "prosedur"
    WAKTU = "waktu"
    BIAYA = "biaya"
    PRODUK = "produk"
    KOMPETENSI = "kompetensi"
    PERILAKU = "perilaku"
    PENGADUAN = "pengaduan"
    SARANA = "sarana"


OFFICIAL_ORDER = tuple(ElementKey)
LOWEST_ANSWER, HIGHEST_ANSWER = 1, 4


@dataclass(frozen=True)
class Element:
    """One element; `labels` are the words of the answers 1, 2, 3 and 4."""

    key: ElementKey
    name: str
    question: str
    labels: tuple[str, str, str, str]

    @property
    def number(self) -> int:
        """1 to 9 as reports print it (U1…U9)."""
        return OFFICIAL_ORDER.index(self.key) + 1


ELEMENTS = (
    Element(
        ElementKey.PERSYARATAN,
        "Persyaratan",
        "Bagaimana pendapat Saudara tentang kesesuaian persyaratan pelayanan dengan jenis pelayanannya?",
        ("Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai"),
    ),
    Element(
        ElementKey.PROSEDUR,
        "Sistem, Mekanisme, dan Prosedur",
        "Bagaimana pemahaman Saudara tentang kemudahan prosedur pelayanan di unit ini?",
        ("Tidak mudah", "Kurang mudah", "Mudah", "Sangat mudah"),
    ),
    Element(
        ElementKey.WAKTU,
        "Waktu Penyelesaian",
        "Bagaimana pendapat Saudara tentang kecepatan waktu dalam memberikan pelayanan?",
        ("Tidak cepat", "Kurang cepat", "Cepat", "Sangat cepat"),
    ),
    Element(
        ElementKey.BIAYA,
        "Biaya/Tarif",
        "Bagaimana pendapat Saudara tentang kewajaran biaya/tarif dalam pelayanan?",
        ("Sangat mahal", "Cukup mahal", "Murah", "Gratis"),
    ),
    Element(
        ElementKey.PRODUK,
        "Produk Spesifikasi Jenis Pelayanan",
        "Bagaimana pendapat Saudara tentang kesesuaian produk pelayanan antara yang "
        "tercantum dalam standar pelayanan dengan hasil yang diberikan?",
        ("Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai"),
    ),
    Element(
        ElementKey.KOMPETENSI,
        "Kompetensi Pelaksana",
        "Bagaimana pendapat Saudara tentang kompetensi/kemampuan petugas dalam pelayanan?",
        ("Tidak kompeten", "Kurang kompeten", "Kompeten", "Sangat kompeten"),
    ),
    Element(
        ElementKey.PERILAKU,
        "Perilaku Pelaksana",
        "Bagaimana pendapat Saudara tentang perilaku petugas dalam pelayanan terkait kesopanan dan keramahan?",
        (
            "Tidak sopan dan ramah",
            "Kurang sopan dan ramah",
            "Sopan dan ramah",
            "Sangat sopan dan ramah",
        ),
    ),
    Element(
        ElementKey.PENGADUAN,
        "Penanganan Pengaduan, Saran, dan Masukan",
        "Bagaimana pendapat Saudara tentang penanganan pengaduan pengguna layanan?",
        (
            "Tidak ada",
            "Ada tetapi tidak berfungsi",
            "Berfungsi kurang maksimal",
            "Dikelola dengan baik",
        ),
    ),
    Element(
        ElementKey.SARANA,
        "Sarana dan Prasarana",
        "Bagaimana pendapat Saudara tentang kualitas sarana dan prasarana?",
        ("Buruk", "Cukup", "Baik", "Sangat baik"),
    ),
)
ELEMENT_NAMES = {each.key: each.name for each in ELEMENTS}


def parse_order(text: str) -> tuple[ElementKey, ...]:
    """The elements behind columns u1…u9, from nine keys with commas; else Refused."""
    names = [name.strip().lower() for name in text.split(",")]
    fault = _order_fault(names)
    if fault:
        raise Refused(f"{fault} Tulis kesembilan unsur: {','.join(OFFICIAL_ORDER)}")
    return tuple(ElementKey(name) for name in names)


def _order_fault(names: Sequence[str]) -> str | None:
    """What is wrong in words, or None."""
    counts = Counter(names)
    unknown = [name for name in counts if name not in OFFICIAL_ORDER]
    if unknown:
        return f"Unsur “{unknown[0][:40]}” tidak dikenal."
    repeated = [name for name, times in counts.items() if times > 1]
    if repeated:
        return f"Unsur “{repeated[0]}” tertulis lebih dari sekali."
    missing = [key for key in OFFICIAL_ORDER if key not in counts]
    return f"Unsur “{missing[0]}” belum tertulis." if missing else None


class Labelled(StrEnum):
    """A stored code with the Indonesian words for it: `CODE = "code", "Words"`."""

    _value_: str
    label: str

    def __new__(cls, code: str, label: str = "") -> Self:
        """Makes a member. The default is for type checkers, which read Sex("male") as this call."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member


class Sex(Labelled):
    """Jenis kelamin."""

    MALE = "male", "Laki-laki"
    FEMALE = "female", "Perempuan"


class AgeBand(Labelled):
    """Umur, in whole years."""

    UNDER_20 = "under20", "Di bawah 20 tahun"
    TWENTIES = "20s", "20–29 tahun"
    THIRTIES = "30s", "30–39 tahun"
    FORTIES = "40s", "40–49 tahun"
    FIFTIES = "50s", "50–59 tahun"
    FROM_60 = "60plus", "60 tahun ke atas"


class Education(Labelled):
    """Pendidikan terakhir."""

    SD = "sd", "SD ke bawah"
    SLTP = "sltp", "SLTP"
    SLTA = "slta", "SLTA"
    DIPLOMA = "diploma", "D1–D3–D4"
    S1 = "s1", "S1"
    S2 = "s2", "S2 ke atas"


class Occupation(Labelled):
    """Pekerjaan utama."""

    CIVIL_SERVICE = "pns-tni-polri", "PNS/TNI/Polri"
    PRIVATE = "swasta", "Pegawai swasta"
    SELF_EMPLOYED = "wirausaha", "Wirausaha"
    FARMER = "petani", "Petani"
    TRADER = "pedagang", "Pedagang"
    STUDENT = "pelajar", "Pelajar/mahasiswa"
    OTHER = "lainnya", "Lainnya"
