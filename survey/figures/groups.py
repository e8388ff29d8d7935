"""How ratings are broken down, and what the groups are called (pure)."""

from collections.abc import Mapping
from enum import StrEnum

from survey.elements import AgeBand, Education, Labelled, Occupation, Sex


class Dimension(StrEnum):
    """What ratings are grouped by; the value stands in rows and addresses."""

    SEX = "sex"
    AGE_BAND = "age_band"
    EDUCATION = "education"
    OCCUPATION = "occupation"
    POINT = "point"
    SOURCE = "source"
    VISIT = "visit"
    OFFICER = "officer"
    EXCLUDED = "excluded"

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
# Shown only where each group is large enough, also to staff.
GUARDED = frozenset({*ATTRIBUTES, Dimension.OFFICER})
