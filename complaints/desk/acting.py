"""As whom an account acts at the desk of Seksi Trantib."""

from offices.access import account_may
from offices.models import Staff
from offices.rights import Action

ONLOOKER = "onlooker"  # a role of no row in the table of moves


def acting_role(account: Staff, action: Action = Action.HANDLE_CASES) -> str:
    """The account's role where it may do so to reports; anybody else only looks on."""
    return account.role if account_may(account, action) else ONLOOKER
