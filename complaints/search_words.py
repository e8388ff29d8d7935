"""Words as the search knows them: plain letters, stemmed; the same for what is kept and for what is asked."""

import re
import threading
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

LONGEST = 40  # letters of a word; the rest is cut off, in the index as in the question
MOST_ASKED = 12  # words of a question
WORD = re.compile(r"[^\W_]+")
# Nobody looks for these; between quotes they count.
SMALL = frozenset({"di", "ke", "dari", "yang", "dan", "atau", "untuk", "pada", "itu", "ini", "ada", "the"})
LEAST_BEGUN = 2  # letters from which on the last word may be the beginning of one
# What may stand before a stem, the longest first: of an unfinished word the stemmer often can't tell it.
BEFORE = ("meng", "meny", "peng", "peny", "mem", "men", "pem", "pen", "ber", "per", "ter", "me", "pe", "di", "ke", "se")
LEAST_LEFT = 3
_threads = threading.local()  # a stemmer works on itself, so each thread has its own


@dataclass(frozen=True)
class Phrase:
    """Stemmed words that follow each other."""

    words: tuple[str, ...]


@dataclass(frozen=True)
class Beginning:
    """The last word, perhaps not typed to its end: what its stem may begin with."""

    starts: tuple[str, ...]


Part = Phrase | Beginning


def kept(texts: Iterable[str]) -> list[str]:
    """The stemmed words of what is to be found again, in their order."""
    return [stem(word) for text in texts for word in words(text)]


def words(text: str) -> list[str]:
    """The words of a text in small plain letters, without accents; everything else only separates them."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return [word[:LONGEST] for word in WORD.findall(letters)]


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The word without what Indonesian puts before and after it; never empty."""
    if not hasattr(_threads, "stemmer"):
        _threads.stemmer = snowballstemmer.stemmer("indonesian")
    return str(_threads.stemmer.stemWord(word)) or word


def asked(text: str) -> list[Part]:
    """What is looked for: every part must be there. Words between quotes follow each other; the last word outside
    them may be unfinished. Empty: no word was typed.
    """
    *closed, rest = text.split('"')
    parts: list[Part] = []
    for place, piece in enumerate([*closed, rest]):
        if place % 2 and place < len(closed):
            parts += [Phrase(tuple(kept([piece])))] if words(piece) else []
        else:
            parts += _loose(piece, last=place == len(closed))
    return _few(parts)


def is_too_long(text: str) -> bool:
    """Whether only the first words of the question are looked for."""
    return len(words(text)) > MOST_ASKED


def _loose(text: str, *, last: bool) -> list[Part]:
    found = words(text)
    telling = [word for word in found if word not in SMALL] or found
    parts: list[Part] = [Phrase((stem(word),)) for word in telling]
    if last and telling and len(telling[-1]) >= LEAST_BEGUN:
        parts[-1] = Beginning(_starts(telling[-1]))
    return parts


def _starts(word: str) -> tuple[str, ...]:
    """What a stem may begin with if the word is not typed to its end."""
    before = next((one for one in BEFORE if word.startswith(one)), "")
    rest = word[len(before) :]
    return tuple(dict.fromkeys((word, stem(word), *([rest] if len(rest) >= LEAST_LEFT else []))))


def _few(parts: list[Part]) -> list[Part]:
    few: list[Part] = []
    room = MOST_ASKED
    for part in parts:
        if room and isinstance(part, Phrase):
            few.append(Phrase(part.words[:room]))
            room -= min(room, len(part.words))
        elif room:
            few.append(part)
            room -= 1
    return few
