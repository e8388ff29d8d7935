"""The audit trail: who changed, opened or took along what, in the transaction of the change (docs/adr/0037)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from core.ids import uuid7
from offices import audit_chain, left_open
from offices.points import Purpose
from offices.roles import LABELS

# What each action is called on the page.
ACTIONS: Mapping[str, object] = {
    "office.add": _l("Kantor ditambah"),
    "office.villages": _l("Desa dipasang"),
    "service.add": _l("Layanan ditambah"),
    "service.edit": _l("Layanan diubah"),
    "point.add": _l("Titik ditambah"),
    "point.edit": _l("Titik diubah"),
    "category.add": _l("Jenis laporan ditambah"),
    "category.edit": _l("Jenis laporan diubah"),
    "ready_answer.add": _l("Jawaban siap ditambah"),
    "ready_answer.edit": _l("Jawaban siap diubah"),
    "ready_answer.remove": _l("Jawaban siap dihapus"),
    "holiday.add": _l("Cuti bersama ditambah"),
    "holiday.edit": _l("Hari libur diubah"),
    "holiday.fill": _l("Hari libur setahun diisi"),
    "address.print": _l("Alamat poster pertama dicatat"),
    "address.replace": _l("Alamat poster diganti"),
    "staff.add": _l("Akun dibuat"),
    "staff.reset": _l("Kata sandi dikosongkan, tautan baru dibuat"),
    "staff.active": _l("Akun dibuka atau ditutup"),
    "staff.reset_factors": _l("Langkah kedua dihapus, tautan baru dibuat"),
    "factor.app": _l("Aplikasi kode dipasang"),
    "factor.app_removed": _l("Aplikasi kode dilepas"),
    "factor.passkey": _l("Kunci sandi dipasang"),
    "factor.passkey_removed": _l("Kunci sandi dilepas"),
    "factor.codes": _l("Kode pemulihan dibuat"),
    "factor.code_used": _l("Kode pemulihan dipakai"),
    "session.end": _l("Perangkat dikeluarkan"),
    "session.end_others": _l("Semua perangkat lain dikeluarkan"),
    "staff.edit": _l("Akun diubah"),
    "webhook.add": _l("Sistem lain ditambah"),
    "webhook.active": _l("Sistem lain dinyalakan atau dimatikan"),
    "route.add": _l("Pengurus laporan ditambah"),
    "route.edit": _l("Pengurus laporan diubah"),
    "route.remove": _l("Pengurus laporan dihapus"),
    "outbox.retry": _l("Kiriman dicoba lagi"),
    "setting.set": _l("Pengaturan diubah"),
    "target.set": _l("Target ditetapkan"),
    "edition.put": _l("Edisi kuesioner dipasang"),
    "edition.remove": _l("Edisi kuesioner dihapus"),
    "edition.words": _l("Terjemahan kuesioner diperbaiki"),
    "ratings.export": _l("Penilaian per responden diunduh"),
    "outline.put": _l("Batas desa dipasang"),
    "paper.discard": _l("Tumpukan kertas dibuang"),
    "paper.remove": _l("Formulir kertas dihapus dari masukan"),
    "paper.reopen": _l("Tumpukan kertas dibuka lagi"),
    "follow_up.add": _l("Rencana tindak lanjut ditambah"),
    "follow_up.edit": _l("Rencana tindak lanjut diubah"),
    "follow_up.mark": _l("Kemajuan tindak lanjut dicatat"),
    "follow_up.publish": _l("Tindak lanjut untuk warga diubah"),
    "rating.exclude": _l("Penilaian dikeluarkan dari indeks"),
    "rating.restore": _l("Penilaian dikembalikan ke indeks"),
    "rating.keep": _l("Penilaian ditinjau, tetap dihitung"),
    "suggestion.mark": _l("Saran ditandai"),
    "register.add": _l("Isian register ditambah"),
    "register.edit": _l("Isian register diubah"),
    "register.remove": _l("Isian register dihapus"),
    "month.lock": _l("Bulan dikunci"),
    "month.approve": _l("Bulan disetujui Camat"),
    "processing.add": _l("Kegiatan pemrosesan data ditambah"),
    "processing.remove": _l("Kegiatan pemrosesan data dihapus"),
    "breach.add": _l("Kebocoran data dicatat"),
    "breach.step": _l("Langkah kebocoran data dicentang"),
    "breach.notice": _l("Surat kebocoran data disimpan"),
    "data.taken": _l("Pelapor mengunduh datanya"),
    "data.erased": _l("Pelapor menghapus datanya"),
    "consent.given": _l("Pelapor memberi persetujuan lagi"),
    "consent.withdrawn": _l("Pelapor menarik persetujuan"),
    "correction.contact": _l("Pelapor membetulkan nama atau nomornya"),
    "correction.ask": _l("Pelapor minta isi laporan dibetulkan"),
    "correction.answer": _l("Permintaan membetulkan data dijawab"),
    "backup.ask": _l("Cadangan diminta"),
    "backup.create": _l("Membuat cadangan dengan perintah"),
    "backup.restore": _l("Data dipulihkan dari cadangan"),
    "signin.ok": _l("Masuk"),
    "signin.refused": _l("Ditolak masuk"),
    "signin.out": _l("Keluar"),
    "signin.link": _l("Kata sandi dibuat lewat tautan"),
    "signin.password": _l("Kata sandi diganti"),
    "look.identity": _l("Identitas pelapor dilihat"),
    "look.identities": _l("Daftar pembukaan identitas dibaca"),
    "look.trail": _l("Jejak dibaca"),
    "look.photo": _l("Foto laporan dibuka"),
    "look.attachment": _l("Lampiran dibuka"),
    "print.case": _l("Berkas laporan dicetak"),
    "print.visit": _l("Karcis kunjungan dicetak"),
    "file.taken": _l("Berkas diunduh"),
}


# What a changed column is called on the page.
COLUMNS: Mapping[str, object] = {
    "name": _l("nama"),
    "villages": _l("jumlah desa"),
    "section_key": _l("seksi"),
    "position": _l("urutan"),
    "is_open": _l("dibuka"),
    "purpose": _l("guna"),
    "service_code": _l("layanan"),
    "village_code": _l("desa"),
    "place": _l("letak"),
    "is_off": _l("libur"),
    "is_active": _l("menyala"),
    "url": _l("alamat"),
    "staff_id": _l("petugas"),
    "settle_days": _l("hari kerja"),
    "move": _l("langkah"),
    "category_code": _l("jenis laporan"),
    "title": _l("judul"),
    "text": _l("isi"),
    "is_urgent": _l("mendesak"),
    "is_public": _l("untuk umum"),
    "printed_base_url": _l("alamat"),
    "role": _l("tugas"),
    "active": _l("aktif"),
    "value": _l("isi"),
    "month": _l("mulai bulan"),
    "starts_on": _l("mulai berlaku"),
    "questions": _l("pertanyaan"),
    "key": _l("pertanyaan"),
    "labels": _l("jawaban"),
    "file": _l("bentuk"),
    "outlines": _l("jumlah desa"),
    "messages": _l("jumlah kiriman"),
    "turn": _l("masukan ke"),
    "number": _l("nomor"),
    "element": _l("unsur"),
    "action": _l("kegiatan"),
    "due": _l("waktu"),
    "owner": _l("penanggung jawab"),
    "status": _l("keadaan"),
    "result": _l("hasil"),
    "done_on": _l("selesai pada"),
    "evidence_id": _l("bukti"),
    "public_words": _l("kalimat untuk warga"),
    "ratings": _l("jumlah penilaian"),
    "suggestions": _l("jumlah saran"),
    "reason": _l("alasan"),
    "theme": _l("tema"),
    "state": _l("keadaan"),
    "follow_up": _l("tindak lanjut"),
    "year": _l("tahun"),
    "kind": _l("jenis"),
    "dated": _l("tanggal dokumen"),
    "approved_on": _l("disetujui pada"),
    "planned_on": _l("direncanakan pada"),
    "held_on": _l("dilaksanakan pada"),
    "participants": _l("peserta"),
    "reviewed_on": _l("tanggal evaluasi"),
    "score": _l("nilai"),
    "reviewer": _l("penilai"),
    "programme": _l("program"),
    "unit": _l("satuan"),
    "target": _l("target"),
    "direction": _l("arah"),
    "indicator_id": _l("indikator"),
    "measured_on": _l("diukur pada"),
    "period": _l("masa"),
    "respondents": _l("responden"),
    "seen_on": _l("dilihat pada"),
    "version": _l("versi"),
    "letter_number": _l("nomor surat"),
    "left_open": _l("dibiarkan terbuka"),
    "left": _l("tersisa"),
    "device": _l("perangkat"),
    "devices": _l("jumlah perangkat"),
    "from": _l("dari"),
    "why": _l("sebab"),
    "how": _l("cara"),
    "page": _l("halaman"),
    "asked": _l("saringan"),
}

# What a code kept in a column is called on the page.
VALUES: Mapping[str, object] = {
    **{role.value: label for role, label in LABELS.items()},
    Purpose.RATE.value: _l("menilai"),
    Purpose.REPORT.value: _l("melapor"),
    Purpose.BOTH.value: _l("keduanya"),
    "unknown": _l("akun tidak dikenal"),
    "closed": _l("akun ditutup"),
    "no_password": _l("kata sandi belum dibuat"),
    "wrong_password": _l("kata sandi keliru"),
    "push": _l("pemberitahuan HP"),
    "wrong_code": _l("kode keliru"),
    "wrong_recovery": _l("kode pemulihan keliru"),
    "wrong_passkey": _l("kunci sandi tidak cocok"),
    "by_password": _l("kata sandi"),
    "by_code": _l("kata sandi dan kode"),
    "by_recovery": _l("kata sandi dan kode pemulihan"),
    "by_passkey": _l("kunci sandi"),
}


def told(detail: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What changed, in words: (column, "old → new" or the value)."""
    if detail.get("left_open"):
        detail = {**detail, "left_open": left_open.words(detail["left_open"].split())}
    return [(str(COLUMNS.get(key, key)), _told_value(value)) for key, value in detail.items()]


def _told_value(value: object) -> str:
    if isinstance(value, list):
        return " → ".join(_told_value(part) for part in value)
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if value in VALUES:
        return str(VALUES[str(value)])
    return "–" if value is None or value == "" else str(value)


def record(
    session: Session, office_id: int, actor: str, action: str, subject: str, detail: Mapping[str, Any], *, now: datetime
) -> None:
    """Add an entry; `actor` is an e-mail address or the name of a command. The office's revision grows with it.

    It is chained when the transaction commits; until then no query finds it.
    """
    audit_chain.put(session, _row(office_id, actor, action, subject, detail, now), revises=True)


def note(
    session: Session, office_id: int, actor: str, action: str, subject: str, detail: Mapping[str, Any], *, now: datetime
) -> None:
    """Likewise for what changes no master data: a look, a sign-in, a file taken along. No new revision."""
    audit_chain.put(session, _row(office_id, actor, action, subject, detail, now), revises=False)


def _row(
    office_id: int, actor: str, action: str, subject: str, detail: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    entry = {"office_id": office_id, "id": uuid7(now), "at": now, "actor": actor, "action": action}
    return entry | {"subject": subject, "detail": dict(detail)}
