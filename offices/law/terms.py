"""The law's words and clocks: three times 24 hours, the steps after a breach, and how they are told (pure).

UU 27/2022: answers to corrections and access within 3 × 24 hours (pasal 30, 32), notice of a breach likewise (46).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

THREE_DAYS = timedelta(hours=72)
SOON = timedelta(hours=24)
LATE = "late"


class Step(StrEnum):
    """What is to be done after a breach, in this order; stored by value."""

    CONTAINED = "contained"
    EVIDENCE = "evidence"
    LED = "led"
    MEASURED = "measured"
    PEOPLE_TOLD = "people_told"
    AUTHORITY_TOLD = "authority_told"
    PUBLIC_WEIGHED = "public_weighed"
    MENDED = "mended"
    LEARNT = "learnt"


STEPS: Mapping[Step, tuple[str, str]] = {
    Step.CONTAINED: ("Hentikan kebocorannya", "Tutup akun yang dipakai, ganti kata sandi dan kunci, cabut akses."),
    Step.EVIDENCE: ("Amankan bukti", "Simpan catatan server, jejak petugas, dan satu cadangan. Jangan hapus apa pun."),
    Step.LED: ("Beri tahu Camat dan Sekcam", "Tunjuk satu orang yang memimpin penanganan."),
    Step.MEASURED: ("Pastikan data apa dan milik siapa", "Jenis data, jumlah orang, sejak kapan, lewat mana."),
    Step.PEOPLE_TOLD: ("Beri tahu orang yang datanya bocor, tertulis", "Wajib paling lambat 3 × 24 jam (pasal 46)."),
    Step.AUTHORITY_TOLD: ("Beri tahu lembaga, tertulis", "Wajib paling lambat 3 × 24 jam (pasal 46)."),
    Step.PUBLIC_WEIGHED: (
        "Putuskan apakah masyarakat perlu diberi tahu",
        "Wajib bila mengganggu pelayanan publik atau berdampak serius pada masyarakat (pasal 46 ayat 3).",
    ),
    Step.MENDED: ("Pulihkan dan tutup celahnya", "Catat apa yang diubah supaya tidak terulang."),
    Step.LEARNT: ("Tulis pelajaran dan tutup", "Apa sebabnya, apa yang berjalan baik, apa yang diperbaiki."),
}
REQUIRED = (Step.PEOPLE_TOLD, Step.AUTHORITY_TOLD)


@dataclass(frozen=True)
class Clock:
    """How a deadline stands: `state` as a badge takes it (late, soon, ok, none), and the words."""

    state: str
    words: str


def clock(due: datetime, done: datetime | None, now: datetime) -> Clock:
    """What is left until `due`, or how late it is or was done."""
    if done is not None:
        late = done - due
        return Clock(LATE, f"Terlambat {hours(late)}") if late > timedelta() else Clock("none", "Tepat waktu")
    left = due - now
    if left < timedelta():
        return Clock(LATE, f"TERLAMBAT {hours(-left)}")
    return Clock("soon" if left <= SOON else "ok", f"Sisa {hours(left)}")


def hours(span: timedelta) -> str:
    """As in "2 hari 3 jam"; whole hours, less than one in minutes."""
    minutes = int(span.total_seconds()) // 60
    days, rest = divmod(minutes // 60, 24)
    if not days and not rest:
        return f"{minutes} menit"
    return " ".join(part for part in (f"{days} hari" if days else "", f"{rest} jam" if rest else "") if part)
