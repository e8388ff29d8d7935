"""What is published, for programs: rows, and the dictionary that says what each field means."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from flask import Response

from core.calendar import utc_text
from core.csv_files import csv_answer
from core.figures import decimal_string, half_up
from indicators.months.open_row import OpenLine
from indicators.published.gathering import Published
from indicators.published.series import PeriodRow, row_of
from indicators.sheet import ROWS, Indicator
from survey.elements import ELEMENT_NAMES
from survey.figures.results import Group, Scored
from survey.intervals import Interval
from survey.scores import ElementScore

Cell = str | int | bool | None
# What the element and the groups are called in the dictionary and in rows.
ELEMENT = "element"


@dataclass(frozen=True)
class Field:
    """A field: its type, its unit, and what it means in plain words."""

    name: str
    type: str
    unit: str
    meaning: str


ROW = (
    Field("month", "teks", "TTTT-BB", "Bulan; kosong bila masanya lebih panjang dari sebulan"),
    Field("provisional", "ya/tidak", "–", "Ya: angka masih dapat berubah; tidak: bulan sudah dikunci"),
    Field("ikm", "desimal", "25–100", "Indeks Kepuasan Masyarakat; kosong bila tidak ada penilaian"),
    Field("grade", "teks", "A, B, C, D", "Mutu pelayanan menurut Permenpan RB 14/2017"),
    Field("respondents", "bilangan", "orang", "Penilaian lengkap yang dihitung"),
    Field("received", "bilangan", "laporan", "Laporan ketertiban sah yang diterima dalam masa itu (WIB)"),
    Field("settled", "bilangan", "laporan", "Dari laporan itu, yang selesai pada akhir masa"),
    Field("percent_settled", "desimal", "%", "settled ÷ received × 100; kosong bila tidak ada laporan"),
    Field("period", "teks", "TTTT-BB, TTTT-TWn, TTTT-Sn, TTTT", "Bulan, triwulan, semester, atau tahun"),
    Field("interval95_low", "desimal", "25–100", "Batas bawah rentang 95 % dari IKM"),
    Field("interval95_high", "desimal", "25–100", "Batas atas rentang 95 % dari IKM"),
    Field("version", "bilangan", "–", "Versi bulan yang dikunci; kosong: belum dikunci"),
    Field("as_of", "waktu", "UTC", "Semua yang tercatat sampai saat itu ikut dihitung"),
    Field("locked_months", "teks", "TTTT-BB …", "Bulan yang sudah dikunci di dalam masa ini"),
    Field("iku1_documents", "desimal", "dokumen", "IKU 1: dokumen organisasi yang disahkan, dari empat"),
    Field("iku2_ikm", "desimal", "25–100", "IKU 2: Indeks Kepuasan Masyarakat yang dipakai kantor"),
    Field("iku2_source", "teks", "–", "Asal IKU 2: own, survei ini (sama dengan ikm); sukma-e, indeks SUKMA-E"),
    Field("iku3_welfare", "desimal", "%", "IKU 3: kegiatan pemberdayaan yang terlaksana dari yang direncanakan"),
    Field("iku4_settlement", "desimal", "%", "IKU 4: laporan ketertiban yang selesai; sama dengan percent_settled"),
    Field("iku5_sakip", "desimal", "0–100", "IKU 5: nilai evaluasi SAKIP terbaru tahun itu"),
    Field("iku6_programme", "desimal", "%", "IKU 6: indikator program yang tercapai"),
)
MORE = (
    Field("weight", "teks", "pecahan", "Bobot setiap unsur"),
    Field("ikm_exact_weight", "desimal", "25–100", "IKM dengan bobot 1/9, bila kantor memakai bobot lain"),
    Field("all.ikm", "desimal", "25–100", "IKM dengan semua penilaian, juga yang dikeluarkan sesudah ditinjau"),
    Field("all.respondents", "bilangan", "orang", "Semua penilaian lengkap"),
    Field("excluded", "bilangan", "orang", "Penilaian yang dikeluarkan petugas bernama dengan alasan"),
    Field("verified.ikm", "desimal", "25–100", "IKM dari penilaian dengan bukti kunjungan; kosong: terlalu sedikit"),
    Field("verified.respondents", "bilangan", "orang", "Penilaian yang terbukti ada kunjungannya"),
    Field("service_users", "bilangan", "orang", "Pemakai layanan masa itu; kosong: tidak diketahui"),
    Field("sample_needed", "bilangan", "orang", "Responden yang diperlukan (Krejcie–Morgan); kosong: tidak diketahui"),
    Field("response_rate", "desimal", "%", "respondents ÷ service_users × 100"),
    Field("elements", "daftar", "–", "Sembilan unsur: key, nrr (1–4), index (25–100), grade, rank (1 terbaik)"),
    Field("groups", "daftar", "–", "Rincian: group, code, name, respondents, ikm, grade, hidden"),
    Field("held", "bilangan", "laporan", "Laporan yang masih ditahan untuk ditinjau; ikut dihitung"),
    Field("indicators", "daftar", "–", "Enam IKU: number, key, name, unit, value, target, achievement, predicate"),
    Field("groups_told", "ya/tidak", "–", "Tidak: rincian tidak diumumkan karena bulan di dalamnya sudah dikunci"),
)
GROUP_ROW = (
    Field("period", "teks", "TTTT-BB, …", "Masa"),
    Field("group", "teks", "–", "Dirinci menurut apa: service, section, sex, age_band, …, element"),
    Field("code", "teks", "–", "Kode kelompok; kosong: tidak diisi"),
    Field("name", "teks", "–", "Nama kelompok"),
    Field("respondents", "bilangan", "orang", "Kosong bila disembunyikan"),
    Field("ikm", "desimal", "25–100", "IKM kelompok; untuk unsur NRR × 25"),
    Field("grade", "teks", "A, B, C, D", "Mutu"),
    Field("interval95_low", "desimal", "25–100", "Batas bawah rentang 95 %"),
    Field("interval95_high", "desimal", "25–100", "Batas atas rentang 95 %"),
    Field("hidden", "ya/tidak", "–", "Ya: kurang dari 10 orang, atau supaya kelompok kecil tidak dapat dihitung"),
    Field("version", "bilangan", "–", "Versi bulan yang dirinci, dapat lebih lama daripada yang terbaru"),
)
CHANGE_ROW = (
    Field("at", "waktu", "UTC", "Kapan berlaku atau dicatat"),
    Field("kind", "teks", "lock, setting, edition", "Bulan dikunci, cara menghitung diubah, atau kuesioner berganti"),
    Field("subject", "teks", "–", "Bulan, kode pengaturan, atau kode kuesioner"),
    Field("version", "bilangan", "–", "Versi bulan yang dikunci"),
    Field("by", "teks", "–", "Jabatan yang memutuskan; nama tidak diumumkan"),
    Field("reason", "teks", "–", "Alasan versi baru"),
    Field("approved_at", "waktu", "UTC", "Kapan Camat menyetujui; kosong: belum"),
    Field("valid_from", "teks", "TTTT-BB", "Bulan pertama yang dihitung dengan cara ini"),
    Field("changes", "daftar", "–", "Yang berubah: field, before, after"),
)


def month_row(row: PeriodRow) -> dict[str, Cell]:
    """One period, in the columns of ROW. Provisional until the month is locked; a longer period always is."""
    counts = row.settlement
    return {
        "month": str(row.period) if row.period.length == 1 else None,
        "provisional": row.version is None,
        "ikm": decimal_string(row.index.value),
        "grade": row.index.grade,
        "respondents": row.index.respondents,
        "received": counts.received,
        "settled": counts.settled,
        "percent_settled": decimal_string(counts.percent),
        "period": str(row.period),
        **_interval(row.interval95),
        "version": row.version,
        "as_of": moment(row.as_of),
        "locked_months": " ".join(row.locked_months) or None,
        "iku2_source": "sukma-e" if row.is_outside else "own",
        **{column_of(key): decimal_string(value) for key, value in row.values.items()},
    }


def column_of(indicator: Indicator) -> str:
    """What an indicator's value is called in rows."""
    return f"iku{ROWS[indicator].number}_{indicator.value}"


