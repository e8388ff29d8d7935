"""Commands of the survey: taking in sheets of ratings."""

from datetime import datetime
from pathlib import Path

import click
from flask.cli import with_appcontext
from tqdm import tqdm

from core import clock
from core.commands import Commands
from offices.current import current_office, for_office
from offices.imports_told import tell
from survey import importing
from survey.elements import OFFICIAL_ORDER, parse_order
from survey.sheets import is_numbered

BY = "perintah ratings import"


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
@for_office
@with_appcontext
def import_ratings(path: Path, service: str, day: datetime, order: str | None) -> None:
    """Take in a sheet (CSV or XLSX) with one respondent a row; the same sheet again adds nothing.

    Columns: u1 to u9 or persyaratan, prosedur, waktu, biaya, produk, kompetensi, perilaku, pengaduan, sarana, each
    1 to 4 or the answer's words; and, where wanted, sex, age_band, education, occupation, date, service, suggestion,
    edition. Files from the page of ratings one by one come back, too.
    """
    elements = parse_order(order) if order else OFFICIAL_ORDER
    now, office_id = clock.now(), current_office().id
    found = importing.read(path, office_id, service_code=service, day=day.date(), order=elements, now=now)
    with tqdm(total=len(found.entries), unit=" baris", disable=None) as bar:
        taken = importing.take_in(found, office_id, by=BY, tick=bar.update, now=now)
    if is_numbered(found.columns) and not order:
        click.echo(f"Urutan u1…u9: {', '.join(elements)} (urutan baku; kalau lain, pakai --order).")
    tell(path, taken, found.rejected, found.ignored)


COMMANDS = (ratings,)
