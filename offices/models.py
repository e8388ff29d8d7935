"""Tables of master data. Small, so Citus keeps a whole copy of each on every worker."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from flask_security.core import RoleMixin, UserMixin
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, GrowingRow, OfficeRow
from offices.roles import Role

MASTER = {"spread": "reference"}


def of_office(column: str, target: str) -> sa.ForeignKeyConstraint:
    """A foreign key within the office: (office_id, column) → target (office_id, its key)."""
    table, key = target.split(".")
    return sa.ForeignKeyConstraint(["office_id", column], [f"{table}.office_id", f"{table}.{key}"])


class Office(Base):
    """A sub-district office. `prefix` begins its receipts and point codes; `printed_base_url` is what its
    posters were printed with; `invented` marks a demonstration on every page; `revision` grows with each change
    of master data.
    """

    __tablename__ = "office"
    __table_args__ = (sa.UniqueConstraint("code"), sa.UniqueConstraint("prefix"), {"info": MASTER})

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    code: Mapped[str]
    prefix: Mapped[str]
    name: Mapped[str]
    regency: Mapped[str]
    province: Mapped[str]
    postcode: Mapped[str]
    is_default: Mapped[bool] = mapped_column(default=False)
    invented: Mapped[bool] = mapped_column(default=False)
    printed_base_url: Mapped[str | None]
    revision: Mapped[int] = mapped_column(default=0)


class Section(OfficeRow, Base):
    """A section (seksi) of the office."""

    __tablename__ = "section"
    __table_args__ = ({"info": MASTER},)

    key: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    position: Mapped[int]


class Village(OfficeRow, Base):
    """A desa: `code` is Kemendagri's, `bps_code` that of the statistics office."""

    __tablename__ = "village"
    __table_args__ = ({"info": MASTER},)

    code: Mapped[str] = mapped_column(primary_key=True)
    bps_code: Mapped[str]
    name: Mapped[str]
    position: Mapped[int]


class Outline(OfficeRow, Base):
    """Where a desa ends: `geometry` is a GeoJSON Polygon or MultiPolygon in degrees (WGS 84), as text."""

    __tablename__ = "outline"
    __table_args__ = (of_office("village_code", "village.code"), {"info": MASTER})

    village_code: Mapped[str] = mapped_column(primary_key=True)
    geometry: Mapped[str]


class Service(OfficeRow, Base):
    """A service that residents rate. The code never changes; a closed service is no longer offered."""

    __tablename__ = "service"
    __table_args__ = (of_office("section_key", "section.key"), {"info": MASTER})

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    section_key: Mapped[str]
    position: Mapped[int]
    is_open: Mapped[bool] = mapped_column(default=True)


class Point(OfficeRow, Base):
    """A service point with its QR code. `purpose`: rate, report or both. The code names no period."""

    __tablename__ = "point"
    __table_args__ = (
        of_office("service_code", "service.code"),
        of_office("village_code", "village.code"),
        {"info": MASTER},
    )

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    purpose: Mapped[str]
    service_code: Mapped[str | None]
    village_code: Mapped[str | None]
    place: Mapped[str] = mapped_column(default="")
    is_open: Mapped[bool] = mapped_column(default=True)


class Holiday(OfficeRow, Base):
    """A day on which the office is closed: `kind` public or joint leave; one taken back has `is_off` false."""

    __tablename__ = "holiday"
    __table_args__ = ({"info": MASTER},)

    day: Mapped[date] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[str]
    is_off: Mapped[bool] = mapped_column(default=True)


class StaffRole(RoleMixin):
    """A role as the sign-in library wants it: an object with a name."""

    def __init__(self, name: str) -> None:
        self.name = name


class Staff(OfficeRow, UserMixin, Base):
    """A staff account. `password` is an argon2 hash, None until its one-time link is used; its second factors stand
    in the columns that the sign-in library knows by name (offices/signin/).
    """

    __tablename__ = "staff"
    __table_args__ = (
        of_office("section_key", "section.key"),
        sa.UniqueConstraint("email"),
        sa.UniqueConstraint("fs_uniquifier"),
        {"info": MASTER},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)  # type: ignore[assignment]  # the library would have an int
    email: Mapped[str]
    name: Mapped[str]
    role: Mapped[str]
    section_key: Mapped[str | None]
    password: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str]
    created_at: Mapped[datetime]
    # "authenticator" once an app was set up, the app's secret (sealed), and the newest code of it that was used.
    tf_primary_method: Mapped[str | None]
    tf_totp_secret: Mapped[str | None]
    totp_counter: Mapped[int | None] = mapped_column(sa.BigInteger)
    # Digests of the recovery codes that are left; None: none were ever made.
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(sa.JSON(none_as_null=True))
    fs_webauthn_user_handle: Mapped[str | None]  # type: ignore[assignment]  # None until the first passkey

    @property
    def roles(self) -> list[RoleMixin]:  # type: ignore[override]  # the library would store it
        """The account's one role, as the sign-in library wants it."""
        return [StaffRole(self.role)]

    @property
    def staff_role(self) -> Role:
        """The account's role."""
        return Role(self.role)


class Setting(GrowingRow, Base):
    """An office setting from a month on. Rows are only added; the newest for a month counts."""

    __tablename__ = "setting"

    key: Mapped[str]
    value: Mapped[str]
    valid_from: Mapped[date]
    set_at: Mapped[datetime]
    set_by: Mapped[str]


class Import(GrowingRow, Base):
    """A file taken in by command; undone whole or not at all. `digest` is of the content and the options."""

    __tablename__ = "import"
    __table_args__ = (sa.Index(None, "office_id", "digest"),)

    kind: Mapped[str]
    file_name: Mapped[str]
    digest: Mapped[str]
    options: Mapped[dict[str, str]] = mapped_column(sa.JSON)
    imported: Mapped[int]
    rejected: Mapped[int]
    at: Mapped[datetime]
    by: Mapped[str]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str | None]


class Attachment(GrowingRow, Base):
    """A file that stands beside something, such as evidence or a scan: a picture, re-encoded, or a PDF as it came.

    The bytes lie beside the database under the id; `about` says what it belongs to ("paper_batch:<id>").
    """

    __tablename__ = "attachment"
    __table_args__ = (sa.Index(None, "office_id", "about"),)

    about: Mapped[str]
    file_name: Mapped[str]
    kind: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    added_at: Mapped[datetime]
    added_by: Mapped[str]


class Webhook(OfficeRow, Base):
    """Another system that is told of events: its address, and the sealed secret that signs what it is sent."""

    __tablename__ = "webhook"
    __table_args__ = ({"info": MASTER},)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    url: Mapped[str]
    sealed_secret: Mapped[bytes]
    is_active: Mapped[bool] = mapped_column(default=True)
    added_at: Mapped[datetime]


class DirtyDay(GrowingRow, Base):
    """A day whose figures must be counted again. One row a change, taken away by the night that recounts it."""

    __tablename__ = "dirty_day"

    kind: Mapped[str]
    day: Mapped[date]
