"""Settings from the environment, checked once at start; unknown and malformed ones are refused."""

import difflib
import ipaddress
import os
import re
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast
from urllib.parse import parse_qs, urlsplit

import pyrage
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from core.errors import Refused

ROOT = Path(__file__).resolve().parent.parent
PUBLIC_PORTS = range(1, 65536)
SHORTEST_SECRET = 16
# Not even a malformed one is printed: there are passwords in them.
KEPT_QUIET = frozenset(
    {"BACKUP_KEY", "DATABASE_URL", "METRICS_TOKEN", "REDIS_URL", "SECRET_KEY", "SENTRY_DSN", "SMTP_URL"}
)
LOG_FORMATS = ("text", "json")
# Whatever the service is called, who stands at the machine itself may ask it.
OWN_NAMES = ("localhost", "127.0.0.1")
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
# How alike a foreign name must be to one of ours to be taken for a slip of the pen.
SLIP = 0.85


@dataclass(frozen=True)
class Settings:
    """All settings, typed. An empty `secret_key` means: make one and keep it in `data_dir`. No `trusted_hosts`: any
    name is answered to; `trusted_proxies`: whose word on who asks is taken; an empty `log_format`: text on a terminal.
    """

    port: int
    host: str
    data_dir: Path
    database_url: str
    secret_key: str
    base_url: str
    smtp_url: str
    redis_url: str
    metrics_token: str
    backup_dir: Path
    backup_keys: tuple[str, ...]
    backup_keep: tuple[int, ...]
    trusted_hosts: tuple[str, ...]
    trusted_proxies: tuple[Network, ...]
    sentry_dsn: str
    log_format: str

    @property
    def is_https(self) -> bool:
        """Whether phones reach the service under TLS."""
        return self.base_url.startswith("https://")


def _port(text: str) -> int:
    if not text.isdigit() or int(text) not in PUBLIC_PORTS:
        raise ValueError("angka 1–65535")
    return int(text)


def _host(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9.:\[\]-]+", text):
        raise ValueError("alamat mesin, misalnya 127.0.0.1 atau 0.0.0.0")
    return text


def _database(text: str) -> str:
    try:
        driver = make_url(text).drivername
    except ArgumentError:
        driver = ""
    if driver not in {"sqlite", "postgresql+psycopg"}:
        raise ValueError("sqlite:////berkas.db atau postgresql+psycopg://…")
    return text


def _secret(text: str) -> str:
    if len(text) < SHORTEST_SECRET:
        raise ValueError(f"sedikitnya {SHORTEST_SECRET} huruf acak")
    return text


def _url(*schemes: str) -> Callable[[str], str]:
    def check(text: str) -> str:
        parts = urlsplit(text)
        if parts.scheme not in schemes or not parts.hostname:
            raise ValueError(" atau ".join(f"{scheme}://…" for scheme in schemes))
        return text.rstrip("/")

    return check


def _smtp(text: str) -> str:
    parts = urlsplit(_url("smtp", "smtps")(text))
    query = parse_qs(parts.query)
    sender = query.get("from", ["a@b"])[0]
    if parts.port == 0 or not re.fullmatch(r"[^@\s]+@[^@\s]+", sender) or query.keys() - {"from", "ca"}:
        raise ValueError("smtp://pengguna:sandi@server:587?from=alamat@kantor&ca=/sertifikat.pem; ca boleh tidak ada")
    try:
        ssl.create_default_context(cafile=query.get("ca", [None])[0])
    except OSError as fault:
        raise ValueError("ca=/sertifikat.pem, berkas PEM yang ada dan dapat dibaca") from fault
    return text


def _backup_keys(text: str) -> tuple[str, ...]:
    """The first one seals, all of them open."""
    found = tuple(part.strip() for part in text.split(","))
    try:
        for key in found:
            pyrage.x25519.Identity.from_str(key)
    except pyrage.IdentityError as fault:
        raise ValueError("AGE-SECRET-KEY-1…, buatlah dengan: flask --app wsgi backup key") from fault
    return found


def _backup_keep(text: str) -> tuple[int, ...]:
    if not re.fullmatch(r"[1-9]\d{0,2}(,\d{1,3}){2}", text):
        raise ValueError("banyaknya cadangan harian, mingguan, dan bulanan, misalnya 7,4,12")
    return tuple(map(int, text.split(",")))


def _hosts(text: str) -> tuple[str, ...]:
    found = tuple(part.strip().lower() for part in text.split(","))
    if not all(re.fullmatch(r"\.?[a-z0-9-]+(\.[a-z0-9-]+)*", name) for name in found):
        raise ValueError("nama mesin dipisah koma, tanpa port, misalnya lapor.mumbulsari.go.id,192.168.1.10")
    return found


