"""The six rows of the office's IKU sheet: what each indicator is called, who answers for it, where it comes from."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from core.figures import NO_FIGURE, printed


class Indicator(StrEnum):
    """The six main indicators, by the key that programs use."""

    DOCUMENTS = "documents"
    IKM = "ikm"
    WELFARE = "welfare"
    SETTLEMENT = "settlement"
    SAKIP = "sakip"
    PROGRAMME = "programme"


@dataclass(frozen=True)
class SheetRow:
    """One row of the sheet: `unit` for programs, `unit_word` and the rest as printed."""

    number: int
    key: Indicator
    goal: str
    name: str
    unit: str
    unit_word: str
    responsible: str
    source: str

    def counted(self, value: Decimal | int | None) -> Decimal | int | None:
        """A target as it is printed: things are counted in whole numbers, unless somebody asked for part of one."""
        is_whole = self.unit == "document" and value is not None and value == int(value)
        return int(value) if is_whole and value is not None else value

    def worth(self, value: Decimal | int | None) -> str:
        """A value of this indicator with its unit, as in "82,35 %"; "–" for none."""
        return NO_FIGURE if value is None else f"{printed(value)} {self.unit_word}"


SHEET = (
    SheetRow(
        1,
        Indicator.DOCUMENTS,
        "Organisasi dan tata laksana yang lebih baik",
        "Jumlah dokumen organisasi",
        "document",
        "dokumen",
        "Camat",
        "–",
    ),
    SheetRow(
        2,
        Indicator.IKM,
        "Masyarakat puas akan pelayanan",
        "Indeks Kepuasan Masyarakat (IKM)",
        "index",
        "indeks",
        "Seksi Pemerintahan, Pelayanan Umum, PMKS, Trantib",
        "Survei kepuasan (SUKMA-E)",
    ),
    SheetRow(
        3,
        Indicator.WELFARE,
        "Sarana kesejahteraan yang lebih baik",
        "Persentase sarana kesejahteraan yang terlaksana",
        "percent",
        "%",
        "Seksi PMKS",
        "Laporan kegiatan",
    ),
    SheetRow(
        4,
        Indicator.SETTLEMENT,
        "Ketenteraman dan ketertiban terjaga",
        "Persentase laporan dan pelanggaran trantib yang diselesaikan",
        "percent",
        "%",
        "Seksi Trantib",
        "Laporan trantib",
    ),
    SheetRow(
        5,
        Indicator.SAKIP,
        "Keuangan dan aset yang tertib",
        "Nilai SAKIP",
        "score",
        "nilai",
        "Camat",
        "Dokumen hasil evaluasi",
    ),
    SheetRow(
        6,
        Indicator.PROGRAMME,
        "Target program tercapai",
        "Persentase indikator program yang tercapai",
        "percent",
        "%",
        "Sekcam",
        "LAKIP",
    ),
)
ROWS = {row.key: row for row in SHEET}
