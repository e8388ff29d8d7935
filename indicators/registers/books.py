"""What each register is: its words, its columns, its form and its services."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from indicators.registers import activities, columns, documents, outside, programme, reviews
from indicators.registers.columns import Column
from indicators.registers.forms import (
    ActivityForm,
    DocumentForm,
    EntryForm,
    IndicatorForm,
    OutsideForm,
    RealisationForm,
    ReviewForm,
)
from indicators.registers.terms import Register


@dataclass(frozen=True)
class Book:
    """A register: `one` is one of its entries, `intro` says what it is for; `add` and `edit` are its services."""

    register: Register
    title: object
    one: object
    intro: object
    columns: Sequence[Column]
    form: type[EntryForm]
    add: Callable[..., object]
    edit: Callable[..., object]
    hints: Mapping[str, object] = field(default_factory=dict)
    evidence: object = _l("Foto atau PDF, paling besar 20 MB. Dibaca petugas saja.")

    @property
    def listed(self) -> list[Column]:
        """The columns of the list."""
        return [column for column in self.columns if column.is_listed]


DOCUMENTS = Book(
    Register.DOCUMENTS,
    _l("Dokumen organisasi"),
    _l("dokumen"),
    _l("IKU 1 menghitung berapa dari empat jenis dokumen yang sudah disetujui dan ada berkasnya."),
    (
        Column("kind", _l("Jenis"), _l("Jenis dokumen: lakip, rb, anjab, pelayanan_publik"), tell=columns.code),
        Column("title", _l("Judul dan nomor"), _l("Judul dan nomor dokumen")),
        Column("year", _l("Tahun"), _l("Tahun tempat dokumen dihitung"), is_listed=False, tell=columns.year),
        Column("dated", _l("Tanggal dokumen"), _l("Tanggal yang tertulis pada dokumen"), is_listed=False),
        Column("approved_on", _l("Disetujui"), _l("Hari disetujui; dihitung sejak hari itu. Kosong: belum")),
    ),
    DocumentForm,
    documents.add,
    documents.edit,
    {
        "title": _l("Misalnya: LAKIP Kecamatan 2026, 000.8/12/2026."),
        "approved_on": _l("Kosongkan bila belum disetujui. Dokumen dihitung sejak hari ini."),
    },
)
ACTIVITIES = Book(
    Register.ACTIVITIES,
    _l("Kegiatan pemberdayaan"),
    _l("kegiatan"),
    _l(
        "IKU 3 membandingkan kegiatan yang terlaksana dan ada buktinya dengan kegiatan yang direncanakan. "
        "Kegiatan dihitung pada bulan rencananya."
    ),
    (
        Column("name", _l("Kegiatan"), _l("Nama kegiatan")),
        Column("planned_on", _l("Direncanakan"), _l("Hari yang direncanakan: kegiatan dihitung pada bulannya")),
        Column("held_on", _l("Dilaksanakan"), _l("Hari pelaksanaan. Kosong: belum")),
        Column("village_code", _l("Desa"), _l("Kode Kemendagri desa. Kosong: seluruh kecamatan"), tell=columns.village),
        Column("place", _l("Tempat"), _l("Tempat pelaksanaan"), is_listed=False),
        Column("participants", _l("Peserta"), _l("Jumlah peserta"), is_number=True),
        Column("result", _l("Hasil"), _l("Hasil kegiatan"), is_listed=False),
    ),
    ActivityForm,
    activities.add,
    activities.edit,
    {
        "planned_on": _l("Kegiatan dihitung pada bulan ini, kapan pun akhirnya dilaksanakan."),
        "held_on": _l("Kosongkan bila belum dilaksanakan."),
        "result": _l("Satu atau dua kalimat: apa yang dicapai."),
    },
    _l("Daftar hadir, foto, atau laporan: gambar atau PDF, paling besar 20 MB. Tanpa bukti, kegiatan belum dihitung."),
)
REVIEWS = Book(
    Register.REVIEWS,
    _l("Evaluasi SAKIP"),
    _l("hasil evaluasi"),
    _l("IKU 5 memakai nilai evaluasi terbaru untuk tahun itu. Predikatnya mengikuti nilai."),
    (
        Column("reviewed_on", _l("Tanggal"), _l("Tanggal hasil evaluasi; dihitung sejak hari itu")),
        Column("score", _l("Nilai"), _l("Nilai 0–100"), is_number=True, tell=columns.score),
        Column("reviewer", _l("Penilai"), _l("Yang mengevaluasi")),
        Column("year", _l("Tahun"), _l("Tahun tempat nilai dihitung"), is_listed=False, tell=columns.year),
    ),
    ReviewForm,
    reviews.add,
    reviews.edit,
    {
        "score": _l("0 sampai 100, misalnya 78,50. Predikat (AA sampai D) mengikuti nilai."),
        "reviewer": _l("Misalnya: Inspektorat Kabupaten."),
        "year": _l("Tahun indikator yang memakai nilai ini."),
    },
    _l("Lembar hasil evaluasi: gambar atau PDF, paling besar 20 MB. Wajib."),
)
PROGRAMME = Book(
    Register.PROGRAMME,
    _l("Indikator program"),
    _l("indikator"),
    _l("IKU 6 menghitung berapa dari indikator program tahun itu yang sudah mencapai target menurut ukuran terakhir."),
    (
        Column("name", _l("Indikator"), _l("Nama indikator program")),
        Column("programme", _l("Program"), _l("Program")),
        Column("unit", _l("Satuan"), _l("Satuan target dan realisasi")),
        Column("target", _l("Target"), _l("Target setahun"), is_number=True),
        Column(
            "direction",
            _l("Arah"),
            _l("higher: makin tinggi makin baik; lower: makin rendah"),
            is_listed=False,
            tell=columns.code,
        ),
        Column("year", _l("Tahun"), _l("Tahun indikator"), is_listed=False, tell=columns.year),
    ),
    IndicatorForm,
    programme.add,
    programme.edit,
    {
        "programme": _l("Misalnya: Program Penyelenggaraan Pemerintahan dan Pelayanan Publik."),
        "unit": _l("Misalnya: persen, orang, desa, hari."),
        "target": _l("Misalnya 95 atau 12,5."),
        "year": _l("Tetap sesudah disimpan: realisasinya ikut tahun ini."),
    },
    _l("Misalnya perjanjian kinerja: gambar atau PDF, paling besar 20 MB. Dibaca petugas saja."),
)
REALISATIONS = Book(
    Register.REALISATIONS,
    _l("Realisasi indikator program"),
    _l("realisasi"),
    _l("Ukuran terbaru sampai akhir masa yang dibandingkan dengan target."),
    (
        Column("measured_on", _l("Diukur"), _l("Hari keadaan yang diukur")),
        Column("indicator_id", _l("Indikator"), _l("entry_id indikator programnya"), tell=columns.indicator),
        Column("value", _l("Realisasi"), _l("Nilai yang dicapai"), is_number=True),
        Column("year", _l("Tahun"), _l("Tahun indikator"), is_listed=False, tell=columns.year),
    ),
    RealisationForm,
    programme.measure,
    programme.remeasure,
    {"measured_on": _l("Hari keadaan yang diukur, dalam tahun indikatornya."), "value": _l("Misalnya 47 atau 12,5.")},
)
OUTSIDE = Book(
    Register.OUTSIDE,
    _l("Indeks SUKMA-E"),
    _l("indeks"),
    _l(
        "Indeks yang ditampilkan SUKMA-E milik provinsi, dicatat di samping indeks kami. "
        "Pengaturan menentukan mana yang menjadi IKU 2."
    ),
    (
        Column("period", _l("Masa"), _l("Masa: 2026-10, 2026-TW4, 2026-S2, atau 2026"), tell=columns.period),
        Column("value", _l("Indeks"), _l("Indeks 25–100"), is_number=True, tell=columns.two_places),
        Column("respondents", _l("Responden"), _l("Jumlah responden menurut SUKMA-E"), is_number=True),
        Column("seen_on", _l("Dilihat"), _l("Hari angka itu dilihat di SUKMA-E")),
        Column("year", _l("Tahun"), _l("Tahun masanya"), is_listed=False, tell=columns.year),
    ),
    OutsideForm,
    outside.add,
    outside.edit,
    {"value": _l("25 sampai 100, seperti tertulis di SUKMA-E, misalnya 82,10.")},
    _l("Tangkapan layar SUKMA-E: gambar atau PDF, paling besar 20 MB. Wajib."),
)
BOOKS: Mapping[Register, Book] = {
    book.register: book for book in (DOCUMENTS, ACTIVITIES, REVIEWS, PROGRAMME, REALISATIONS, OUTSIDE)
}
# Those with a list of their own; realisations stand with their indicators.
SHELF = tuple(book for book in BOOKS.values() if book is not REALISATIONS)


def evidence_words(*, lost: bool, book: Book) -> str:
    """What to say by the file's field; after an error that the file must be chosen again."""
    if lost:
        return f"{book.evidence} " + _("Pilih berkasnya sekali lagi: peramban tidak menyimpannya.")
    return str(book.evidence)
