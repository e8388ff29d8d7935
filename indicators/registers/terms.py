"""Words of the registers, and who may write in each (docs/adr/0027)."""

from collections.abc import Mapping
from enum import StrEnum

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from indicators.registers import responsible
from indicators.registers.values import Better, DocumentKind
from indicators.sheet import Indicator
from offices import rights
from offices.rights import Action
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


def writing(register: Register) -> tuple[Action, ...]:
    """What lets somebody write in the register. What SUKMA-E shows is written down for the whole office."""
    return (Action.FILL_FOR_ALL,) if register is Register.OUTSIDE else responsible.writing(INDICATORS[register])


def may_write(register: Register, role: Role, section: str | None) -> bool:
    """Whether somebody of this role and section may add and change entries."""
    return rights.may(role, section, *writing(register))


def writers_words(register: Register) -> str:
    """Who may write, for those who may not."""
    roles = rights.holders(*writing(register))
    if Role.HEAD in roles:
        return _("Register ini diisi oleh Camat, Sekcam, atau operator.")
    if Role.SECTION_HEAD in roles:
        return _("Register ini diisi oleh Kepala Seksi PMKS, Sekcam, atau operator.")
    return _("Register ini diisi oleh Sekcam atau operator.")
