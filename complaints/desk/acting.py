"""As whom an account acts at the desk of Seksi Trantib."""

from offices.models import Staff
from offices.roles import Role

SECTION = "trantib"
ONLOOKER = "onlooker"  # a role of no row in the table of moves


def acting_role(account: Staff) -> str:
    """The account's role; the head of another section sees every report and moves none."""
    if account.role == Role.SECTION_HEAD and account.section_key != SECTION:
        return ONLOOKER
    return account.role
