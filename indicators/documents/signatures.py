"""Who signs the office's month: the Sekcam, who made it, and the Camat, who approved it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from core.calendar import long_date
from offices import settings
from offices.papers.document import Signing

HEAD_WORDS, SECRETARY_WORDS = "Mengetahui,", "Yang membuat,"


@dataclass(frozen=True)
class Signatures:
    """The room for both; `seat` is where the office sits."""

    seat: str
    head: settings.Signer
    secretary: settings.Signer

    def both(self, day: date) -> tuple[Signing, Signing]:
        """The Camat at the left, the Sekcam with place and day at the right."""
        place_and_day = f"{self.seat}, {long_date(day)}"
        return (
            _room(HEAD_WORDS, "", f"Camat {self.seat}", self.head),
            _room(SECRETARY_WORDS, place_and_day, f"Sekretaris Kecamatan {self.seat}", self.secretary),
        )

    def alone(self, day: date) -> Signing:
        """The Camat alone, with place and day."""
        return _room("", f"{self.seat}, {long_date(day)}", f"Camat {self.seat}", self.head)


def signatures(name: str, values: Mapping[str, str]) -> Signatures:
    """By the name of the office and the texts of all settings."""
    seat = name.removeprefix("Kecamatan ")
    return Signatures(seat, settings.signer(values), settings.signer(values, "secretary"))


def _room(words: str, place_and_day: str, title: str, signer: settings.Signer) -> Signing:
    return Signing(words, place_and_day, title, signer.name, signer.number, signer.rank)
