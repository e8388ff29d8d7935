"""The forms that stand on a page, as a program finds them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

TYPED = {"input", "select", "textarea", "button"}


@dataclass
class Sheet:
    """Where a form goes, and its fields: for each name the values that the page offers."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)

    @property
    def kept(self) -> dict[str, list[str]]:
        """What must be sent as it is for anything else to be looked at."""
        return {name: values[:1] for name, values in self.fields.items() if name == "csrf_token"}


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address, self.sheets, self.select = address, list[Sheet](), ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = urljoin(self.address, told.get("action") or self.address)
            self.sheets.append(Sheet(action, told.get("method", "get").upper()))
        elif self.sheets and tag in TYPED and told.get("name"):
            self._field(tag, told)
        elif self.sheets and tag == "option" and self.select:
            self.sheets[-1].fields[self.select].append(told.get("value", ""))

    def _field(self, tag: str, told: dict[str, str]) -> None:
        sheet, name = self.sheets[-1], told["name"]
        if told.get("type") == "file":
            sheet.files.add(name)
            return
        self.select = name if tag == "select" else ""
        values = sheet.fields.setdefault(name, [])
        if tag != "select":
            values.append(told.get("value", ""))


def found(page: str, address: str) -> list[Sheet]:
    """All forms of the page that was opened at `address`."""
    reader = _Reader(address)
    reader.feed(page)
    return [sheet for sheet in reader.sheets if sheet.action.startswith("/")]
