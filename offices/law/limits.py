"""Settings of how long things are kept, in months, each with what it is until set and what it is for (pure)."""

from collections.abc import Mapping

MONTHS: Mapping[str, tuple[str, str]] = {
    "photo_months": ("6", "Bulan sampai foto dari warga dihapus sesudah laporan selesai"),
    "notice_months": ("1", "Bulan sampai alamat pemberitahuan HP warga dihapus sesudah laporan selesai"),
    "spam_months": ("12", "Bulan sampai isi kiriman uji coba atau bukan laporan dihapus"),
    "suggestion_months": ("24", "Bulan sampai tulisan saran pada survei dihapus"),
    "message_months": ("6", "Bulan sampai catatan kiriman (email, pemberitahuan) dihapus"),
    "trail_months": ("60", "Bulan sampai nama dan rincian pada jejak petugas dihapus"),
}


def months(text: str) -> int:
    """A whole number of months; raises ValueError."""
    if not (text.isascii() and text.isdigit() and len(text) <= 3 and 1 <= int(text) <= 120):
        raise ValueError("bilangan bulat 1–120")
    return int(text)
