"""What is sent: things that people send, things that programs send, and things that nobody should."""

from io import BytesIO
from typing import Any
from uuid import uuid4

from hypothesis import strategies as st

from tests.fuzz.sheets import Sheet

ODD = (
    "", " ", "0", "-1", "1", "4", "5", "99999999999999999999", "-8.2", "NaN", "Infinity", "1e999", "-0", "\0", "a\0b",
    "\u202e", "\ufeff", "ٱلله", "二〇二六", "²", "0001-01-01", "9999-12-31T23:59:59-23:59", "2026-02-30", "2026-10",
    "2026-TW4", "2026-W53", "🐓" * 40, "=cmd()", "<script>alert(1)</script>", "' OR 1=1 --", "../../etc/passwd",
    "%00", "%s%n", "{{7*7}}", "${jndi:ldap://a}", "http://169.254.169.254/", "a@b", "x" * 6000, "ktp", "jalan",
    "35.09.23.2005", "ya", "on", "MBS-00000-00000-0", "\r\nSet-Cookie: a=b",
)  # fmt: skip
FILES = (b"", b"%PDF-1.4\nhello", b"\xff\xd8\xff\xe0junk", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04", b"<svg/>", b"\0" * 300)
TEXT = st.sampled_from(ODD) | st.text(max_size=40).map(lambda text: text.encode("utf-8", "replace").decode())
HOMES = st.tuples(*[st.integers(1, 254)] * 3).map(lambda parts: "10.{}.{}.{}".format(*parts))


@st.composite
def sent(draw: st.DrawFn, sheet: Sheet) -> dict[str, Any]:
    """A filling of the form: fields left as offered, filled with anything, left out, or said twice."""
    data: dict[str, Any] = dict(sheet.kept)
    for name, offered in sheet.fields.items():
        if name in data:
            continue
        usual = [str(uuid4())] if name == "submission_id" else offered or [""]
        value = st.sampled_from(usual) if draw(st.integers(0, 2)) else TEXT
        how = draw(st.integers(0, 9))
        data[name] = [] if how == 0 else [draw(value)] if how < 9 else [draw(value), draw(TEXT)]
    for name in sheet.files:
        if draw(st.booleans()):
            data[name] = [(BytesIO(draw(st.sampled_from(FILES) | st.binary(max_size=200))), draw(TEXT) or "a")]
    if draw(st.integers(0, 9)) == 0:
        data[draw(TEXT) or "x"] = [draw(TEXT)]
    return data


QUERIES = st.dictionaries(
    st.sampled_from(
        ["jangka", "pada", "versi", "office", "a", "b", "cari", "q", "halaman", "dari", "sampai", "status", "urut",
         "titik", "layanan", "next", "lang", "masa", "jenis", "token", "lat", "lng", "village"]
    ),
    TEXT,
    max_size=3,
)  # fmt: skip
