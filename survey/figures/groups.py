"""How ratings are broken down, and what the groups are called (pure)."""

from collections.abc import Mapping
from enum import StrEnum

from survey.elements import OFFICIAL_ORDER, AgeBand, Education, Labelled, Occupation, Sex


class Dimension(StrEnum):
    """What ratings are grouped by; the value stands in rows and addresses.

    The nine elements group by the sum of the answers to an element's items: the distribution of answers.
    """

    SEX = "sex"
    AGE_BAND = "age_band"
    EDUCATION = "education"
    OCCUPATION = "occupation"
    POINT = "point"
    SOURCE = "source"
    VISIT = "visit"
    OFFICER = "officer"
    EXCLUDED = "excluded"
    PERSYARATAN = "persyaratan"
    PROSEDUR = "prosedur"
    WAKTU = "waktu"
    BIAYA = "biaya"
    PRODUK = "produk"
    KOMPETENSI = "kompetensi"
    PERILAKU = "perilaku"
    PENGADUAN = "pengaduan"
    SARANA = "sarana"

    @property
    def column(self) -> str:
        """The column of a rating that says its group."""
        return COLUMNS.get(self, self.value)


COLUMNS: Mapping[str, str] = {
    Dimension.POINT: "point_code",
    Dimension.OFFICER: "served_by",
    Dimension.EXCLUDED: "service_code",
}
# What a respondent said of themselves: their groups are small and known to neighbours.
ATTRIBUTES: Mapping[Dimension, type[Labelled]] = {
    Dimension.SEX: Sex,
    Dimension.AGE_BAND: AgeBand,
    Dimension.EDUCATION: Education,
    Dimension.OCCUPATION: Occupation,
}
ELEMENT_DIMENSIONS = tuple(Dimension(key.value) for key in OFFICIAL_ORDER)
# Shown only where each group is large enough, also to staff.
GUARDED = frozenset({*ATTRIBUTES, Dimension.OFFICER})
