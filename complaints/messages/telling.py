"""Addresses and words messages when they are sent: from the ids that waited, and as things stand then."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy.orm import Session

from complaints import notices
from complaints.desk_models import PushSubscription
from complaints.messages import audience, letters, notice_queries, subscribing
from complaints.messages.audience import Resident
from complaints.messages.letters import Happened, Step, Words
from complaints.messages.notice_queries import Told
from complaints.reporting.intake import Keys
from complaints.terms import Move, Status
from complaints.workflow import is_open
from core import mail, outbox
from core.calendar import utc_text
from core.delivery import Contents
from core.identity_key import identity_key
from core.mail import Mail
from core.outbox import Channel, Claimed
from core.push import Push
from core.sealing import unseal
from core.webhooks import Call
from offices.models import Webhook

Names = Mapping[str, Any]
TEST = {"type": "webhook.test", "data": {}}


@dataclass(frozen=True)
class Letter:
    """What a member of staff is told, and what comes with it by e-mail."""

    words: Words
    files: tuple[mail.File, ...] = ()


# Words another room's message to staff, by its `kind`: of an office, from the ids that waited, with our address. None:
# there is nothing to tell any more.
Writer = Callable[[Session, int, Names, str], Letter | None]


@dataclass(frozen=True)
class Teller:
    """What telling needs of the installation. `by_mail`: there is a server for e-mail. `writers` are those of what
    other rooms tell staff, by kind.
    """

    keys: Keys
    base_url: str
    by_mail: bool
    writers: Mapping[str, Writer] = field(default_factory=dict)

    def spread(self, session: Session, message: Claimed, now: datetime) -> None:
        """Put one message down for each who is told of the notice, in the caller's transaction."""
        event_id = UUID(_names(message)["event"])
        what = notice_queries.told(session, message.office_id, event_id)
        for receiver in audience.receivers(session, what, self.keys, now=now) if what else ():
            if receiver.channel is Channel.EMAIL and not self.by_mail:
                continue
            outbox.put(
                session,
                message.office_id,
                receiver.channel,
                once=f"{receiver.cause or event_id}:{receiver.channel.value}:{receiver.key}",
                about=message.about,
                sealed=notices.payload(event=event_id, **receiver.names),
                now=now,
                not_before=receiver.not_before,
            )

    def write(self, session: Session, message: Claimed) -> Mail | Push | Call | None:
        """The message addressed and worded, None when nobody is to be told any more."""
        names = _names(message)
        if "webhook" in names:
            return self._call(session, message, names)
        if "subscription" in names:
            row = notice_queries.phone(session, message.office_id, UUID(names["subscription"]))
            return self._push(session, message, names, row) if row else None
        if "staff" in names:
            return self._staff_mail(session, message, names)
        return self._resident_mail(session, message, names)

    def forget(self, session: Session, message: Claimed) -> None:
        """The browser that the message was for has ended its subscription."""
        subscribing.forget(session, message.office_id, UUID(_names(message)["subscription"]))

    def _resident_mail(self, session: Session, message: Claimed, names: Names) -> Mail | None:
        what = _told(session, message, names)
        everybody = self._residents(session, message, UUID(names["report"]), what) if what else []
        who = next((one for one in everybody if str(one.joiner or "") == names.get("joiner", "")), None)
        if what is None or who is None or not who.email:
            return None
        return self._mail(message, who.email, self._resident_words(session, what, who), resident=True)

    def _staff_mail(self, session: Session, message: Claimed, names: Names) -> Mail | None:
        account = notice_queries.open_account(session, message.office_id, UUID(names["staff"]))
        letter = self._staff_letter(session, message, names) if account else None
        if account is None or letter is None:
            return None
        return replace(self._mail(message, account.email, letter.words, resident=False), files=letter.files)

    def _push(self, session: Session, message: Claimed, names: Names, row: PushSubscription) -> Push | None:
        kept = subscribing.opened(self.keys, row)
        what = _told(session, message, names)
        words = self._pushed_words(session, message, names, row, kept.receipt) if kept else None
        if words is None or kept is None:
            return None
        shown = letters.as_push(words, tag=what.report.number if what else str(message.id))
        return Push(kept.subscription, shown, is_urgent=bool(what and what.is_urgent and row.staff_id))

    def _pushed_words(
        self, session: Session, message: Claimed, names: Names, row: PushSubscription, receipt: str
    ) -> Words | None:
        """None once the receipt was replaced: whoever holds the old one is told of that, and no more."""
        if row.staff_id is not None:
            account = notice_queries.open_account(session, message.office_id, row.staff_id)
            letter = self._staff_letter(session, message, names) if account else None
            return letter.words if letter else None
        what = _told(session, message, names)
        everybody = self._residents(session, message, row.complaint_id, what) if what and row.complaint_id else []
        replaced = what is not None and what.move is Move.REISSUE
        same = (one for one in everybody if (one.joiner == row.joiner_id if replaced else one.code == receipt))
        who = next(same, None)
        return self._resident_words(session, what, who) if what and who else None

    def _residents(self, session: Session, message: Claimed, report_id: UUID, what: Told) -> list[Resident]:
        report = notice_queries.report(session, message.office_id, report_id)
        return audience.residents(session, report, what.prefix, self.keys) if report else []

    def _resident_words(self, session: Session, what: Told, who: Resident) -> Words:
        happened = replace(_happened(session, what), number=who.number)
        if what.move is Move.REISSUE:
            return letters.replaced(happened, f"{self.base_url}/")
        if who.report != what.report.id:
            happened = replace(happened, answer_by=None)  # the answer is asked of those who reported the first
        link = f"{self.base_url}/lacak/{who.code}" if who.code else f"{self.base_url}/lacak"
        return (letters.receipt if what.move in letters.CAME_IN else letters.for_resident)(happened, link)

    def _staff_letter(self, session: Session, message: Claimed, names: Names) -> Letter | None:
        if "kind" in names:
            return self.writers[names["kind"]](session, message.office_id, names, self.base_url)
        words = self._staff_words(session, message, names)
        return Letter(words) if words else None

    def _staff_words(self, session: Session, message: Claimed, names: Names) -> Words | None:
        if "due" in names:
            reports = notice_queries.still_due(session, message.office_id, [UUID(key) for key in names["reports"]])
            return letters.about_due(Step(names["due"]), reports, f"{self.base_url}/petugas") if reports else None
        what = _told(session, message, names)
        if what is None:
            return None
        return letters.for_staff(_happened(session, what), f"{self.base_url}/petugas/laporan/{what.report.number}")

    def _mail(self, message: Claimed, to: str, words: Words, *, resident: bool) -> Mail:
        text = letters.as_mail(words, resident=resident)
        return Mail(to, words.subject, text, mail.message_id(message.id, self.base_url))

    def _call(self, session: Session, message: Claimed, names: Names) -> Call | None:
        hook = notice_queries.webhook(session, message.office_id, UUID(names["webhook"]))
        what = _told(session, message, names)
        if hook is None or ("event" in names and what is None):
            return None
        return self._signed(hook, message, _event_body(session, what) if what else TEST)

    def _signed(self, hook: Webhook, message: Claimed, told: dict[str, Any]) -> Call:
        secret = unseal(self.keys.identity, hook.sealed_secret)
        return Call(hook.url, secret, f"msg_{message.id.hex}", json.dumps(told, separators=(",", ":")).encode())