def moment(at: datetime | None) -> str | None:
    """For programs, in UTC."""
    return utc_text(at) if at else None


def whole(found: Published) -> dict[str, object]:
    """Everything that is published of a period."""
    figures = found.figures
    return {
        **period_row(found),
        "weight": str(figures.weight),
        "ikm_exact_weight": decimal_string(figures.exact),
        "all": _short(figures.everything),
        "excluded": figures.excluded,
        "verified": _short(found.verified),
        "service_users": figures.population,
        "sample_needed": figures.sample_needed,
        "response_rate": None if figures.response_rate is None else str(half_up(figures.response_rate * 100, 2)),
        "elements": [_element(each) for each in figures.whole.elements],
        "groups": list(group_rows(found)),
        "held": found.row.held,
        "indicators": [_indicator(line) for line in found.row.lines],
        "groups_told": bool(found.groups),
    }


def period_row(found: Published) -> dict[str, Cell]:
    """The period in the columns of ROW."""
    lock = found.lock
    row = row_of(found.row, lock.as_of, lock.number) if lock else row_of(found.row, found.figures.as_of)
    return month_row(replace(row, locked_months=sorted(found.locked_months or ())))


def group_rows(found: Published) -> Iterator[dict[str, Cell]]:
    """One row for each group and element, in the columns of GROUP_ROW."""
    period, version = str(found.figures.period), found.told_version
    for kind, groups in found.groups.items():
        for group in groups:
            about = {"period": period, "group": str(kind), "code": group.code, "name": group.name}
            yield {**about, **_group(group), "version": version}
    for each in found.figures.whole.elements:
        row = _element(each)
        whose = {"period": period, "group": ELEMENT, "code": row["key"], "name": row["name"], "grade": row["grade"]}
        people, version = found.figures.whole.respondents, found.lock.number if found.lock else None
        yield {**whose, "respondents": people, "ikm": row["index"], "hidden": False, "version": version}


