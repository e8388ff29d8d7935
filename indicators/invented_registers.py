"""What the invented year's registers are made of."""

from indicators.sheet import Indicator

# (kind, title, month and day of the document, whether it is approved).
DOCUMENTS = (
    ("lakip", "LAKIP Kecamatan", 1, 20, True),
    ("rb", "Rencana aksi RB", 2, 11, True),
    ("pelayanan_publik", "Standar pelayanan", 3, 5, True),
    ("anjab", "Analisis jabatan", 6, 17, False),
)
# Of activities: how many are held, how many of these are proved, and by how many days they are late.
HELD, PROVED, DELAYS = 0.9, 0.93, (0, 0, 0, 1, 2, 5)
# (name, place, result).
ACTIVITIES = (
    ("Pelatihan olahan singkong", "Balai desa", "Dua puluh rumah tangga mulai menjual keripik kemasan."),
    ("Pembinaan kelompok sadar wisata", "Balai desa", "Pengurus baru terbentuk dan rencana setahun tersusun."),
    ("Penyuluhan gizi balita", "Posyandu Melati", "Kader memantau berat badan setiap bulan."),
    ("Bantuan alat usaha penyandang disabilitas", "Kantor kecamatan", "Delapan orang menerima alat jahit."),
    ("Pelatihan kader PKK", "Aula kecamatan", "Tiga puluh kader mengerti administrasi baru."),
    ("Rembuk stunting kecamatan", "Aula kecamatan", "Tujuh desa menyepakati rencana aksi."),
    ("Pembinaan karang taruna", "Lapangan desa", "Jadwal kerja bakti tersusun."),
    ("Pelatihan pupuk organik", "Lahan kelompok tani", "Kelompok tani membuat dua ton pupuk."),
    ("Verifikasi data kesejahteraan sosial", "Balai desa", "Data 412 keluarga diperbarui."),
    ("Pelatihan pemasaran daring UMKM", "Aula kecamatan", "Lima belas usaha punya toko daring."),
    ("Pembinaan BUMDes", "Balai desa", "Laporan keuangan semester tersusun."),
    ("Sosialisasi pencegahan perkawinan anak", "SMP setempat", "Seratus siswa mengikuti."),
)
# (programme, name, unit, target, direction).
SERVICE, ORDER, WELFARE = (
    "Penyelenggaraan Pemerintahan dan Pelayanan Publik",
    "Koordinasi Ketenteraman dan Ketertiban Umum",
    "Pemberdayaan Masyarakat Desa",
)
PROGRAMME = (
    (SERVICE, "Layanan administrasi selesai tepat waktu", "persen", "95", "higher"),
    (SERVICE, "Lama rata-rata layanan surat keterangan", "menit", "20", "lower"),
    (SERVICE, "Dokumen perencanaan tepat waktu", "dokumen", "6", "higher"),
    (SERVICE, "Serapan anggaran", "persen", "96.5", "higher"),
    (SERVICE, "Aset tercatat dengan benar", "persen", "100", "higher"),
    (ORDER, "Patroli wilayah", "kali", "96", "higher"),
    (ORDER, "Poskamling aktif", "unit", "42", "higher"),
    (ORDER, "Gangguan ketertiban berulang", "kejadian", "12", "lower"),
    (WELFARE, "Desa dengan musrenbang tepat waktu", "desa", "7", "higher"),
    (WELFARE, "Kader pemberdayaan terlatih", "orang", "60", "higher"),
    (WELFARE, "Prevalensi stunting", "persen", "14.5", "lower"),
    (WELFARE, "BUMDes dengan laporan keuangan", "unit", "7", "higher"),
)
RATES = {"persen", "menit"}
NOT_MEASURED = 6  # the place of one that nobody has measured
NOT_PROVED = 2  # and of one whose measures have no evidence
# Of every invented year.
TARGETS = {
    Indicator.DOCUMENTS: 4,
    Indicator.IKM: 82,
    Indicator.WELFARE: 90,
    Indicator.SETTLEMENT: 90,
    Indicator.SAKIP: 78,
    Indicator.PROGRAMME: 80,
}
