"""What services, sections and groups are called."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from offices import queries as offices
from survey import queries as survey
from survey.figures.groups import ATTRIBUTES, Dimension
from survey.service import SOURCES, VISITS

# The dimensions that are shown as breakdowns.
SHOWN = frozenset({*ATTRIBUTES, Dimension.POINT, Dimension.SOURCE, Dimension.VISIT, Dimension.OFFICER})


@dataclass(frozen=True)
class Names:
    """Codes and names in the order they are shown in; `editions`: (name, first WIB day), the oldest first."""

    services: Mapping[str, str]
    section_of: Mapping[str, str]
    sections: Mapping[str, str]
    points: Mapping[str, str]
    officers: Mapping[str, str]
    editions: Mapping[str, tuple[str, date]]

    def of(self, dimension: Dimension, codes: Collection[str]) -> dict[str, str]:
        """The names of those groups that there are, in order; those who said nothing come last."""
        if dimension in ATTRIBUTES:
            known = {each.value: each.label for each in ATTRIBUTES[dimension]}
        else:
            known = dict(self._others(dimension))
        rest = {code: code for code in sorted(codes) if code and code not in known}
        nothing = {"": known.pop("", _("tidak diisi"))}
        return {code: name for code, name in (known | rest | nothing).items() if code in codes}

    def _others(self, dimension: Dimension) -> Mapping[str, str]:
        match dimension:
            case Dimension.POINT:
                return {**self.points, "": _("tanpa titik QR")}
            case Dimension.SOURCE:
                return {key.value: str(word) for key, word in SOURCES.items()}
            case Dimension.VISIT:
                return {key.value: str(word) for key, word in VISITS.items()}
            case _:
                return {**self.officers, "": _("tanpa kode kunjungan")}


def names(session: Session, office_id: int) -> Names:
    """All names of the office."""
    services = offices.services(session, office_id)
    return Names(
        services={row.code: row.name for row in services},
        section_of={row.code: row.section_key for row in services},
        sections={row.key: row.name for row in offices.sections(session, office_id)},
        points={row.code: row.name for row in offices.points(session, office_id)},
        officers={str(row.id): row.name for row in offices.staff(session, office_id)},
        editions=survey.edition_names(session, office_id),
    )


def code_of(dimension: Dimension, value: str) -> str:
    """A group's code from what stands in the row: databases write an account's id in two ways."""
    return str(UUID(value)) if dimension == Dimension.OFFICER and value else value
