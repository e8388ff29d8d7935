"""Commands of the office: accounts, settings, QR codes, outlines of the desa."""

import sys
from pathlib import Path

import click
from flask import current_app, url_for
from flask.cli import with_appcontext

from core import clock, commands
from core.calendar import Month
from core.commands import Commands
from core.db import reader
from core.errors import Refused
from offices import adding, boundaries, outlines, poster_sheets, qr, queries, security, service, settings
from offices import staff as accounts
from offices.addresses import Printing, point_address, printing
from offices.current import current_office, for_office
from offices.poster_sheets import Sheet
from offices.roles import Role

DRAWINGS = ((".svg", qr.svg), (".png", qr.poster_png), ("-stiker.png", qr.sticker_png))


@click.group("staff", cls=Commands)
def staff() -> None:
    """Staff accounts."""


@staff.command("add")
@click.argument("email")
@click.option("--name", required=True)
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--section", help="Kunci seksi, misalnya trantib.")
@click.option("--password-stdin", is_flag=True, help="Baca kata sandi dari masukan; tautan tidak dicetak.")
@for_office
@with_appcontext
def add_staff(email: str, name: str, role: str, section: str | None, *, password_stdin: bool) -> None:
    """Make an account; without a password, print the one-time link that sets it."""
    link = accounts.add(
        office_id=current_office().id,
        email=email,
        name=name,
        role=Role(role),
        section_key=section,
        password=sys.stdin.readline().rstrip("\r\n") if password_stdin else None,
        by="perintah staff add",
        now=clock.now(),
    )
    if password_stdin:
        click.echo(f"Akun {link.email} dibuat.")
    else:
        _tell(link.token)


@staff.command("link")
@click.argument("email")
@click.option("--lost-phone", is_flag=True, help="Hapus juga langkah kedua: aplikasi, kunci sandi, kode pemulihan.")
@with_appcontext
def new_link(email: str, *, lost_phone: bool) -> None:
    """Print a new one-time link for an account, also for an operator who forgot the password."""
    by, now = "perintah staff link", clock.now()
    _tell(accounts.reset_of(email=email, factors_too=lost_phone, by=by, now=now).token)


@staff.command("close")
@click.argument("email")
@with_appcontext
def close_staff(email: str) -> None:
    """Close an account and end its sessions."""
    accounts.close(email=email, by="perintah staff close", now=clock.now())
    click.echo(f"Akun {email} ditutup.")


@click.group("settings", cls=Commands)
def office_settings() -> None:
    """Settings of the office."""


@office_settings.command("set")
@click.argument("key")
@click.argument("value")
@click.option("--from", "first_month", metavar="YYYY-MM", help="Bulan pertama berlakunya; bulan ini kalau tidak diisi.")
@for_office
@with_appcontext
def set_setting(key: str, value: str, first_month: str | None) -> None:
    """Set a value from a month on; earlier months keep theirs."""
    now = clock.now()
    month = Month.parse(first_month) if first_month else Month.of(now)
    settings.set_value(
        office_id=current_office().id, key=key, value=value, month=month, by="perintah settings set", now=now
    )
    click.echo(f"{settings.KNOWN[key].meaning}: {value}, mulai {month.long}.")


@click.group("qr", cls=Commands)
def codes() -> None:
    """QR codes of the service points."""


@codes.command("export")
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--new-address", is_flag=True, help="BASE_URL memang pindah; kode yang sudah tercetak boleh mati.")
@for_office
@with_appcontext
def export(folder: Path, *, new_address: bool) -> None:
    """Write every open point's code into DIR: CODE.svg, CODE.png for a poster, CODE-stiker.png for 2 cm; and for the
    printer poster.pdf, tenda.pdf and stiker.pdf with all of them.
    """
    base_url = current_app.config["SETTINGS"].base_url
    _settle_address(base_url, replace=new_address)
    folder.mkdir(parents=True, exist_ok=True)
    points = [point for point in queries.points(reader(), current_office().id) if point.is_open]
    for point in points:
        for ending, draw in DRAWINGS:
            (folder / f"{point.code}{ending}").write_bytes(draw(point_address(base_url, point.code)))
        click.echo(f"{point.code}  {point.name}")
    for sheet in Sheet if points else ():
        (folder / f"{sheet}.pdf").write_bytes(poster_sheets.printed(sheet, current_office(), points, base_url))
    click.echo(f"{len(points)} titik ditulis ke {folder}.")


