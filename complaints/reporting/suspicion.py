"""When a report is held for a person to look at: never refused, and its resident gets a receipt like anybody."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

# Nobody chooses a kind and describes what happened in less.
QUICKEST = timedelta(seconds=3)
# A form that lay open for longer says nothing of its sender.
STAMP_VALID = timedelta(hours=12)
# Within the hour, from one address. A whole village may share one: 300 phones in ten minutes are still 1,800 an hour,
# so this is no guess about people, but what only a machine does.
MOST_OF_HOUSEHOLD = 2000
# The same words within the hour from one address: neighbours say "banjir", but not so often.
MOST_OF_SAME_WORDS = 400


class Doubt(StrEnum):
    """Why a report is held; stored by value."""

    TRAP = "trap"
    HASTY = "hasty"
    SAME_WORDS = "same_words"
    MANY = "many"


DOUBT_WORDS: dict[Doubt, str] = {
    Doubt.TRAP: "Terisi bagian yang tidak terlihat oleh orang. Biasanya itu dikirim mesin.",
    Doubt.HASTY: "Dikirim kurang dari tiga detik sesudah formulir dibuka. Biasanya itu dikirim mesin.",
    Doubt.SAME_WORDS: "Kata-kata yang sama dikirim sangat sering dari satu alamat dalam satu jam.",
    Doubt.MANY: "Sangat banyak laporan dikirim dari satu alamat dalam satu jam.",
}


@dataclass(frozen=True)
class Signs:
    """What is known of a sending. `age`: how old its form was, None where nobody can tell; the counts are of the
    reports of the hour before it, from the same address.
    """

    trap_filled: bool = False
    age: timedelta | None = None
    of_household: int = 0
    of_same_words: int = 0


def doubt(signs: Signs) -> Doubt | None:
    """Why the report is held, None: it is not."""
    if signs.trap_filled:
        return Doubt.TRAP
    if signs.age is not None and timedelta() <= signs.age < QUICKEST:
        return Doubt.HASTY
    if signs.of_same_words >= MOST_OF_SAME_WORDS:
        return Doubt.SAME_WORDS
    return Doubt.MANY if signs.of_household >= MOST_OF_HOUSEHOLD else None


def normalised(words: str) -> str:
    """The words without what a sender varies to look different: case, spaces, punctuation."""
    return " ".join("".join(letter if letter.isalnum() else " " for letter in words.casefold()).split())
