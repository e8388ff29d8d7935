"""Ratings as the pages of the review name them, in addresses and tick boxes: by their own ids, which two pages share
and which tell the moment, somebody's words could be joined to the nine answers and the hour.
"""

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from uuid import UUID

from flask import current_app

from core.ids import read_id
from core.masks import mask, unmask
from survey.review.asking import Cursor


class Page(StrEnum):
    """A page with names of its own for ratings."""

    INTEGRITY = "integrity"
    SUGGESTIONS = "suggestions"

    def shown(self, rating_id: UUID) -> UUID:
        """What stands for a rating on this page."""
        return mask(current_app.config["SECRET_KEY"], self.value, rating_id)

    def meant(self, shown: UUID) -> UUID:
        """The rating that this page showed so."""
        return unmask(current_app.config["SECRET_KEY"], self.value, shown)

    def ticked(self, texts: Iterable[str]) -> list[UUID]:
        """The ratings among the values of ticked boxes, each once; what is none is left out."""
        return [self.meant(shown) for shown in dict.fromkeys(filter(None, map(read_id, texts)))]

    def cursor(self, text: str) -> Cursor | None:
        """Where a page of a list begins, from its address."""
        found = Cursor.parse(text)
        return replace(found, id=self.meant(found.id)) if found else None

    def cursor_shown(self, cursor: Cursor) -> Cursor:
        """For an address."""
        return replace(cursor, id=self.shown(cursor.id))
