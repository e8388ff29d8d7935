"""`month lock`, `month versions`, `month verify`: locked months by command."""

import json

import click

from core import clock
from core.calendar import Month, long_moment, utc_text
from core.commands import Command, Commands
from core.db import read_afresh, reader
from core.errors import Refused
from core.periods import Period
from indicators.locks import checklist, locking, readiness, shown, verifying
from indicators.locks.shown import LockFacts
from indicators.locks.verifying import Proof
from offices import queries as offices
from offices.access import account_may
from offices.current import current_office, for_office
from offices.models import Office, Staff
from offices.rights import Action

PROVED = ("isi sama dengan sidiknya", "dasar hitungan sama", "segel masih ada di rantai", "angka keluar lagi")


@click.group("month", cls=Commands)
def month_group() -> None:
    """Locked months and their versions."""


@month_group.command("lock", cls=Command)
@click.argument("month")
@click.option("--by", "email", required=True, metavar="EMAIL", help="Akun Sekcam yang mengunci.")
@click.option(
    "--reason", default="", help="Mengapa dikunci sekali lagi, tanpa nama orang: diumumkan. Perlu mulai versi 2."
)
@click.option("--number", "letter_number", default="", help="Nomor surat yang tercetak.")
@click.option("--anyway", is_flag=True, help="Kunci juga walau masih ada butir yang terbuka.")
@for_office
def lock(month: str, email: str, reason: str, letter_number: str, *, anyway: bool) -> None:
    """Lock a month as it was last counted."""
    asked, office, now = Month.parse(month), current_office(), clock.now()
    account, found = _locker(office, email), readiness.ready(reader(), office, asked, now)
    left = checklist.left_open(found.items)
    if left and not checklist.blocking(found.items) and not anyway:
        for item in left:
            click.echo(f"{item.title}: {item.words}", err=True)
        raise Refused("Bereskan dahulu, atau tambahkan --anyway.")
    version = locking.lock(
        office_id=office.id,
        month=asked,
        version=found.version,
        seen=found.seen,
        reason=reason.strip(),
        letter_number=letter_number.strip(),
        despite_open=anyway,
        by=account.email,
        now=now,
    )
    click.echo(f"{asked.long} dikunci sebagai versi {version}.")


@month_group.command("versions", cls=Command)
@click.argument("month")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@for_office
def versions(month: str, form: str) -> None:
    """Every version of a month, the newest first."""
    period = Period.of(Month.parse(month))
    found = shown.facts_of_all(reader(), current_office().id, period)
    if form == "json":
        click.echo(json.dumps([_as_json(each) for each in found], indent=2))
        return
    for each in found:
        click.echo("\n".join(_as_text(each)))
    if not found:
        click.echo(f"{period.long} belum dikunci.")


@month_group.command("verify", cls=Command)
@click.argument("month")
@for_office
def verify(month: str) -> None:
    """Prove every version of a month: its content, what it was counted from, and the chain of events."""
    asked = Month.parse(month)
    proofs = verifying.verify(read_afresh(), current_office(), asked)
    for proof in proofs:
        click.echo("\n".join(_proof(proof)))
    if not proofs:
        raise Refused(f"{asked.long} belum dikunci.")
    if not all(proof.holds for proof in proofs):
        raise Refused("Ada yang tidak cocok: periksa siapa yang mengubah basis data di luar aplikasi.")


def _locker(office: Office, email: str) -> Staff:
    account = offices.account(reader(), email)
    if account.office_id != office.id or not account.active or not account_may(account, Action.LOCK_MONTH):
        raise Refused(f"{email} bukan akun Sekcam yang aktif di kantor ini; hanya Sekcam yang mengunci bulan.")
    return account


def _as_json(lock: LockFacts) -> dict[str, object]:
    return {
        "version": lock.number,
        "as_of": utc_text(lock.as_of),
        "locked_at": utc_text(lock.locked_at),
        "locked_by": lock.locked_by,
        "reason": lock.reason,
        "letter_number": lock.letter_number,
        "left_open": list(lock.left_open),
        "approved_at": utc_text(lock.approved_at) if lock.approved_at else None,
        "approved_by": lock.approved_by,
        "anchor": lock.anchor,
        "content_hash": lock.content_hash,
    }


def _as_text(lock: LockFacts) -> list[str]:
    approved = f"disetujui {long_moment(lock.approved_at)} oleh {lock.approved_by}" if lock.approved_at else "belum"
    return [
        f"Versi {lock.number}: dikunci {long_moment(lock.locked_at)} oleh {lock.locked_by}",
        f"  keadaan   {long_moment(lock.as_of)}",
        *([f"  alasan    {lock.reason}"] if lock.reason else []),
        *([f"  nomor     {lock.letter_number}"] if lock.letter_number else []),
        f"  Camat     {approved}",
        f"  sidik     {lock.content_hash}",
        f"  segel     {lock.anchor}",
    ]


def _proof(proof: Proof) -> list[str]:
    held = (proof.is_content, proof.is_inputs, proof.is_anchor, proof.is_counted)
    lines = [f"  {'ya   ' if held_ else 'TIDAK'} {words}" for held_, words in zip(held, PROVED, strict=True)]
    return [f"Versi {proof.version}:", *lines]
