"""Numbers and days as official letters spell them, in Indonesian."""

from datetime import date

from core.calendar import month_name

DIGITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas")
DAY_NAMES = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


def spelled(number: int) -> str:
    """A whole number of 0 to 9999, as in "dua ribu dua puluh enam"."""
    if not 0 <= number < 10_000:
        raise ValueError("only 0 to 9999 is spelled")
    if number < 12:
        return DIGITS[number]
    if number < 20:
        return f"{DIGITS[number - 10]} belas"
    for unit, name in ((1000, "ribu"), (100, "ratus"), (10, "puluh")):
        if number >= unit:
            return _counted(*divmod(number, unit), name)
    raise AssertionError


def _counted(many: int, rest: int, name: str) -> str:
    """One hundred is "seratus", not "satu ratus"."""
    head = f"se{name}" if many == 1 else f"{spelled(many)} {name}"
    return f"{head} {spelled(rest)}" if rest else head


def day_name(day: date) -> str:
    """As in "Minggu"."""
    return DAY_NAMES[day.weekday()]


def spelled_day(day: date) -> str:
    """As in "Minggu tanggal dua puluh dua bulan November tahun dua ribu dua puluh enam"."""
    return f"{day_name(day)} tanggal {spelled(day.day)} bulan {month_name(day.month)} tahun {spelled(day.year)}"