def init_telling(app: Flask, writers: Mapping[str, Writer]) -> None:
    """Register who words what other rooms tell staff."""
    app.extensions["letter_writers"] = writers


def contents_of(app: Flask) -> Contents:
    """What the delivery needs to know of this installation's messages."""
    settings = app.config["SETTINGS"]
    keys = Keys(receipt=app.config["RECEIPT_KEY"], identity=identity_key())
    writers = app.extensions.get("letter_writers", {})
    teller = Teller(keys, settings.base_url, by_mail=bool(settings.smtp_url), writers=writers)
    return Contents(teller.spread, teller.write, teller.forget)


def _names(message: Claimed) -> Names:
    found: Names = json.loads(message.payload or b"{}")
    return found


def _told(session: Session, message: Claimed, names: Names) -> Told | None:
    return notice_queries.told(session, message.office_id, UUID(names["event"])) if "event" in names else None


def _happened(session: Session, what: Told) -> Happened:
    return Happened(
        number=what.report.number,
        move=what.move,
        category=what.category,
        village=what.village,
        is_urgent=what.is_urgent,
        answer_by=what.report.answer_by,
        new_due=notice_queries.new_due(session, what),
        settle_due=what.report.settle_due if is_open(Status(what.report.status)) else None,
    )


def _event_body(session: Session, what: Told) -> dict[str, Any]:
    """What another system is told: nothing that anybody wrote, and nobody. Of what is confidential, or of a kind that
    is not shown to all, neither kind nor desa: together they may say who it is about.
    """
    open_to_all = what.is_public and not what.report.is_confidential
    about = {"category": what.report.category_code, "village": what.report.village_code} if open_to_all else {}
    at = utc_text(what.event.at)
    return {
        "type": f"complaint.{what.move.value}",
        "timestamp": at,
        "data": {
            "number": what.report.number,
            **about,
            "status": notice_queries.status_after(session, what),
            "at": at,
        },
    }