def as_csv(name: str, fields: Sequence[Field], rows: Iterable[Mapping[str, Cell]]) -> Response:
    """A file of this name with these columns; what a row does not say is empty."""
    names = [field.name for field in fields]
    return csv_answer(name, names, ([row.get(name) for name in names] for row in rows))


def dictionary() -> dict[str, list[dict[str, str]]]:
    """What each field means, for programs."""
    tables = {"rows": ROW, "more": MORE, "groups": GROUP_ROW, "changes": CHANGE_ROW}
    return {name: [asdict(field) for field in fields] for name, fields in tables.items()}


def _group(group: Group) -> dict[str, Cell]:
    scored = group.scored
    return {
        "respondents": scored.respondents if scored else None,
        "ikm": decimal_string(scored.index) if scored else None,
        "grade": scored.grade if scored else None,
        **_interval(scored.interval95 if scored else None),
        "hidden": scored is None,
    }


def _element(value: ElementScore) -> dict[str, Cell]:
    return {
        "key": value.key.value,
        "name": ELEMENT_NAMES[value.key],
        "nrr": decimal_string(value.nrr),
        "index": decimal_string(value.index),
        "grade": value.grade,
        "rank": value.rank,
    }


def _indicator(line: OpenLine) -> dict[str, Cell]:
    sheet, result = ROWS[line.indicator], line.result
    return {
        "number": sheet.number,
        "key": sheet.key.value,
        "name": sheet.name,
        "unit": sheet.unit,
        "value": decimal_string(result.value),
        "target": decimal_string(line.target),
        "achievement": decimal_string(result.achievement),
        "predicate": result.predicate_label,
    }


def _short(scored: Scored | None) -> dict[str, Cell]:
    if scored is None:
        return {"ikm": None, "respondents": None}
    return {"ikm": decimal_string(scored.index), "respondents": scored.respondents}


def _interval(interval: Interval | None) -> dict[str, Cell]:
    low, high = interval or (None, None)
    return {"interval95_low": decimal_string(low), "interval95_high": decimal_string(high)}
