"""Chapters I and II of the report: why it was asked, and how."""

from collections.abc import Iterator, Sequence

from core.calendar import long_date
from core.figures import NO_FIGURE, half_up, printed
from offices.papers.document import Block, Cell, Column, Heading, Paragraph, Table, Tone
from survey.elements import ELEMENTS
from survey.figures.groups import Dimension
from survey.figures.results import Figures
from survey.reports import words
from survey.reports.material import Material
from survey.scores import DEFAULT_WEIGHT, GRADE_BANDS

# The NI intervals as the annex of Permenpan RB 14/2017 prints them, by the lowest index of the grade.
NI_BANDS = {"A": "3,5324–4,00", "B": "3,0644–3,532", "C": "2,60–3,064", "D": "1,00–2,5996"}


def introduction(material: Material) -> Iterator[Block]:
    """Chapter I."""
    office, period = material.letterhead.name, material.figures.period.long
    yield Heading(1, "BAB I PENDAHULUAN")
    yield Heading(2, "A. Latar belakang")
    yield Paragraph(
        f"Penyelenggara pelayanan publik wajib menanyakan pendapat masyarakat tentang pelayanannya secara berkala. "
        f"{office} melakukannya melalui Survei Kepuasan Masyarakat (SKM). Laporan ini menyajikan hasil survei "
        f"{period}: bagaimana masyarakat menilai pelayanan, unsur mana yang perlu diperbaiki lebih dahulu, dan apa "
        "yang akan dilakukan."
    )
    yield Heading(2, "B. Dasar")
    yield Paragraph("Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik.", Tone.POINT)
    yield Paragraph(
        "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi Nomor 14 Tahun 2017 tentang Pedoman "
        "Penyusunan Survei Kepuasan Masyarakat Unit Penyelenggara Pelayanan Publik.",
        Tone.POINT,
    )
    yield Heading(2, "C. Maksud dan tujuan")
    yield Paragraph("Mengetahui tingkat kepuasan masyarakat atas pelayanan, seluruhnya dan menurut unsur.", Tone.POINT)
    yield Paragraph("Menemukan unsur yang paling lemah, dan merencanakan perbaikannya.", Tone.POINT)
    yield Paragraph("Memberi tahu masyarakat apa hasil penilaian mereka.", Tone.POINT)
    yield Heading(2, "D. Ruang lingkup")
    yield Paragraph(_scope(material.figures))


def _scope(figures: Figures) -> str:
    if not figures.services:
        return "Pada periode ini belum ada layanan yang dinilai."
    names = "; ".join(each.name for each in figures.services)
    return f"Layanan yang dinilai pada periode ini: {names}."


def methods(material: Material) -> Iterator[Block]:
    """Chapter II."""
    figures = material.figures
    yield Heading(1, "BAB II METODOLOGI")
    yield Heading(2, "A. Waktu dan cara")
    yield Paragraph(
        f"Survei berlangsung dari {words.span(material)}. Responden adalah orang yang menerima pelayanan. Mereka "
        "mengisi kuesioner tanpa nama dan tanpa akun, lewat kode QR di tempat pelayanan, di layar kantor, dibantu "
        "petugas, atau di kertas. Satu kode kunjungan hanya berlaku untuk satu penilaian."
    )
    yield _channels(figures)
    yield Heading(2, "B. Kuesioner")
    yield Paragraph(
        "Kuesioner memuat sembilan unsur. Setiap pertanyaan mempunyai empat jawaban, bernilai 1 sampai 4; makin besar "
        "nilainya, makin baik pelayanannya. Bila satu unsur ditanyakan lebih dari sekali, jawabannya dirata-ratakan "
        "lebih dahulu di dalam unsur itu."
    )
    yield _elements()
    yield _editions(figures)
    yield Heading(2, "C. Responden dan sampel")
    yield _sample(figures)
    yield Paragraph(_sample_words(figures))
    yield from _arithmetic(figures)


def _channels(figures: Figures) -> Table:
    total = figures.whole.respondents
    rows: list[Sequence[Cell]] = [
        [group.name, group.scored.respondents, words.percent(group.scored.respondents, total)]
        for group in figures.groups.get(Dimension.SOURCE, ())
        if group.scored
    ]
    columns = [Column("Cara mengisi", 4), Column("Jumlah", 2, is_figure=True), Column("Persen", 2, is_figure=True)]
    return Table("Responden menurut cara mengisi", columns, rows, empty="Belum ada responden.")


def _elements() -> Table:
    columns = [Column("No"), Column("Unsur", 4), Column("Pertanyaan", 9)]
    rows = [[f"U{each.number}", each.name, each.question] for each in ELEMENTS]
    return Table("Unsur pelayanan dan pertanyaan dalam kuesioner baku", columns, rows)


