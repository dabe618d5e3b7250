"""What was done with a notification, which payments were taken up, and what else calls tell that holds errors or a list."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from ._errors import AlipayError, error_of
from ._merchant import Acknowledgement, Notification
from ._model import write_json
from ._results import Alert, Notified, PaymentResult
from ._value import Value, bytes_of, each, read_by


@dataclass(frozen=True)
class HandledNotification:
    """What to answer to a notification, and what it changed."""

    #: The HTTP status of the answer: 200 if the notification is acknowledged. After any other it comes again.
    status: int
    #: The headers of the answer.
    headers: dict[str, str]
    #: The body of the answer, to be sent byte for byte.
    body: bytes
    #: The notification; None if it could not be verified.
    notification: Notification | None = None
    #: What it changed; None after an error.
    result: Notified | None = None
    #: Why it was refused.
    error: AlipayError | None = None

    @classmethod
    def _refused(cls, error: AlipayError) -> HandledNotification:
        answer = Acknowledgement.refuse(error)
        return cls(answer.status, answer.headers, answer.body, error=error)

    @classmethod
    def _handled(cls, text: str, notification: Notification) -> HandledNotification:
        """What the task of handle_verified answered."""
        data = json.loads(text)
        return cls(
            data["status"],
            data["headers"],
            bytes_of(data["body"]),
            notification,
            None if data["result"] is None else Notified.from_dict(data["result"]),
            None if data["error"] is None else error_of(data["error"]),
        )

    def to_dict(self) -> dict[str, Any]:
        """The same as a dict of plain values, which JSON can hold."""
        notification = None if self.notification is None else self.notification.to_dict()
        return {
            "status": self.status,
            "headers": dict(self.headers),
            "body": self.body.decode(),
            # Its decimals become texts.
            "notification": json.loads(write_json(notification)),
            "result": None if self.result is None else self.result.to_dict(),
            "error": None if self.error is None else self.error.to_dict(),
        }


@dataclass(frozen=True)
class Recovered(Value):
    """A payment that ``resume_all`` looked at: how it stands, or why it could not be taken up."""

    payment_request_id: str
    #: How it stands; this process drives it from now on.
    result: PaymentResult | None = field(default=None, metadata=read_by(PaymentResult.from_dict))
    error: AlipayError | None = field(default=None, metadata=read_by(error_of))


@dataclass(frozen=True)
class Recovery(Value):
    """What ``resume_all`` took up."""

    #: The payments that this process drives from now on, and those that could not be taken up.
    payments: tuple[Recovered, ...] = field(metadata=each(Recovered.from_dict))
    #: How many open payments other processes drive.
    driven_elsewhere: int


@dataclass(frozen=True)
class PaymentAlert(Value):
    """An alert that nobody has acknowledged."""

    payment_request_id: str
    alert: Alert = field(metadata=read_by(Alert.from_dict))


@dataclass(frozen=True)
class Unreadable(Value):
    """A stored payment that can't be read."""

    #: Its id, as far as it is known.
    payment_request_id: str
    #: What is wrong with it.
    error: AlipayError = field(metadata=read_by(error_of))


@dataclass(frozen=True)
class Alerts(Value):
    """The open alerts of a store."""

    #: Every open alert, in the order in which the payments began.
    alerts: tuple[PaymentAlert, ...] = field(metadata=each(PaymentAlert.from_dict))
    #: Stored payments that can't be read. They may have alerts too.
    unreadable: tuple[Unreadable, ...] = field(default=(), metadata=each(Unreadable.from_dict))
