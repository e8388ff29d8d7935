"""Commands of the figures: the nightly run, its scheduler, targets, the monthly summary."""

import json
from datetime import date, datetime
from decimal import Decimal

import click
from flask import current_app
from tqdm import tqdm

from complaints.reporting.intake import Keys
from core import clock, faults
from core.calendar import WIB, Month, wib_day
from core.commands import Command, Commands
from core.db import reader
from core.errors import Refused
from core.figures import printed
from core.identity_key import identity_key
from core.periods import Period
from indicators import demo, demo_months, demo_registers, demo_reports, demo_survey, nightly, scheduler, targets
from indicators.cli_imports import imports
from indicators.cli_months import month_group
from indicators.invented_registers import TARGETS
from indicators.locks import shown
from indicators.months import export
from indicators.registers import models as _registers  # noqa: F401 (its tables)
from offices.current import current_office, for_office


@click.command("nightly", cls=Command)
@click.option("--date", "day", help="Hanya hari ini, misalnya 2026-10-31.")
@click.option("--all", "everything", is_flag=True, help="Hitung ulang semuanya.")
def nightly_command(day: str | None, *, everything: bool) -> None:
    """Recount what changed (or one day, or everything), even if today's run is done."""
    if day and everything:
        raise click.UsageError("--date dan --all tidak dapat dipakai bersama.")
    if day:
        run = nightly.run_day(clock.now, _day(day))
    elif everything:
        run = nightly.run_all(clock.now)
    else:
        run = nightly.run_now(clock.now, nightly.recount_marked)
    click.echo(f"{run.days_recounted} hari dihitung ulang, {run.rows_written} baris.")


@click.command("scheduler", cls=Command)
@click.option("--with-parent", is_flag=True, hidden=True, help="Berhenti bersama proses yang memulainya.")
def scheduler_command(*, with_parent: bool) -> None:
    """Run the nightly jobs in a process of its own, until it is stopped."""
    faults.watch(current_app.config["SETTINGS"])
    scheduler.serve(clock.now, with_parent=with_parent)


def _day(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise Refused("Tulis tanggal sebagai tahun-bulan-hari, misalnya 2026-10-31.") from None
    if found > wib_day(clock.now()):
        raise Refused("Hari itu belum tiba.")
    return found


@click.command("summary", cls=Command)
@click.argument("month")
@click.option("--as-of", "moment", help="Keadaan pada saat ini, misalnya 2026-11-01T00:00+07:00.")
@click.option("--version", type=click.IntRange(1), help="Versi yang dikunci; baku: yang terbaru.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@for_office
def summary_command(month: str, moment: str | None, version: int | None, form: str) -> None:
    """Print the monthly summary: as it was locked, or as it was counted last."""
    if moment and version:
        raise click.UsageError("--as-of dan --version tidak dapat dipakai bersama.")
    found = shown.shown(reader(), current_office(), Period.parse(month), version, _moment(moment))
    if form == "json":
        click.echo(json.dumps(export.as_json(found.whole.summary, found.version), indent=2))
        return
    click.echo(export.as_text(found.whole.summary))
    if found.lock_then:
        click.echo(f"\nSaat itu sudah dikunci sebagai versi {found.version.number}; ini hitungan saat itu.")
    elif found.version.is_locked:
        click.echo(f"\nVersi {found.version.number}, dikunci.{' Berubah sesudah dikunci.' * found.version.is_changed}")


@click.group("targets", cls=Commands)
def targets_group() -> None:
    """Targets of the indicators."""


@targets_group.command("set")
@click.argument("year", type=int)
@click.argument("indicator")
@click.argument("value")
@click.option("--quarter", type=click.IntRange(1, 4), default=None, help="Hanya triwulan ini.")
@for_office
def set_target(year: int, indicator: str, value: str, quarter: int | None) -> None:
    """Set an indicator's target for a year; the indicator by key or by its number on the sheet."""
    found, target = targets.parse_indicator(indicator), targets.parse_value(value)
    by, of_year = "perintah targets", quarter or targets.WHOLE_YEAR
    targets.set_target(
        office_id=current_office().id,
        year=year,
        indicator=found,
        value=target,
        quarter=of_year,
        by=by,
        now=clock.now(),
    )
    click.echo(f"Target {found.value} {targets.named(year, of_year)}: {printed(target)}")


@click.command("demo", cls=Command)
@click.option("--months", type=click.IntRange(1, 60), default=12, show_default=True)
@click.option("--seed", default="mumbulsari", show_default=True)
@click.option("--ratings", "each_day", type=click.IntRange(1, 100_000), default=9, help="Penilaian sehari, rata-rata.")
def demo_command(months: int, seed: str, each_day: int) -> None:
    """Fill the database with invented data, marked as such on every page."""
    office, now = current_office(), clock.now() - demo_months.TAKES
    demo.refuse_real_data(reader(), office)
    demo.mark_invented(office_id=office.id)
    period = demo.demo_months(months, now)
    staff = demo.officers(office.id, "perintah demo", now=period[0].range[0])
    for number, month in enumerate(tqdm(period, desc="Penilaian", disable=None)):
        demo.add_ratings(office_id=office.id, month=month, each_day=each_day, seed=f"{seed}{number}", now=now)
        demo_survey.add_visits(office_id=office.id, month=month, each_day=each_day, seed=f"{seed}{number}", now=now)
    demo_survey.add_plan(office.id, period[-1], "perintah demo", now=now)
    keys = Keys(current_app.config["RECEIPT_KEY"], identity_key())
    reports = demo_reports.add_reports(office, period, seed, keys, staff, now)
    data_dir = current_app.config["SETTINGS"].data_dir
    demo_registers.add_registers(data_dir, office.id, period, seed, "perintah demo", now=now)
    _demo_targets(office.id, {month.year for month in period}, now)
    demo_months.lock_months(office, period, seed, now=now)
    click.echo(f"{reports} laporan karangan dan penilaiannya sudah dibuat untuk {months} bulan.")


def _demo_targets(office_id: int, years: set[int], now: datetime) -> None:
    for year in sorted(years):
        for indicator, value in TARGETS.items():
            targets.set_target(
                office_id=office_id,
                year=year,
                indicator=indicator,
                value=Decimal(value),
                by="perintah demo",
                now=min(now, Month(year, 1).range[0]),
            )


def _moment(text: str | None) -> datetime | None:
    """An ISO moment; one without a zone is WIB."""
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Refused("Tulis waktu sebagai 2026-11-01T00:00+07:00.") from None
    return found if found.tzinfo else found.replace(tzinfo=WIB)


COMMANDS = (nightly_command, scheduler_command, summary_command, targets_group, demo_command, imports, month_group)