def _editions(figures: Figures) -> Table:
    columns = [Column("Kuesioner", 5), Column("Berlaku sejak", 3), Column("Responden", 2, is_figure=True)]
    rows: list[list[Cell]] = [[each.name, long_date(each.starts_on), each.respondents] for each in figures.editions]
    return Table("Kuesioner yang dipakai pada periode ini", columns, rows, empty="Belum ada kuesioner yang diisi.")


def _sample(figures: Figures) -> Table:
    users = "belum diketahui" if figures.population is None else figures.population
    needed = "belum diketahui" if figures.sample_needed is None else figures.sample_needed
    rows: list[Sequence[Cell]] = [
        ["Responden yang dihitung", figures.whole.respondents],
        ["Pengguna layanan pada periode ini", users],
        ["Sampel yang dibutuhkan (Krejcie–Morgan)", needed],
        ["Tingkat respons", words.percent_words(figures.response_rate)],
        words.verified_row("Responden yang terbukti berkunjung", figures)[:2],
        ["Penilaian yang dikeluarkan petugas dengan alasan tertulis", figures.excluded],
    ]
    return Table("Responden dan sampel", [Column("Keterangan", 6), Column("Jumlah", 3, is_figure=True)], rows)


def _sample_words(figures: Figures) -> str:
    n = printed(figures.whole.respondents)
    if figures.is_missing_visits:
        return (
            f"Kunjungan yang tercatat lebih sedikit daripada {n} responden yang menilai, jadi banyaknya pengguna "
            "layanan belum diketahui dan kecukupan sampel belum dapat dinilai."
        )
    if figures.sample_needed is None:
        return f"Banyaknya pengguna layanan belum dicatat, jadi kecukupan {n} responden belum dapat dinilai."
    needed, users = printed(figures.sample_needed), printed(figures.population)
    if figures.is_sample_short:
        return f"Dari {users} pengguna layanan dibutuhkan {needed} responden. Yang ada {n}: {words.FEW}."
    return f"Dari {users} pengguna layanan dibutuhkan {needed} responden. Yang ada {n}: sampel mencukupi."


def _arithmetic(figures: Figures) -> Iterator[Block]:
    yield Heading(2, "D. Pengolahan data")
    yield Paragraph("Nilai rata-rata (NRR) unsur = jumlah nilai unsur ÷ jumlah responden.", Tone.POINT)
    yield Paragraph(f"NRR tertimbang = NRR × {figures.weight.printed}.", Tone.POINT)
    yield Paragraph("IKM = jumlah NRR tertimbang × 25.", Tone.POINT)
    yield Paragraph(
        f"Bobot setiap unsur dalam laporan ini: {figures.weight.printed}. Pembulatan dilakukan satu kali di akhir, "
        "sampai dua angka di belakang koma. Triwulan, semester, dan tahun dihitung dari semua respondennya, bukan "
        f"dari rata-rata bulan.{_other_weight(figures)}"
    )
    yield _bands()
    yield Heading(2, "E. Ketelitian")
    yield Paragraph(
        "Selang kepercayaan 95% menunjukkan seberapa jauh IKM dapat bergeser karena hanya sebagian pengguna layanan "
        "yang menjawab. Dua periode disebut naik atau turun hanya bila selang selisihnya (uji Welch) tidak memuat nol; "
        "kalau tidak, perubahannya belum terbukti. Kesembilan unsur diuji sekaligus (cara Holm): peluang ada satu saja "
        "yang keliru disebut naik atau turun paling banyak 5%. Selisih dihitung dari angka yang tercetak."
    )


def _other_weight(figures: Figures) -> str:
    if figures.weight == DEFAULT_WEIGHT:
        return ""
    exact = printed(figures.exact) if figures.exact is not None else NO_FIGURE
    return f" Dengan bobot 1/9 IKM-nya {exact}."


def _bands() -> Table:
    columns = [
        Column("Nilai"),
        Column("Interval NI", 3),
        Column("Interval IKM", 3),
        Column("Mutu"),
        Column("Kinerja", 2),
    ]
    rows = [
        [
            str(place),
            NI_BANDS[band.grade.value],
            f"{printed(half_up(band.lowest, 2))}–{printed(half_up(band.highest, 2))}",
            band.grade.value,
            band.grade.label,
        ]
        for place, band in enumerate(reversed(GRADE_BANDS), 1)
    ]
    return Table("Nilai, interval, mutu pelayanan, dan kinerja unit pelayanan", columns, rows)
