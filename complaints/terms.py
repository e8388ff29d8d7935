"""The words of a report's life: its statuses, moves and exclusions, and how staff and residents read them."""

from enum import StrEnum


class Status(StrEnum):
    """Where a report stands; stored by value."""

    RECEIVED = "received"
    VERIFIED = "verified"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    SETTLED = "settled"
    FINAL = "final"
    EXCLUDED = "excluded"
    WITHDRAWN = "withdrawn"  # its import was undone: the report counts nowhere


class Move(StrEnum):
    """What can happen to a report; stored by value."""

    RECEIVE = "receive"
    VERIFY = "verify"
    ASSIGN = "assign"
    START = "start"
    SETTLE = "settle"
    REOPEN = "reopen"
    EXCLUDE = "exclude"
    RESTORE = "restore"
    TAKE_BACK = "take_back"
    WITHDRAW = "withdraw"


class Exclusion(StrEnum):
    """Why a report is left out of the count, by this office's decision for IKU 4; stored by value."""

    SPAM = "spam"
    DUPLICATE = "duplicate"
    OUT_OF_AUTHORITY = "out_of_authority"


class Source(StrEnum):
    """By which way a report came in; stored by value. Only WEB and API are told their own time by the server."""

    WEB = "web"
    API = "api"
    PAPER = "paper"
    VISIT = "visit"
    PHONE = "phone"
    MESSAGE = "message"
    PATROL = "patrol"
    LOGBOOK = "logbook"


class Need(StrEnum):
    """What a move must bring along; the value is the name of its form field."""

    REASON = "reason"
    EXCLUSION = "exclusion"
    FIRST_REPORT = "first_report"
    HANDED_OVER_TO = "handed_over_to"
    ASSIGNEE = "assignee"
    ACTION = "action"
    ANSWER = "answer"


STATUS_LABELS: dict[Status, str] = {
    Status.RECEIVED: "Baru diterima",
    Status.VERIFIED: "Sudah diperiksa",
    Status.ASSIGNED: "Sudah ditugaskan",
    Status.IN_PROGRESS: "Sedang ditangani",
    Status.WAITING: "Menunggu warga",
    Status.SETTLED: "Selesai",
    Status.FINAL: "Selesai dan ditutup",
    Status.EXCLUDED: "Tidak dihitung",
    Status.WITHDRAWN: "Ditarik dari catatan",
}
# The same for the resident, who counts nothing.
PUBLIC_STATUS_LABELS = STATUS_LABELS | {Status.EXCLUDED: "Tidak dilanjutkan", Status.WAITING: "Menunggu jawaban Anda"}
MOVE_LABELS: dict[Move, str] = {
    Move.RECEIVE: "Terima",
    Move.VERIFY: "Nyatakan sudah diperiksa",
    Move.ASSIGN: "Tugaskan",
    Move.START: "Mulai tangani",
    Move.SETTLE: "Selesaikan",
    Move.REOPEN: "Buka lagi",
    Move.EXCLUDE: "Keluarkan dari hitungan",
    Move.RESTORE: "Kembalikan ke hitungan",
    Move.TAKE_BACK: "Batalkan langkah terakhir",
    Move.WITHDRAW: "Tarik dari catatan",
}
EXCLUSION_LABELS: dict[Exclusion, str] = {
    Exclusion.SPAM: "Uji coba atau bukan laporan",
    Exclusion.DUPLICATE: "Sama dengan laporan lain",
    Exclusion.OUT_OF_AUTHORITY: "Di luar kewenangan kecamatan",
}
SOURCE_LABELS: dict[Source, str] = {
    Source.WEB: "Formulir di internet",
    Source.API: "Aplikasi lain",
    Source.PAPER: "Surat atau formulir kertas",
    Source.VISIT: "Datang ke kantor",
    Source.PHONE: "Telepon",
    Source.MESSAGE: "Pesan (SMS atau WhatsApp)",
    Source.PATROL: "Temuan patroli",
    Source.LOGBOOK: "Buku laporan",
}
# Said to the resident. Every sentence holds whatever the staff wrote: it names no person and no reason.
PUBLIC_WORDS: dict[Move, str] = {
    Move.RECEIVE: "Laporan Anda sudah kami terima.",
    Move.VERIFY: "Laporan Anda sudah kami periksa dan akan kami tindak lanjuti.",
    Move.ASSIGN: "Petugas sudah ditunjuk untuk menangani laporan Anda.",
    Move.START: "Petugas mulai menangani laporan Anda.",
    Move.SETTLE: "Laporan Anda sudah selesai ditangani.",
    Move.REOPEN: "Laporan Anda dibuka lagi dan kami tangani kembali.",
    Move.EXCLUDE: "Laporan Anda tidak kami lanjutkan.",
    Move.RESTORE: "Laporan Anda kami buka dan periksa kembali.",
    Move.TAKE_BACK: "Langkah terakhir kami batalkan. Laporan Anda tetap kami urus.",
    Move.WITHDRAW: "Laporan ini ditarik dari catatan kami.",
}
PUBLIC_EXCLUSION_WORDS: dict[Exclusion, str] = {
    Exclusion.SPAM: "Kami menilai ini uji coba atau bukan laporan gangguan.",
    Exclusion.DUPLICATE: "Kejadian yang sama sudah dilaporkan dan ditangani lewat laporan lain.",
    Exclusion.OUT_OF_AUTHORITY: "Ini bukan wewenang kecamatan dan sudah kami teruskan ke instansi yang berwenang.",
}
# Said to the officer when a move lacks something.
NEED_WORDS: dict[Need, str] = {
    Need.REASON: "Tulis alasannya.",
    Need.EXCLUSION: "Pilih mengapa laporan ini tidak dihitung.",
    Need.FIRST_REPORT: "Tulis nomor laporan yang lebih dulu masuk, misalnya TRB-2026-00001.",
    Need.HANDED_OVER_TO: "Tulis instansi yang menerima laporan ini.",
    Need.ASSIGNEE: "Pilih petugas yang akan menangani.",
    Need.ACTION: "Tulis tindakan yang sudah dilakukan.",
    Need.ANSWER: "Tulis jawaban untuk warga.",
}
