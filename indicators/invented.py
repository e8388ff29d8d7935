"""What the invented year is made of."""

from complaints.terms import Move
from survey.elements import ElementKey

# How much better or worse than the rest residents find an element.
LEANING = {
    ElementKey.WAKTU: -0.35,
    ElementKey.BIAYA: 0.6,
    ElementKey.PERILAKU: 0.25,
    ElementKey.SARANA: -0.2,
    ElementKey.PENGADUAN: 0.1,
}
# Shares of ratings with a suggestion, and of reports that go each way.
OUTSPOKEN, SPAM, LEFT_ALONE, SOON_SETTLED, REOPENED, ASKED, SILENT = 0.15, 0.08, 0.04, 0.9, 0.05, 0.1, 0.44
# What residents say of a settling, and how often.
ANSWERS = (
    (Move.CONFIRM, 0.4, ""),
    (Move.HALF_FIXED, 0.06, "Sudah lebih baik, tetapi belum seluruhnya."),
    (Move.DENY, 0.05, "Masih terjadi seperti sebelumnya."),
)
QUESTIONS = (
    ("Di sebelah mana tepatnya?", "Di seberang musala, dekat gapura."),
    ("Biasanya terjadi pukul berapa?", "Sekitar pukul sembilan malam sampai lewat tengah malam."),
)
SUGGESTIONS = (
    "Tambah kursi di ruang tunggu.",
    "Pelayanannya ramah, terima kasih.",
    "Antreannya terlalu lama pada hari Senin.",
    "Tolong syaratnya ditempel di depan loket.",
    "Sudah baik, dipertahankan.",
)
# Who answers, and how often; None: did not say.
SEXES = (("female", 0.52), ("male", 0.45), (None, 0.03))
AGES = (("under20", 0.08), ("20s", 0.24), ("30s", 0.26), ("40s", 0.22), ("50s", 0.14), ("60plus", 0.05), (None, 0.01))
SCHOOLS = (("sd", 0.22), ("sltp", 0.24), ("slta", 0.36), ("diploma", 0.06), ("s1", 0.1), ("s2", 0.02))
WORK = (
    ("petani", 0.36), ("pedagang", 0.16), ("wirausaha", 0.14), ("swasta", 0.14), ("pelajar", 0.12),
    ("pns-tni-polri", 0.05), ("lainnya", 0.03),
)  # fmt: skip
# How ratings come in, and what proves a visit.
WAYS = (("web", 0.7), ("kiosk", 0.14), ("assisted", 0.08), ("paper", 0.08))
PROVEN = 0.35
# People who use a service for each one that rates it.
VISITORS = (2, 4)
FOLLOW_UPS = (
    (
        ElementKey.WAKTU,
        "Membuka dua loket pada hari Senin dan memasang nomor antrean.",
        "Kasi Pelayanan Umum",
        "done",
        "Loket kedua dibuka setiap Senin; antrean paling lama 25 menit.",
        "Hari Senin kini ada dua loket dan nomor antrean.",
    ),
    (
        ElementKey.SARANA,
        "Menambah kursi dan kipas angin di ruang tunggu.",
        "Sekretaris Kecamatan",
        "doing",
        "Dua belas kursi sudah terpasang.",
        "Ruang tunggu kami tambah dua belas kursi.",
    ),
    (
        ElementKey.PENGADUAN,
        "Menempel alur pengaduan dan nama petugasnya di setiap loket.",
        "Kasi Trantib",
        "planned",
        "",
        "",
    ),
)
PLACES = ("Depan pasar desa", "Pertigaan dekat masjid", "Jalan menuju sekolah dasar", "Tepi sungai dekat jembatan", "")
REPORTS = (
    ("kebisingan", "Sound horeg sampai lewat tengah malam, anak-anak tidak bisa tidur."),
    ("kebisingan", "Hiburan hajatan memakai pengeras suara di badan jalan tanpa izin."),
    ("jalan", "Pedagang memakai trotoar sehingga pejalan kaki turun ke jalan."),
    ("jalan", "Mobil parkir di tikungan setiap sore dan membuat macet."),
    ("sampah-ternak", "Sampah dibuang di tepi saluran dan baunya menyengat."),
    ("sampah-ternak", "Sapi dilepas dan merusak tanaman padi warga."),
    ("sungai", "Saluran irigasi tersumbat batang bambu."),
    ("asusila-miras-judi", "Ada yang menjual minuman keras di warung dekat lapangan."),
    ("odgj-anjal", "Ada orang telantar tidur di depan balai desa."),
    ("keamanan", "Lampu jalan mati, sering ada motor asing mondar-mandir."),
    ("bencana", "Pohon tumbang menutup separuh jalan desa."),
    ("bangunan-reklame", "Reklame roboh menutupi rambu lalu lintas."),
)
ACTIONS = (
    ("Mendatangi lokasi bersama perangkat desa dan menegur pelaku.", "Sudah kami datangi dan tegur. Kami pantau lagi."),
    ("Menertibkan di tempat dan membuat surat pernyataan.", "Sudah kami tertibkan, pelaku membuat pernyataan."),
    ("Kerja bakti bersama warga dan karang taruna.", "Sudah dibersihkan bersama warga. Terima kasih."),
    ("Meneruskan ke dinas terkait dan mengawal sampai tuntas.", "Sudah dikerjakan dinas terkait bersama kami."),
)
