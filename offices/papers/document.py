"""A report as plain values, from which PDF, DOCX and XLSX are made: the same words and numbers in each."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from core.figures import printed
from offices.letterheads import Letterhead

# Text stays text; numbers keep their decimals, so that a spreadsheet can compute with them; None is no figure.
Cell = str | int | Decimal | None


def as_text(cell: Cell) -> str:
    """A cell as it is read: "78,74"; "–" where there is none."""
    return cell if isinstance(cell, str) else printed(cell)


class Tone(StrEnum):
    """How a paragraph is meant."""

    PLAIN = ""
    NOTE = "note"
    POINT = "point"
    LEAD = "lead"


@dataclass(frozen=True)
class Heading:
    """Level 1 is a chapter, 2 a part of it, 3 a part of that, which no table of contents names."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """Words."""

    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True)
class Column:
    """`share` is its part of the width beside the others'; figures stand at the right."""

    head: str
    share: int = 1
    is_figure: bool = False


@dataclass(frozen=True)
class Table:
    """`sums` are its last rows, set apart. Without rows it says `empty`."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    sums: Sequence[Sequence[Cell]] = ()
    empty: str = ""


class Shape(StrEnum):
    """How a chart is drawn: a bar for each label, bars of parts that make 100 percent, or a line over time."""

    BARS = "bars"
    PARTS = "parts"
    LINE = "line"


@dataclass(frozen=True)
class Series:
    """One value a label, None where there is none; `texts` are the same as read."""

    name: str
    values: Sequence[Decimal | None]
    texts: Sequence[str]


@dataclass(frozen=True)
class Chart:
    """A drawing of figures that stand in a table beside it. `low` and `high` are the ends of the scale; a line has
    the `bounds` of each value's interval, and `marks`: heights with a name. `is_low`: one of many, on little room.
    """

    shape: Shape
    title: str
    labels: Sequence[str]
    series: Sequence[Series]
    low: Decimal
    high: Decimal
    bounds: Sequence[tuple[Decimal, Decimal] | None] = ()
    marks: Sequence[tuple[Decimal, str]] = ()
    is_low: bool = False

    @property
    def alt(self) -> str:
        """The chart in words: every label with its figures."""
        return f"{self.title}. {'; '.join(map(self._said, range(len(self.labels))))}."

    def _said(self, place: int) -> str:
        if len(self.series) == 1:
            return f"{self.labels[place]}: {self.series[0].texts[place]}"
        parts = ", ".join(f"{each.name} {each.texts[place]}" for each in self.series)
        return f"{self.labels[place]}: {parts}"


@dataclass(frozen=True)
class Signing:
    """Last words, and room for a signature: place and day, the title, the name, rank and number, "" where not known."""

    words: str
    place_and_day: str
    title: str
    name: str
    number: str
    rank: str = ""


Block = Heading | Paragraph | Table | Chart | Signing


@dataclass(frozen=True)
class Cover:
    """What a report is called; `standing` is how far its figures may be relied on. A first page of its own has a `big`
    figure that it is `about`, `said` is what that means, `facts` what it rests on.
    """

    title: str
    subtitle: str
    period: str
    standing: str
    about: str = ""
    big: str = ""
    said: str = ""
    facts: Sequence[tuple[str, str]] = ()

    @property
    def is_page(self) -> bool:
        """Whether it is a page of its own, which a table of contents follows."""
        return bool(self.about)


@dataclass(frozen=True)
class Document:
    """A whole report; `running` stands at the foot of each page. `is_wide`: for paper laid on its side."""

    letterhead: Letterhead
    cover: Cover
    running: str
    made_at: datetime
    blocks: Sequence[Block] = field(default_factory=tuple)
    annex: Sequence[Block] = field(default_factory=tuple)
    is_wide: bool = False
