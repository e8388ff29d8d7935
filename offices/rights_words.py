"""The table of rights in words, for the page that prints it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from offices import rights
from offices.rights import Action, Reach
from offices.roles import LABELS, Role

WORDS: Mapping[Action, object] = {
    Action.OWN_ACCOUNT: _l("Mengatur akun sendiri"),
    Action.OWN_DESK: _l("Mengatur kabar dan kalender sendiri"),
    Action.SEE_STYLE: _l("Melihat contoh tampilan"),
    Action.READ_CASES: _l("Membaca dan mencetak laporan warga, tanpa identitas pelapor"),
    Action.EXPORT_CASES: _l("Mengunduh daftar laporan dan langkahnya"),
    Action.HANDLE_CASES: _l(
        "Menangani laporan dan permintaan membetulkan data: menerima, menugaskan, menjawab, menyelesaikan"
    ),
    Action.SEE_CORRECTIONS: _l("Melihat permintaan membetulkan data dan batas waktunya"),
    Action.SEE_IDENTITY: _l("Melihat siapa pelapornya, dengan alasan yang tercatat"),
    Action.OVERSEE_CASES: _l("Mengawasi penanganan: temuan, kinerja petugas, siapa melihat identitas"),
    Action.CHECK_CHAIN: _l("Memeriksa rantai peristiwa laporan"),
    Action.OPEN_ATTACHMENTS: _l("Membuka lampiran register dan pindaian formulir"),
    Action.READ_SURVEY: _l("Membaca hasil survei"),
    Action.ENTER_RATINGS: _l("Memasukkan penilaian: bantu isi, kertas, jumlah kunjungan"),
    Action.REVIEW_RATINGS: _l("Meninjau penilaian yang meragukan"),
    Action.HANDLE_SUGGESTIONS: _l("Menangani saran warga"),
    Action.KEEP_PLANS: _l("Mengurus rencana tindak lanjut survei"),
    Action.EXPORT_RATINGS: _l("Mengunduh data per responden"),
    Action.READ_SUMMARY: _l("Membaca ringkasan bulanan dan catatannya"),
    Action.READ_REGISTERS: _l("Membaca register"),
    Action.ANSWER_DOCUMENTS: _l("Menjawab untuk IKU 1 (dokumen): catatan dan register"),
    Action.ANSWER_IKM: _l("Menjawab untuk IKU 2 (IKM): catatan"),
    Action.ANSWER_WELFARE: _l("Menjawab untuk IKU 3 (pemberdayaan): catatan dan register"),
    Action.ANSWER_SETTLEMENT: _l("Menjawab untuk IKU 4 (penyelesaian laporan): catatan"),
    Action.ANSWER_SAKIP: _l("Menjawab untuk IKU 5 (SAKIP): catatan dan register"),
    Action.ANSWER_PROGRAMME: _l("Menjawab untuk IKU 6 (program): catatan dan register"),
    Action.FILL_FOR_ALL: _l("Mengisi semua catatan dan register"),
    Action.CHECK_NOTES: _l("Menyatakan catatan sudah diperiksa"),
    Action.LOCK_MONTH: _l("Mengunci bulan"),
    Action.APPROVE_MONTH: _l("Menyetujui bulan yang dikunci"),
    Action.RECOUNT_MONTH: _l("Menghitung ulang bulan"),
    Action.SET_TARGETS: _l("Menetapkan target"),
    Action.MANAGE_OFFICE: _l("Mengubah aturan kantor"),
    Action.MANAGE_MASTER_DATA: _l("Mengubah titik QR, layanan, jenis laporan, hari libur, rute, jawaban siap"),
    Action.MANAGE_ACCOUNTS: _l("Membuat dan menutup akun"),
    Action.MANAGE_SURVEY: _l("Mengubah kuesioner"),
    Action.IMPORT_RATINGS: _l("Mengimpor penilaian lama"),
    Action.MANAGE_SYSTEMS: _l("Mengurus kiriman, hitungan malam, dan webhook"),
    Action.KEEP_PRIVACY: _l("Mengurus pelindungan data pribadi"),
    Action.SEE_HEALTH: _l("Melihat kesehatan sistem"),
    Action.READ_RIGHTS: _l("Melihat halaman ini"),
    Action.READ_TRAIL: _l("Membaca jejak"),
    Action.OVERSEE_REGENCY: _l("Membandingkan semua kecamatan, tanpa satu laporan pun"),
}
GROUPS: Sequence[tuple[object, Sequence[Action]]] = (
    (
        _l("Laporan warga"),
        (
            Action.READ_CASES,
            Action.EXPORT_CASES,
            Action.HANDLE_CASES,
            Action.SEE_CORRECTIONS,
            Action.SEE_IDENTITY,
            Action.OVERSEE_CASES,
            Action.CHECK_CHAIN,
        ),
    ),
    (
        _l("Survei"),
        (
            Action.READ_SURVEY,
            Action.ENTER_RATINGS,
            Action.REVIEW_RATINGS,
            Action.HANDLE_SUGGESTIONS,
            Action.KEEP_PLANS,
            Action.EXPORT_RATINGS,
        ),
    ),
    (
        _l("Ringkasan bulanan"),
        (
            Action.READ_SUMMARY,
            Action.READ_REGISTERS,
            Action.OPEN_ATTACHMENTS,
            Action.ANSWER_DOCUMENTS,
            Action.ANSWER_IKM,
            Action.ANSWER_WELFARE,
            Action.ANSWER_SETTLEMENT,
            Action.ANSWER_SAKIP,
            Action.ANSWER_PROGRAMME,
            Action.FILL_FOR_ALL,
            Action.CHECK_NOTES,
            Action.LOCK_MONTH,
            Action.APPROVE_MONTH,
            Action.RECOUNT_MONTH,
            Action.SET_TARGETS,
            Action.OVERSEE_REGENCY,
        ),
    ),
)
REST = _l("Kantor dan akun")
# Many roles in few words.
ALL: Mapping[frozenset[Role], object] = {
    frozenset(Role): _l("Semua akun"),
    rights.holders(Action.OWN_DESK): _l("Semua petugas kantor"),
}


@dataclass(frozen=True)
class Line:
    """An action in words, and who may do it."""

    words: object
    people: str


@dataclass(frozen=True)
class Part:
    """Actions that belong together."""

    name: object
    lines: Sequence[Line]


def parts(sections: Mapping[str, str]) -> list[Part]:
    """The whole table, `sections` by their keys; what no group names stands in the last."""
    grouped = {action for _name, actions in GROUPS for action in actions}
    rest = tuple(action for action in Action if action not in grouped)
    return [Part(name, [_line(action, sections) for action in actions]) for name, actions in (*GROUPS, (REST, rest))]


def _line(action: Action, sections: Mapping[str, str]) -> Line:
    people = [_person(role, action, sections) for role in Role if rights.allowed(role, action)]
    if action in rights.SECTIONS:
        return Line(WORDS[action], "; ".join(people))
    return Line(WORDS[action], str(ALL.get(rights.holders(action), "; ".join(people))))


def _person(role: Role, action: Action, sections: Mapping[str, str]) -> str:
    if rights.reach(role, action) is not Reach.SECTION or role in rights.SECTION_OF:
        return LABELS[role]
    names = [name for key, name in sections.items() if key in rights.SECTIONS[action]]
    return _("%(role)s (hanya %(sections)s)", role=LABELS[role], sections=", ".join(names))
