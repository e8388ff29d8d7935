"""Commands of the figures: the nightly run, its scheduler, targets, the monthly summary."""

from datetime import date

import click

from core import clock
from core.calendar import wib_day
from core.commands import Commands
from core.errors import Refused
from indicators import nightly, scheduler


@click.command("nightly")
@click.option("--date", "day", help="Hanya hari ini, misalnya 2026-10-31.")
@click.option("--all", "everything", is_flag=True, help="Hitung ulang semuanya.")
def nightly_command(day: str | None, *, everything: bool) -> None:
    """Recount what changed (or one day, or everything), even if today's run is done."""
    if day and everything:
        raise click.UsageError("--date dan --all tidak dapat dipakai bersama.")
    work = nightly.recount_all if everything else nightly.recount_day(_day(day)) if day else nightly.recount_marked
    run = nightly.run_now(clock.now, work)
    click.echo(f"{run.days_recounted} hari dihitung ulang, {run.rows_written} baris.")


@click.command("scheduler")
def scheduler_command() -> None:
    """Run the nightly jobs in a process of its own, until it is stopped."""
    scheduler.serve(clock.now)


def _day(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise Refused("Tulis tanggal sebagai tahun-bulan-hari, misalnya 2026-10-31.") from None
    if found > wib_day(clock.now()):
        raise Refused("Hari itu belum tiba.")
    return found


COMMANDS = Commands(commands={"nightly": nightly_command, "scheduler": scheduler_command})
