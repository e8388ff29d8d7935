"""Lines of the report: what, how much, and beside which baseline."""

import sys


def say(text: str = "") -> None:
    """A line at once, for who waits."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def heading(text: str) -> None:
    """Begin a part."""
    say(f"\n{text}")


def line(name: str, *values: str) -> None:
    """A row of the part."""
    say(f"  {name:<44}" + "  ".join(f"{value:>14}" for value in values))


def ratio(value: float, baseline: float, *, least: str = "", most: str = "") -> str:
    """The value as a multiple of its baseline, with the aim."""
    aim = f"aim ≥ {least}" if least else f"aim ≤ {most}"
    return f"× {value / baseline:.3g} ({aim})"
