"""Codes of an authenticator app: sealed secrets, our clock, and no code twice."""

from typing import Any

from flask_security import Totp
from passlib.exc import UsedTokenError
from passlib.totp import TOTP, TotpMatch

from core import clock
from offices.current import current_office
from offices.qr import svg_address
from offices.signin import factors


class Codes(Totp):
    """The sign-in library's codes, with what it leaves to us."""

    def __init__(self, secrets: dict[str, str], issuer: str) -> None:
        super().__init__(secrets, issuer)
        self._totp = TOTP.using(issuer=issuer, secrets=secrets, now=_now)

    def get_last_counter(self, user: Any) -> int | None:
        """The newest code that was used, by its place in time."""
        counter: int | None = user.totp_counter
        return counter

    def set_last_counter(self, user: Any, tmatch: TotpMatch) -> None:
        """Use the code; raises UsedTokenError when another request was first with it."""
        asked = {"office_id": user.office_id, "staff_id": user.id}
        if not factors.use_code(**asked, counter=tmatch.counter, now=clock.now()):
            raise UsedTokenError

    def get_totp_uri(self, username: str, totp_secret: str) -> str:
        """Named for the office, as the list in the app shows it."""
        uri: str = self._totp.from_source(totp_secret).to_uri(username, issuer=current_office().name.replace(":", " "))
        return uri

    def generate_qrcode(self, username: str, totp: str) -> str:
        """The picture to scan, as an address that holds it all."""
        return svg_address(self.get_totp_uri(username, totp))


def _now() -> float:
    return clock.now().timestamp()
