"""Slow phones: some upload at 20 kB/s, some hold an open connection and say nothing. Run as a process of its own."""

import argparse
import asyncio

CHUNK = 2000
PAUSE_S = 0.1  # 2,000 bytes ten times a second is 20 kB/s
BODY = 3_000_000


HEAD = """POST {path} HTTP/1.1\r
Host: 127.0.0.1\r
Content-Type: multipart/form-data; boundary=photo\r
Content-Length: {length}\r
\r
--photo\r
Content-Disposition: form-data; name="photos"; filename="photo.jpg"\r
Content-Type: image/jpeg\r
\r
"""


async def upload(port: int, path: str) -> None:
    """Send a photo, and another."""
    while True:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(HEAD.format(path=path, length=BODY).encode())
        try:
            for _part in range(BODY // CHUNK):
                writer.write(bytes(CHUNK))
                await writer.drain()
                await asyncio.sleep(PAUSE_S)
            await reader.readline()
        except OSError:
            await asyncio.sleep(PAUSE_S)
        finally:
            writer.close()


async def idle(port: int, *, begun: bool) -> None:
    """Hold a connection open; `begun` says the first half of a request."""
    while True:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET / HTTP/1.1\r\nHost: 127" if begun else b"")
        await reader.read()  # until the server closes it
        writer.close()


async def main(port: int, path: str, phones: int, kind: str) -> None:
    """Keep `phones` connections busy being slow."""
    if kind == "upload":
        await asyncio.gather(*(upload(port, path) for _phone in range(phones)))
    await asyncio.gather(*(idle(port, begun=bool(phone % 2)) for phone in range(phones)))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("path")
    parser.add_argument("phones", type=int)
    parser.add_argument("kind", choices=["upload", "idle"])
    asyncio.run(main(**vars(parser.parse_args())))
