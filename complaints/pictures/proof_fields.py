"""What a settling's form asks beside words: photos, and a reason for each thing found in them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from wtforms import Field, Form
from wtforms.utils import unset_value
from wtforms.validators import StopValidation
from wtforms.widgets import TextInput

from complaints.case_models import Photo
from complaints.pictures.evidence import FINDING_LABELS, FindingKind
from complaints.pictures.proof_queries import FindingLine
from complaints.workflow import Evidence
from core.calendar import long_moment
from core.forms import Words, tidy

PREFIX = "explanation-"
MOST_TYPED = 50  # findings of one settling are few; a forged form must not cost more
MINUTES_AN_HOUR = 60
MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True)
class Attached:
    """A proof that waits for the settling, and what was found in it."""

    photo: Photo
    findings: Sequence[FindingLine]

    @property
    def said(self) -> str:
        """When the photo says it was taken; "" where it doesn't."""
        return _("Diambil %(moment)s.", moment=long_moment(self.photo.taken_at)) if self.photo.taken_at else ""

    @property
    def unexplained(self) -> list[tuple[FindingLine, str]]:
        """The findings that nobody explained yet, each with its sentence."""
        return told([line for line in self.findings if line.explanation is None])


def attached(photos: Sequence[Photo], found: Sequence[FindingLine]) -> list[Attached]:
    """Each photo with its findings."""
    return [Attached(photo, [line for line in found if line.photo_id == photo.id]) for photo in photos]


def evidence_of(proofs: Sequence[Attached]) -> Evidence:
    """What a settling with these proofs rests on."""
    open_ones = [line.id for proof in proofs for line in proof.findings if line.explanation is None]
    return Evidence(len(proofs), frozenset(open_ones))


def told(found: Sequence[FindingLine]) -> list[tuple[FindingLine, str]]:
    """Each finding with its sentence."""
    return [(line, finding_words(line)) for line in found]


def finding_words(line: FindingLine) -> str:
    """A finding in a sentence."""
    label = _(FINDING_LABELS[line.kind])
    match line.kind:
        case FindingKind.PLACE_OFF:
            return _("%(label)s: sekitar %(metres)s meter.", label=label, metres=line.distance)
        case FindingKind.TIME_OFF:
            return _("%(label)s: selisih %(time)s.", label=label, time=_duration(line.distance))
        case _:
            return _("%(label)s: %(number)s.", label=label, number=line.other_number)


def _duration(minutes: int) -> str:
    if minutes < MINUTES_AN_HOUR:
        return _("%(count)s menit", count=minutes)
    if minutes < MINUTES_A_DAY:
        return _("%(count)s jam", count=minutes // MINUTES_AN_HOUR)
    return _("%(count)s hari", count=minutes // MINUTES_A_DAY)


@dataclass(frozen=True)
class _Typed:
    data: str
    errors: list[str] = field(default_factory=list)


class Explanations(Field):
    """Reasons by finding, each typed in a text field called "explanation-<finding>"."""

    widget = TextInput()  # the page draws the fields itself
    data: dict[UUID, str]

    def __init__(self, label: Any = None, most: int = 0, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)  # type: ignore[no-untyped-call]  # the library carries no types
        self.words = Words(most)

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Collect what was typed."""
        self.process_errors = ()
        self.data = dict(_typed(formdata)) if formdata else {}
        self.raw_data = list(self.data.values())

    def pre_validate(self, form: Form) -> None:
        """Each text for itself."""
        for text in self.data.values():
            self.words(form, _Typed(text))  # type: ignore[arg-type]  # it reads the data alone

    def is_wrong(self, finding: UUID) -> bool:
        """Whether the finding's own field is the one to mend."""
        text = self.data.get(finding, "").strip()
        try:
            self.words(None, _Typed(text))  # type: ignore[arg-type]  # it reads the data alone
        except StopValidation:
            return True
        return bool(self.errors) and not text


def _typed(formdata: Mapping[str, str]) -> Iterator[tuple[UUID, str]]:
    for name in [name for name in formdata if name.startswith(PREFIX)][:MOST_TYPED]:
        try:
            yield UUID(name.removeprefix(PREFIX)), tidy(formdata[name])
        except ValueError:
            continue
