"""The ready answers an office starts with; rows that an operator edits. None promises what the office can't keep."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints.desk_models import ReadyAnswer
from complaints.terms import Move
from core.ids import uuid7
from offices.audit_models import AuditEntry

# (move, category or None for any, title, text)
ANSWERS: tuple[tuple[Move, str | None, str, str], ...] = (
    (
        Move.VERIFY,
        None,
        "Terima kasih, kami periksa",
        (
            "Terima kasih atas laporannya. Laporan ini kami catat dan kami periksa di lapangan. "
            "Kelanjutannya dapat Anda lihat di halaman ini."
        ),
    ),
    (
        Move.VERIFY,
        None,
        "Bahaya: telepon dulu",
        (
            "Terima kasih atas laporannya. Bila ada bahaya sekarang, mohon segera menelepon nomor darurat. "
            "Laporan ini tetap kami catat dan kami periksa."
        ),
    ),
    (
        Move.ASK,
        None,
        "Di mana tepatnya?",
        "Mohon bantu kami menemukan tempatnya: dusun, RT/RW, atau bangunan yang mudah dikenali di dekatnya.",
    ),
    (Move.ASK, None, "Kapan biasanya terjadi?", "Pada hari apa dan sekitar jam berapa kejadian ini biasanya terjadi?"),
    (Move.ASK, None, "Apakah masih terjadi?", "Apakah kejadian ini masih berlangsung sampai sekarang?"),
    (
        Move.ASK,
        "kebisingan",
        "Dari mana suaranya?",
        "Dari arah atau bangunan mana suara itu terdengar, dan sampai jam berapa biasanya?",
    ),
    (
        Move.SETTLE,
        None,
        "Sudah ditangani di lapangan",
        (
            "Petugas sudah datang ke lokasi dan menangani gangguan ini. Bila menurut Anda belum beres, mohon beri tahu "
            "kami lewat halaman ini."
        ),
    ),
    (
        Move.SETTLE,
        None,
        "Sudah ditegur",
        (
            "Petugas sudah datang dan memberi teguran kepada pihak yang bersangkutan. Bila kejadiannya terulang, mohon "
            "beri tahu kami lewat halaman ini."
        ),
    ),
    (
        Move.SETTLE,
        None,
        "Tidak kami temukan lagi",
        (
            "Petugas sudah datang ke lokasi, tetapi gangguan ini tidak kami temukan lagi. Bila masih terjadi, mohon "
            "beri tahu kami lewat halaman ini beserta waktunya."
        ),
    ),
    (
        Move.SETTLE,
        "kebisingan",
        "Sumber suara sudah dihentikan",
        (
            "Petugas sudah menemui penanggung jawab acara, dan suara sudah dihentikan atau dikecilkan. Bila terulang, "
            "mohon beri tahu kami lewat halaman ini."
        ),
    ),
    (
        Move.EXCLUDE,
        None,
        "Diteruskan ke instansi lain",
        (
            "Hal ini bukan wewenang kecamatan. Laporan sudah kami teruskan kepada instansi yang berwenang. Untuk "
            "selanjutnya, mohon tanyakan langsung kepada instansi itu."
        ),
    ),
    (
        Move.EXCLUDE,
        "keamanan",
        "Diteruskan ke kepolisian",
        (
            "Hal ini termasuk wewenang kepolisian. Laporan sudah kami teruskan kepada Polsek. Bila ada bahaya, mohon "
            "segera menelepon 110."
        ),
    ),
)


def seed(session: Session, office_id: int, now: datetime) -> None:
    """Add them to an office that has none and whose operator never changed any."""
    touched = sa.select(AuditEntry.id).where(
        AuditEntry.office_id == office_id, AuditEntry.action.startswith("ready_answer.")
    )
    there = sa.select(ReadyAnswer.id).filter_by(office_id=office_id)
    if any(session.scalar(chosen.limit(1)) is not None for chosen in (there, touched)):
        return
    session.add_all(
        ReadyAnswer(
            office_id=office_id,
            id=uuid7(now),
            position=position,
            move=move.value,
            category_code=category,
            title=title,
            text=text,
        )
        for position, (move, category, title, text) in enumerate(ANSWERS, 1)
    )
