"""Long lists in parts, each as long as one statement takes."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")


def batches(items: Sequence[Item], most: int) -> Iterator[Sequence[Item]]:
    """The items in order, at most so many at once."""
    return (items[start : start + most] for start in range(0, len(items), most))
