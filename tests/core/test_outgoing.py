"""Posting to an address that somebody else chose reaches the internet alone."""

import base64
import socket
import time
from contextlib import nullcontext, suppress
from threading import Thread
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from core import outgoing, push
from core.outbox import Permanent, Temporary
from core.outgoing import STRICT, Limits, is_public
from tests.receivers import WebBox, free_port

LOOSE = Limits(schemes=frozenset({"http"}), private=True)


# IANA's registries of special addresses for IPv4 and IPv6 (RFC 6890 and what was added), one address of each line;
# then what hides an IPv4 address, and what was never given out.
@pytest.mark.parametrize(
    "text",
    [
        "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.16.3.4", "192.0.0.1",
        "192.0.0.8", "192.0.0.9", "192.0.0.10", "192.0.0.170", "192.0.2.1", "192.31.196.1", "192.52.193.1",
        "192.88.99.1", "192.168.1.1", "192.175.48.1", "198.18.0.1", "198.19.255.254", "198.51.100.1", "203.0.113.1",
        "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
        "::", "::1", "::ffff:10.0.0.1", "::ffff:192.88.99.1", "64:ff9b::a00:1", "64:ff9b:1::a00:1", "100::1",
        "100:0:0:1::1", "2001::1", "2001:1::1", "2001:1::2", "2001:1::3", "2001:2::1", "2001:3::1", "2001:4:112::1",
        "2001:10::1", "2001:20::1", "2001:30::1", "2001:1ff:ffff::1", "2001:db8::1", "2002:a00:1::", "2620:4f:8000::1",
        "3fff::1", "3fff:fff::1", "5f00::1", "fd00::1", "fe80::1%eth0", "fec0::1", "ff02::1", "ff0e::1",
        "::127.0.0.1", "::8.8.8.8", "::ffff:0:127.0.0.1", "4000::1", "1fff::1",
    ],
)  # fmt: skip
def test_addresses_of_somebodys_own_network_are_known(text: str) -> None:
    assert not is_public(text)


@pytest.mark.parametrize(
    "text",
    [
        "8.8.8.8", "103.10.10.10", "192.0.1.1", "192.88.98.1", "192.88.100.1", "198.20.0.1", "223.255.255.254",
        "::ffff:8.8.8.8", "2001:200::1", "2001:4860:4860::8888", "2620:4f:8001::1", "2400:6180::1",
    ],
)  # fmt: skip
def test_addresses_of_the_internet_are_known(text: str) -> None:
    assert is_public(text)


@pytest.mark.parametrize(
    "url",
    [
        "http://contoh.id/", "ftp://contoh.id/", "https://a@contoh.id/", "https:///x", "https://contoh.id/\r\nX: y",
        "https://contoh.id/ a", "https://contoh.id:99999/", "https://[::1", "//contoh.id/",
    ],
)  # fmt: skip
def test_what_is_not_an_https_address_is_refused(url: str) -> None:
    with pytest.raises(Permanent):
        outgoing.post(url, {}, b"")


def resolving(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    """Every name means these addresses; what is then connected to."""
    connected: list[str] = []

    def connect(address: tuple[str, int], *args: Any) -> socket.socket:
        connected.append(address[0])
        raise ConnectionRefusedError

    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (answer, 443)) for answer in answers]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: found)
    monkeypatch.setattr(socket, "create_connection", connect)
    return connected


def test_a_name_with_one_private_address_is_not_posted_to(monkeypatch: pytest.MonkeyPatch) -> None:
    connected = resolving(monkeypatch, "103.10.10.10", "10.0.0.1")
    with pytest.raises(Permanent, match="not public"):
        outgoing.post("https://contoh.id/", {}, b"")
    assert connected == []


def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    connected = resolving(monkeypatch, "103.10.10.10")
    with pytest.raises(Temporary):
        outgoing.post("https://contoh.id/", {}, b"")
    assert connected == ["103.10.10.10"]


