"""Commands of the survey: taking in sheets of ratings."""

from datetime import datetime
from pathlib import Path

import click
from flask.cli import with_appcontext
from tqdm import tqdm

from core import clock
from core.commands import Commands
from core.tabular import write_rows
from offices.current import current_office
from survey import importing
from survey.elements import OFFICIAL_ORDER, parse_order
from survey.importing import Outcome, Reading

REASON = "alasan"


@click.group("ratings", cls=Commands)
def ratings() -> None:
    """Ratings of the survey."""


@ratings.command("import")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--service", required=True, metavar="CODE", help="Layanan, untuk baris yang tidak menyebutnya.")
@click.option(
    "--date", "day", required=True, type=click.DateTime(["%Y-%m-%d"]), help="Tanggal, untuk baris yang tanpa tanggal."
)
@click.option("--order", metavar="KEY,KEY,…", help="Unsur di balik kolom u1…u9, berurutan.")
@with_appcontext
def import_ratings(path: Path, service: str, day: datetime, order: str | None) -> None:
    """Take in a sheet (CSV or XLSX) with one respondent a row; the same sheet again adds nothing."""
    elements = parse_order(order) if order else OFFICIAL_ORDER
    outcome = importing.take_in(
        path,
        office_id=current_office().id,
        service_code=service,
        day=day.date(),
        order=elements,
        watch=lambda rows: tqdm(rows, unit=" baris", disable=None),
        by="perintah ratings import",
        now=clock.now(),
    )
    if outcome.reading.is_numbered and not order:
        click.echo(f"Urutan u1…u9: {', '.join(elements)} (urutan baku; kalau lain, pakai --order).")
    _tell(outcome, path)


def _tell(outcome: Outcome, path: Path) -> None:
    reading = outcome.reading
    if reading.ignored:
        click.echo(f"Kolom yang tidak dipakai: {', '.join(reading.ignored)}.")
    for each in reading.rejected:
        click.echo(f"Baris {each.row}: {each.reason}")
    click.echo(f"{outcome.imported or 0} imported, {len(reading.rejected)} rejected")
    if outcome.imported is None:
        click.echo("Berkas ini sudah diimpor dengan pilihan yang sama; tidak ada yang ditambahkan.")
    elif reading.rejected:
        _write_rejected(reading, path)


def _write_rejected(reading: Reading, path: Path) -> None:
    """Beside the file, with the reasons, to be mended and imported alone."""
    columns = list(dict.fromkeys(name for each in reading.rejected for name in each.cells))
    rows = [{name: each.cells.get(name, "") for name in columns} | {REASON: each.reason} for each in reading.rejected]
    rejects = path.with_name(f"{path.name}.ditolak.csv")
    try:
        write_rows(rejects, rows)
    except OSError:
        click.echo(f"{rejects} tidak dapat ditulis.", err=True)
    else:
        click.echo(f"Baris yang ditolak ditulis ke {rejects}: perbaiki, lalu impor berkas itu saja.")


COMMANDS = (ratings,)
