"""Words that all documents of a period share. They are official documents: Indonesian on any screen."""

from core.calendar import long_moment
from core.figures import NO_FIGURE, printed
from indicators.documents.material import Material
from indicators.formulas import Predicate, Thresholds
from indicators.locks.page import left_open_words
from indicators.locks.shown import LockFacts
from indicators.months.results import Line
from indicators.sheet import Indicator
from offices.papers.legible import legible

DRAFT = "Sementara"
COUNT = "Hitungan ulang"
BESIDE = "Hitungan dari semua yang tercatat sampai saat itu, bukan angka yang dikunci."
SUKMA_E, OWN_SURVEY = "SUKMA-E", "Survei kepuasan kantor"
LONGEST_REASON = 300  # as the form has it
NO_NUMBER = "– (sementara)"


def mark(material: Material) -> str:
    """What stands across the pages of all but a locked month; "" of that."""
    if material.shown.lock:
        return ""
    return (COUNT if material.shown.lock_then else DRAFT).upper()


def letter_number(material: Material) -> str:
    """The number given when the month was locked; none of a draft, nor of a count beside the locked figures."""
    lock = material.shown.lock
    if material.shown.lock_then:
        return NO_FIGURE
    return lock.letter_number or NO_FIGURE if lock else NO_NUMBER


def version(material: Material) -> str:
    """Its number, which a draft of a month will get; other periods have none, nor has a count beside locked figures."""
    if material.period.length > 1 or material.shown.lock_then:
        return NO_FIGURE
    number = printed(material.shown.version.number)
    return number if material.shown.lock else f"{number} ({DRAFT.lower()})"


def standing(material: Material) -> str:
    """What the reader must know of the figures before any other thing."""
    lock, then = material.shown.lock, material.shown.lock_then
    if then:
        return f"{BESIDE} {_locked_then(then)}"
    return _locked(lock) if lock else f"{DRAFT}, {_months(material)}. {_running(material)}"


def _locked_then(lock: LockFacts) -> str:
    at = long_moment(lock.locked_at)
    return f"Saat itu bulan ini sudah dikunci sebagai versi {lock.number} ({lock.locked_by}, {at})."


def _months(material: Material) -> str:
    """Only months are locked; a longer period says how many of its own are."""
    if material.period.length == 1:
        return "belum dikunci"
    return f"{material.locked} dari {material.period.length} bulannya sudah dikunci"


def _locked(lock: LockFacts) -> str:
    by_head = f"{lock.approved_by} {long_moment(lock.approved_at)}" if lock.approved_at else ""
    approved = f"Disetujui {by_head}." if by_head else "Belum disetujui Camat."
    reason = f" Alasan versi ini: {legible(lock.reason, LONGEST_REASON).rstrip('.')}." if lock.reason else ""
    open_items = f" Dibiarkan terbuka: {left_open_words(lock)}." if lock.left_open else ""
    return f"Dikunci {lock.locked_by} {long_moment(lock.locked_at)}.{reason}{open_items} {approved}"


def source(line: Line, material: Material) -> str:
    """Where the figure comes from: of indicator 2 whichever of the two indexes it is."""
    if line.sheet.key is not Indicator.IKM:
        return line.sheet.source
    return SUKMA_E if material.summary.is_outside else OWN_SURVEY


def _running(material: Material) -> str:
    return "Masa ini sudah berakhir." if is_over(material) else "Masa ini masih berjalan."


def counted(material: Material) -> str:
    """When the figures were counted."""
    as_of = material.summary.as_of
    return f"dihitung {long_moment(as_of)}" if as_of else "belum pernah dihitung"


def proof(material: Material) -> str:
    """What proves the figures, to be compared later."""
    lock = material.shown.lock
    if lock is None:
        return f"Segel catatan laporan (jangkar) pada akhir masa atau saat dihitung: {material.summary.anchor}"
    return f"Sidik isi (SHA-256): {lock.content_hash}\nSegel catatan laporan (jangkar) saat dikunci: {lock.anchor}"


def running(material: Material, title: str) -> str:
    """What stands at the foot of every page."""
    lock = material.shown.lock
    state = f"versi {lock.number}" if lock else mark(material).lower()
    return f"{title} · {material.letterhead.name} · {material.period.long} · {state} · {counted(material)}"


def steps(limits: Thresholds) -> str:
    """As in "Sangat tinggi mulai 91; …; di bawahnya Sangat rendah"."""
    least = "; ".join(f"{each.label} mulai {printed(limit)}" for each, limit in limits.steps)
    return f"{least}; di bawahnya {Predicate.VERY_LOW.label}"


def is_over(material: Material) -> bool:
    """Whether the period had ended when it was counted."""
    as_of = material.summary.as_of
    return as_of is not None and material.period.is_over(as_of)
