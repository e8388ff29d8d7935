"""One-time links to a new password: of several who use one at the same moment, one sets the password."""

from secrets import token_hex
from typing import Any

import sqlalchemy as sa
from flask_security.forms import ResetPasswordForm
from sqlalchemy.orm import Session

from core.db import db
from offices.models import Staff
from offices.signin.words import MESSAGES


class LinkForm(ResetPasswordForm):
    """A new password."""

    def validate(self, **more: Any) -> bool:  # type: ignore[override]  # the library's, too
        """Whether it may be set: the link is used up in the transaction in which the library stores the password."""
        if not super().validate(**more) or not isinstance(self.user, Staff):
            return False
        if claimed(db.session(), self.user):
            return True
        db.session.rollback()
        self.password.errors = (MESSAGES["INVALID_RESET_PASSWORD_TOKEN"][0],)
        return False


def claimed(session: Session, account: Staff) -> bool:
    """Use up all links of the account: they name its uniquifier. False where somebody has since it was read. Others
    wait with their writing until the library has hashed the password, a third of a second.
    """
    mine = sa.update(Staff).filter_by(office_id=account.office_id, id=account.id, fs_uniquifier=account.fs_uniquifier)
    used = mine.values(fs_uniquifier=token_hex(32)).returning(Staff.id)
    return session.scalar(used.execution_options(synchronize_session=False)) is not None
