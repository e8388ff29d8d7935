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
    ASK = "ask"
    REPLY = "reply"
    RESUME = "resume"
    CONFIRM = "confirm"
    HALF_FIXED = "half_fixed"
    DENY = "deny"
    DISPUTE = "dispute"
    FINALISE = "finalise"
    ADD = "add"
    JOIN = "join"
    NOTE = "note"
    RECATEGORISE = "recategorise"
    RELEASE = "release"
    REISSUE = "reissue"
    ERASE = "erase"


class Response(StrEnum):
    """What residents said of a settling; stored by value. HALF_FIXED and DISPUTED count as disputed."""

    CONFIRMED = "confirmed"
    HALF_FIXED = "half_fixed"
    DISPUTED = "disputed"


# Moves that change nothing for whoever is about to make another: what an officer has on the screen stays true.
QUIET = frozenset({Move.ADD, Move.JOIN, Move.NOTE, Move.REISSUE, Move.ERASE})


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


class PhotoKind(StrEnum):
    """Whose a photo is; stored by value."""

    RESIDENT = "resident"
    PROOF = "proof"


class Need(StrEnum):
    """What a move must bring along; the value is the name of its form field."""

    REASON = "reason"
    EXCLUSION = "exclusion"
    FIRST_REPORT = "first_report"
    HANDED_OVER_TO = "handed_over_to"
    ASSIGNEE = "assignee"
    ACTION = "action"
    ANSWER = "answer"
    QUESTION = "question"
    SAID = "said"
    NOTE = "note"
    CATEGORY = "category"
    PROOF = "record_number"  # or a photo: see workflow.Evidence
    EXPLANATION = "explanations"


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
    Move.ASK: "Tanya pelapor",
    Move.REPLY: "Jawab pertanyaan petugas",
    Move.RESUME: "Lanjutkan tanpa jawaban",
    Move.CONFIRM: "Sudah beres",
    Move.HALF_FIXED: "Baru sebagian beres",
    Move.DENY: "Belum beres",
    Move.DISPUTE: "Belum beres",
    Move.FINALISE: "Tutup",
    Move.ADD: "Tambah keterangan",
    Move.JOIN: "Ikut melapor",
    Move.NOTE: "Tulis catatan petugas",
    Move.RECATEGORISE: "Ganti jenis",
    Move.RELEASE: "Lepas dari tinjauan",
    Move.REISSUE: "Ganti kode tanda terima",
    Move.ERASE: "Hapus data saya",
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
# Said to the resident. Every sentence holds whatever the staff wrote: it names no person and no reason. A move that
# is not here is not shown to residents.
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
    Move.ASK: "Petugas bertanya kepada Anda.",
    Move.REPLY: "Anda sudah menjawab pertanyaan petugas.",
    Move.RESUME: "Petugas melanjutkan penanganan tanpa menunggu jawaban.",
    Move.CONFIRM: "Anda menyatakan sudah beres. Terima kasih.",
    Move.HALF_FIXED: "Pelapor menyatakan baru sebagian beres.",
    Move.DENY: "Anda menyatakan belum beres. Laporan kembali kepada petugas.",
    Move.DISPUTE: "Seorang pelapor menyatakan belum beres.",
    Move.FINALISE: "Laporan ditutup karena tidak ada yang keberatan.",
    Move.ADD: "Keterangan tambahan sudah kami terima.",
    Move.JOIN: "Warga lain ikut melaporkan kejadian ini.",
    Move.RECATEGORISE: "Jenis laporan kami betulkan.",
    Move.RELEASE: "Laporan Anda sudah kami tinjau dan kami lanjutkan.",
    Move.REISSUE: "Kode tanda terima diganti.",
    Move.ERASE: "Data pelapor dihapus atas permintaan pelapor.",
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
    Need.QUESTION: "Tulis pertanyaan untuk pelapor.",
    Need.SAID: "Tulis keterangan Anda.",
    Need.NOTE: "Tulis catatannya.",
    Need.CATEGORY: "Pilih jenis yang benar.",
    Need.PROOF: "Lampirkan foto bukti, atau tulis nomor berita acara.",
    Need.EXPLANATION: "Tulis penjelasan untuk setiap temuan pada foto bukti.",
}