def _networks(text: str) -> tuple[Network, ...]:
    try:
        return tuple(ipaddress.ip_network(part.strip()) for part in text.split(","))
    except ValueError as fault:
        raise ValueError("alamat atau jaringan proksi dipisah koma, misalnya 127.0.0.1,10.0.0.0/8") from fault


def _log_format(text: str) -> str:
    if text not in LOG_FORMATS:
        raise ValueError(" atau ".join(LOG_FORMATS))
    return text


def _path(text: str) -> Path:
    return Path(text).expanduser().resolve()


PARSERS: dict[str, Callable[[str], object]] = {
    "PORT": _port,
    "HOST": _host,
    "DATA_DIR": _path,
    "DATABASE_URL": _database,
    "SECRET_KEY": _secret,
    "BASE_URL": _url("http", "https"),
    "SMTP_URL": _smtp,
    "REDIS_URL": _url("redis", "rediss"),
    "METRICS_TOKEN": _secret,
    "BACKUP_DIR": _path,
    "BACKUP_KEY": _backup_keys,
    "BACKUP_KEEP": _backup_keep,
    "TRUSTED_HOSTS": _hosts,
    "TRUSTED_PROXIES": _networks,
    "SENTRY_DSN": _url("https", "http"),
    "LOG_FORMAT": _log_format,
}


def from_environment(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read `environ`; raises Refused naming every setting that is unknown or malformed."""
    values: dict[str, object] = {}
    faults = _slips(environ)
    for name, parse in PARSERS.items():
        try:
            values[name] = parse(environ[name]) if environ.get(name) else None
        except ValueError as fault:
            shown = "…" if name in KEPT_QUIET else repr(environ[name])
            faults.append(f"{name}={shown} tidak dapat dipakai; yang diharapkan: {fault}.")
    if faults:
        raise Refused("Pengaturan tidak dapat dipakai:\n  " + "\n  ".join(faults))
    return _with_defaults(values)


def _slips(environ: Mapping[str, str]) -> list[str]:
    """Names that are almost ours: the environment holds many foreign names, so only near misses count."""
    foreign = (name for name in environ if name not in PARSERS)
    near = ((name, difflib.get_close_matches(name.upper(), PARSERS, 1, SLIP)) for name in foreign)
    return [f"{name} tidak dikenal; apakah maksudnya {match[0]}?" for name, match in near if match]


def _with_defaults(values: Mapping[str, object]) -> Settings:
    data_dir = values["DATA_DIR"] or ROOT / "instance"
    port, host = values["PORT"] or 8000, values["HOST"] or "127.0.0.1"
    return Settings(
        port=int(str(port)),
        host=str(host),
        data_dir=Path(str(data_dir)),
        database_url=str(values["DATABASE_URL"] or f"sqlite:///{data_dir}/sukma.db"),
        secret_key=str(values["SECRET_KEY"] or ""),
        base_url=str(values["BASE_URL"] or f"http://{host}:{port}"),
        smtp_url=str(values["SMTP_URL"] or ""),
        redis_url=str(values["REDIS_URL"] or ""),
        metrics_token=str(values["METRICS_TOKEN"] or ""),
        backup_dir=Path(str(values["BACKUP_DIR"] or f"{data_dir}/backups")),
        backup_keys=cast("tuple[str, ...]", values["BACKUP_KEY"] or ()),
        backup_keep=cast("tuple[int, ...]", values["BACKUP_KEEP"] or (7, 4, 12)),
        trusted_hosts=cast("tuple[str, ...]", values["TRUSTED_HOSTS"] or ()) + _own_hosts(values),
        trusted_proxies=cast("tuple[Network, ...]", values["TRUSTED_PROXIES"] or ()),
        sentry_dsn=str(values["SENTRY_DSN"] or ""),
        log_format=str(values["LOG_FORMAT"] or ""),
    )


def _own_hosts(values: Mapping[str, object]) -> tuple[str, ...]:
    """The names that go without saying; none before the service has one, for then nobody knows what phones call it."""
    if not values["BASE_URL"] and not values["TRUSTED_HOSTS"]:
        return ()
    name = urlsplit(str(values["BASE_URL"] or "")).netloc.rpartition("@")[2]
    if name.startswith("["):
        return ()  # the library compares no IPv6 addresses, and would answer to nobody
    return tuple(filter(None, (name.partition(":")[0].lower(), *OWN_NAMES)))