@click.group("boundaries", cls=Commands)
def borders() -> None:
    """Outlines of the desa."""


@borders.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@for_office
@with_appcontext
def import_borders(file: Path) -> None:
    """Put in the outlines of the desa from a GeoJSON FILE (properties code, name; degrees). Repeating replaces them."""
    office = current_office()
    found = outlines.read(_content(file))
    put = boundaries.put(office_id=office.id, found=found, by="perintah boundaries import", now=clock.now())
    click.echo(f"Batas {len(put.names)} desa dipasang: {', '.join(put.names)}.")
    if put.without:
        click.echo(f"Belum ada batas: {', '.join(put.without)}.")


@click.group("office", cls=Commands)
def office() -> None:
    """The offices of this installation."""


@office.command("list")
@with_appcontext
def list_offices() -> None:
    """Print every office: code, letters, name, regency."""
    for each in queries.offices(reader()):
        click.echo(f"{each.code}  {each.prefix}  {each.name}  {each.regency}")


@office.command("add")
@click.argument("code")
@click.option("--name", required=True, help="Misalnya Kecamatan Jenggawah.")
@click.option("--prefix", required=True, metavar="ABC", help="Awal kode titik dan tanda terima, misalnya JGW.")
@click.option("--regency", required=True, help="Sama seperti pada kantor lain di kabupaten itu.")
@click.option("--province", required=True)
@click.option("--postcode", required=True)
@click.option("--villages", type=click.Path(path_type=Path), metavar="FILE", help="CSV: code, bps_code, name.")
@with_appcontext
def add_office(code: str, villages: Path | None, **named: str) -> None:
    """Add an office with the master data that the first one began with; CODE is Kemendagri's (35.09.24)."""
    new = adding.NewOffice(code=code, villages=adding.read_villages(villages) if villages else (), **named)
    commands.put_in((new.seed, *current_app.extensions[commands.SEEDERS]), now=clock.now())
    click.echo(f"{new.name} ditambahkan. Buat akunnya: staff add … --role operator --office {code}")


@office.command("villages")
@click.argument("file", type=click.Path(path_type=Path))
@for_office
@with_appcontext
def put_villages(file: Path) -> None:
    """Add the desa in FILE (CSV or XLSX: code, bps_code, name) that the office does not have yet."""
    found, by = adding.read_villages(file), "perintah office villages"
    added = adding.put_villages(office_id=current_office().id, villages=found, by=by, now=clock.now())
    click.echo(f"{added} desa ditambahkan.")


def _content(file: Path) -> bytes:
    """One byte more than may be, at most: a file that is too large is not read whole."""
    try:
        with file.open("rb") as opened:
            return opened.read(outlines.LARGEST_FILE + 1)
    except OSError as fault:
        raise Refused(f"{file} tidak dapat dibaca.") from fault


def _settle_address(base_url: str, *, replace: bool) -> None:
    """Printed codes carry one address, changed on purpose only; raises Refused."""
    office, now = current_office(), clock.now()
    by = "perintah qr export"
    state = printing(base_url, office.printed_base_url)
    if state is Printing.CHANGED and not replace:
        raise Refused(
            f"Poster yang sudah dicetak memakai {office.printed_base_url}; dengan {base_url} semuanya mati. "
            "Kembalikan BASE_URL, atau ulangi dengan --new-address."
        )
    if state is Printing.CHANGED:
        service.replace_printed_address(office_id=office.id, base_url=base_url, by=by, now=now)
    else:
        service.keep_printed_address(office_id=office.id, base_url=base_url, by=by, now=now)


def _tell(token: str) -> None:
    """The link alone on stdout, for programs; what it is good for beside it."""
    click.echo(_link(token))
    click.echo(f"Tautan berlaku {security.LINK_VALID.days} hari dan hanya sekali pakai.", err=True)


def _link(token: str) -> str:
    """The whole address, whether or not a request is being answered."""
    with current_app.test_request_context():
        path = url_for("security.reset_password", token=token)
    return str(current_app.config["SETTINGS"].base_url) + path


COMMANDS = (staff, office, office_settings, codes, borders)