def test_nobody_listening_is_tried_again() -> None:
    with pytest.raises(Temporary, match="ConnectionRefusedError"):
        outgoing.post(f"http://127.0.0.1:{free_port()}/", {}, b"", LOOSE)


def test_the_body_arrives_with_its_path() -> None:
    box = WebBox()
    with box.open():
        assert outgoing.post(f"{box.url}/a/b?c=d", {"X-Name": "1"}, b"body", LOOSE) == 201
    ((path, headers, body),) = box.posts
    assert (path, headers["x-name"], body) == ("/a/b?c=d", "1", b"body")


@pytest.mark.parametrize(
    ("scheme", "start"),
    [("http", b""), ("https", b"\x16\x03\x03\x40\x00")],  # an endless first record of TLS: the agreement never ends
)
def test_an_answer_that_never_ends_is_cut_off(monkeypatch: pytest.MonkeyPatch, scheme: str, start: bytes) -> None:
    monkeypatch.setattr(outgoing, "DEADLINE_S", 0.3)
    listener = socket.create_server(("127.0.0.1", 0))

    def drip() -> None:
        connection, _address = listener.accept()
        with connection, suppress(OSError):
            connection.sendall(start)
            while True:
                connection.sendall(b"H")
                time.sleep(0.02)

    thread = Thread(target=drip)
    thread.start()
    began, limits = time.monotonic(), Limits(schemes=frozenset({scheme}), private=True)
    with pytest.raises(Temporary):
        outgoing.post(f"{scheme}://127.0.0.1:{listener.getsockname()[1]}/", {}, b"", limits)
    assert time.monotonic() - began < outgoing.TIMEOUT_S
    thread.join()
    listener.close()


@pytest.mark.parametrize(
    ("endpoint", "known"),
    [
        ("https://fcm.googleapis.com/fcm/send/abc", True),
        ("https://updates.push.services.mozilla.com/wpush/v2/x", True),
        ("https://web.push.apple.com/x", True),
        ("https://wns2-sg2p.notify.windows.com/w/?token=x", True),
        ("http://fcm.googleapis.com/fcm/send/abc", False),
        ("https://evilpush.apple.com.example/x", False),
        ("https://notpush.apple.com/x", False),
        ("https://fcm.googleapis.com@evil.example/x", False),
        ("https://contoh.id/", False),
        ("https://fcm.googleapis.com:443/fcm/send/abc", True),
        ("https://fcm.googleapis.com:8443/fcm/send/abc", False),
    ],
)
def test_only_the_known_push_services_are_taken(endpoint: str, known: bool) -> None:
    assert push.is_known(endpoint, push.KNOWN_SERVICES, STRICT) is known


POINT = base64.urlsafe_b64encode(
    ec.generate_private_key(ec.SECP256R1()).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
).decode()
AUTH = base64.urlsafe_b64encode(b"0123456789abcdef").decode()


@pytest.mark.parametrize(
    ("point", "auth", "taken"),
    [
        (POINT, AUTH, True),
        (POINT.rstrip("="), AUTH.rstrip("="), True),
        (POINT + "!" * 4, AUTH, False),  # what is no base64 would be passed over, and kept
        (POINT, AUTH + "!" * 2_000_000, False),
        (POINT[:-8], AUTH, False),
        (POINT, AUTH[:-4] + "Ã©", False),
    ],
    ids=["whole", "unpadded", "not base64", "huge", "cut", "not ASCII"],  # the key is made anew by each process
)
def test_a_subscription_holds_its_keys_and_nothing_more(point: str, auth: str, taken: bool) -> None:
    told = {"endpoint": "https://fcm.googleapis.com/fcm/send/abc", "keys": {"p256dh": point, "auth": auth}}
    with nullcontext() if taken else pytest.raises(ValueError):  # noqa: PT011 (the page says the same of each)
        push.Subscription.parse(told, push.KNOWN_SERVICES, STRICT)
