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
