"""The map's pictures (tiles): from which server they come, if any."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

NONE = "tidak"
# One host, named in full: the pages' content policy allows that one and no other.
ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?/[A-Za-z0-9_.~/{}?&=%-]*")
PARTS = ("{z}", "{x}", "{y}")
EXPECTED = "alamat seperti https://tile.openstreetmap.org/{z}/{x}/{y}.png, atau tidak"


@dataclass(frozen=True)
class Tiles:
    """Where tiles come from and whom to thank for them; `url` is "" where there are none."""

    url: str
    credit: str

    @property
    def origin(self) -> str:
        """What the content policy must allow; "" where there are no tiles."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}" if self.url else ""


def address(text: str) -> str:
    """A tile server's address with places for z, x and y, "" for none; raises ValueError."""
    if text == NONE:
        return ""
    if not ADDRESS.fullmatch(text) or any(text.count(part) != 1 for part in PARTS) or text.count("{") != len(PARTS):
        raise ValueError(EXPECTED)
    return text


def tiles(values: Mapping[str, str]) -> Tiles:
    """From the texts of all settings."""
    return Tiles(address(values["tile_url"]), values["tile_credit"])
