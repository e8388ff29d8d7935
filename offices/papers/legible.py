"""What people typed, as it can be printed (pure)."""

import textwrap
import unicodedata

# Categories of Unicode: symbols that are pictures, letters of nobody.
PICTURES = frozenset({"So", "Cn", "Co", "Cs"})
JOINERS = frozenset("\u200d\ufe0e\ufe0f\u20e3" + "".join(map(chr, range(0x1F3FB, 0x1F400))))


def legible(text: str, most: int | None = None) -> str:
    """What people typed, as it can be printed: without emoji, which no printed letter has; cut to `most` letters."""
    kept = "".join(letter for letter in text if unicodedata.category(letter) not in PICTURES and letter not in JOINERS)
    lines = [" ".join(line.split()) for line in kept.split("\n")]
    tidy = "\n".join(line for line in lines if line)
    return tidy if most is None else textwrap.shorten(tidy, most, placeholder=" …")
