"""Says on the terminal what an import did."""

from collections.abc import Sequence
from pathlib import Path

import click

from offices.imports import Rejected, write_rejected


def tell(path: Path, imported: int | None, rejected: Sequence[Rejected], ignored: Sequence[str]) -> None:
    """`imported` is None when the same file counts already. Rejected rows are named, and kept to be mended."""
    if ignored:
        click.echo(f"Kolom yang tidak dipakai: {', '.join(ignored)}.")
    for row in rejected:
        click.echo(f"Baris {row.row}: {row.reason}")
    click.echo(f"{imported or 0} imported, {len(rejected)} rejected")
    if imported is None:
        click.echo("Berkas ini sudah diimpor dengan pilihan yang sama; tidak ada yang ditambahkan.")
    elif rejected:
        _keep(path, rejected)


def _keep(path: Path, rejected: Sequence[Rejected]) -> None:
    try:
        rest = write_rejected(path, rejected)
    except OSError:
        click.echo(f"{path.name}.ditolak.csv tidak dapat ditulis.", err=True)
    else:
        click.echo(f"Baris yang ditolak ditulis ke {rest}: perbaiki, lalu impor berkas itu saja.")
