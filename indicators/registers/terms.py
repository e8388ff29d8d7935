"""Words of the registers, and who may write in each (docs/adr/0027)."""

from collections.abc import Mapping
from enum import StrEnum

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from indicators.registers.responsible import DUTIES, FOR_ALL, Duty
from indicators.registers.values import Better, DocumentKind
from indicators.sheet import Indicator
from offices.roles import Role


class Register(StrEnum):
    """The registers, by the word in their addresses."""

    DOCUMENTS = "dokumen"
    ACTIVITIES = "kegiatan"
    REVIEWS = "sakip"
    PROGRAMME = "program"
    REALISATIONS = "realisasi"
    OUTSIDE = "sukma-e"

    @property
    def key(self) -> str:
        """As its pages are called by the program."""
        return self.name.lower()


KIND_NAMES: Mapping[DocumentKind, str] = {
    DocumentKind.LAKIP: "LAKIP",
    DocumentKind.RB: "RB",
    DocumentKind.ANJAB: "ANJAB",
    DocumentKind.SERVICE: "Pelayanan Publik",
}
KIND_LABELS: Mapping[DocumentKind, object] = {
    DocumentKind.LAKIP: _l("LAKIP (laporan kinerja)"),
    DocumentKind.RB: _l("RB (reformasi birokrasi)"),
    DocumentKind.ANJAB: _l("ANJAB (analisis jabatan)"),
    DocumentKind.SERVICE: _l("Pelayanan Publik (standar pelayanan)"),
}
BETTER_LABELS: Mapping[Better, object] = {
    Better.HIGHER: _l("Makin tinggi makin baik"),
    Better.LOWER: _l("Makin rendah makin baik"),
}
INDICATORS: Mapping[Register, Indicator] = {
    Register.DOCUMENTS: Indicator.DOCUMENTS,
    Register.ACTIVITIES: Indicator.WELFARE,
    Register.REVIEWS: Indicator.SAKIP,
    Register.PROGRAMME: Indicator.PROGRAMME,
    Register.REALISATIONS: Indicator.PROGRAMME,
    Register.OUTSIDE: Indicator.IKM,
}
# What SUKMA-E shows is written down for the whole office, by those who write for all.
NO_DUTY = Duty()


def duty(register: Register) -> Duty:
    """Those who write in the register beside those who write for all."""
    return NO_DUTY if register is Register.OUTSIDE else DUTIES[INDICATORS[register]]


def writers(register: Register) -> frozenset[Role]:
    """The roles that may write; the head of a section only where the register is that section's."""
    found = duty(register)
    return FOR_ALL | found.roles | ({Role.SECTION_HEAD} if found.sections else frozenset())


def may_write(register: Register, role: Role, section: str | None) -> bool:
    """Whether somebody of this role and section may add and change entries."""
    return role in FOR_ALL or duty(register).is_of(role, section)


def writers_words(register: Register) -> str:
    """Who may write, for those who may not."""
    roles = writers(register)
    if Role.HEAD in roles:
        return _("Register ini diisi oleh Camat, Sekcam, atau operator.")
    if Role.SECTION_HEAD in roles:
        return _("Register ini diisi oleh Kepala Seksi PMKS, Sekcam, atau operator.")
    return _("Register ini diisi oleh Sekcam atau operator.")
