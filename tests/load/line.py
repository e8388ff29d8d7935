"""A connection as light as can be: one request after the other over an open line, with the cookies of a browser."""

import asyncio
import gzip
from collections.abc import Mapping
from dataclasses import dataclass

FORM = "application/x-www-form-urlencoded"
PATIENCE_S = 60.0


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")


class Line:
    """Opened with the first request. Never follows a redirect."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, body: bytes, content: str) -> Answer:
        """Raises OSError or EOFError when the line is cut, TimeoutError after a minute."""
        async with asyncio.timeout(PATIENCE_S):
            if self._streams is None:
                self._streams = await asyncio.open_connection("127.0.0.1", self.port)
            reader, writer = self._streams
            writer.write(self._head(method, path, len(body), content) + body)
            await writer.drain()
            return await self._answer(reader)

    def close(self) -> None:
        """The visit is over."""
        if self._streams:
            self._streams[1].close()
        self._streams = None

    def _head(self, method: str, path: str, length: int, content: str) -> bytes:
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", "Accept-Encoding: gzip"]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if method == "POST":
            lines += [f"Content-Type: {content}", f"Content-Length: {length}"]
        return "\r\n".join([*lines, "", ""]).encode()

    async def _answer(self, reader: asyncio.StreamReader) -> Answer:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers: dict[str, str] = {}
        for line in filter(None, head[1:]):
            name, _, value = line.partition(": ")
            headers[name.lower()] = value
            if name.lower() == "set-cookie":
                cookie, _, crumb = value.partition(";")[0].partition("=")
                self.cookies[cookie] = crumb
        return Answer(int(head[0].split()[1]), headers, unpacked(headers, await _body(reader, headers)))


async def _body(reader: asyncio.StreamReader, headers: Mapping[str, str]) -> bytes:
    if headers.get("transfer-encoding") != "chunked":
        return await reader.readexactly(int(headers.get("content-length", "0")))
    parts = []
    while size := int(await reader.readline(), 16):
        parts.append(await reader.readexactly(size))
        await reader.readexactly(2)
    await reader.readexactly(2)
    return b"".join(parts)


def unpacked(headers: Mapping[str, str], body: bytes) -> bytes:
    """As it was before it was compressed for the line."""
    return gzip.decompress(body) if headers.get("content-encoding") == "gzip" else body
