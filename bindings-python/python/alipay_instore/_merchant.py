"""Merchants: who we are to which gateway, with which keys. They sign, and they verify."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import _native, models
from ._errors import AlipayError, MessageError, SignatureError
from ._model import parse_json, write_json
from ._native import SigningKey, VerifyingKey
from ._reports import Diagnosis
from ._times import Time, duration, milliseconds
from ._value import NotCopied, Value, bytes_of, read_by
from ._words import NotificationKind, Operation, Protocol

Body = bytes | bytearray | memoryview | str
Headers = Mapping[str, str] | Mapping[str, bytes] | Iterable[tuple[str | bytes, str | bytes]]
Gateway = str


@dataclass(frozen=True)
class SignedRequest(Value):
    """A signed request, to be sent with POST. The body is sent byte for byte as it stands."""

    url: str
    #: What was signed, and what the response is verified with.
    path: str
    headers: dict[str, str] = field(repr=False)
    body: bytes = field(repr=False, metadata=read_by(bytes_of))


@dataclass(frozen=True)
class VerifiedResponse(Value):
    """A response whose signature is good."""

    body: dict[str, Any] = field(repr=False)
    #: Some text of the body was not UTF-8, as from a gateway that answers in GBK, and was replaced. What decides about a
    #: payment is ASCII and was read.
    text_replaced: bool
    #: The version under which the gateway's key that verified it is configured; None where a single key is.
    key_version: int | None
    #: The Response-Time header as it stands.
    time: str
    #: The same in milliseconds since the epoch; None where it has no documented form.
    signed_at: int | None
    #: The gateway's own identifier of the exchange, for its support.
    tracer_id: str | None


@dataclass(frozen=True)
class Acknowledgement(Value):
    """An answer to a notification, ready to be sent. The body is sent byte for byte as it stands."""

    status: int
    headers: dict[str, str]
    body: bytes = field(metadata=read_by(bytes_of))

    @property
    def is_success(self) -> bool:
        """Whether it ends the resending."""
        return self.status == 200

    @classmethod
    def refuse(cls, error: BaseException) -> Acknowledgement:
        """Answers a notification that could not be verified or stored, so that the gateway sends it again.

        400 and 413 for a message that can't be trusted or read, 500 for a fault on this side. The error's text is
        not told to a stranger.
        """
        code = error.code if isinstance(error, AlipayError) else "internal.panic"
        status, headers, body = _native.refuse(code)
        return cls(status, dict(headers), body)


class Notification(NotCopied):
    """A notification of the gateway whose signature is good and whose time is fresh.

    Only verifying makes one, so that no unverified text can reach a payment; there is no ``from_dict`` therefore.
    """

    __slots__ = ("_merchant", "_native")
    _not_copied = "only verifying makes one; pass on its to_dict()"

    def __init__(self, native: _native.Notification, merchant: Merchant) -> None:
        if not isinstance(native, _native.Notification):
            raise TypeError("a notification is made by Merchant.verify_notification")
        self._native = native
        self._merchant = merchant

    @property
    def merchant(self) -> Merchant:
        """The merchant it is for."""
        return self._merchant

    @property
    def body(self) -> dict[str, Any]:
        """The body as plain JSON values; decimals as Decimal."""
        return parse_json(self._native.body)  # type: ignore[no-any-return]

    @property
    def content(self) -> models.Notification | models.RefundNotification:
        """The body with its documented fields: a RefundNotification where ``kind`` is ``refund_result``."""
        if self.kind == "refund_result":
            return models.RefundNotification.from_dict(self.body)
        return models.Notification.from_dict(self.body)

    @property
    def text_replaced(self) -> bool:
        """Whether some text of the body was not UTF-8 and was replaced; what decides about a payment was read."""
        return self._native.text_replaced

    @property
    def kind(self) -> NotificationKind:
        """What it is about; one of kind ``other`` is acknowledged and says nothing about a result."""
        return self._native.kind

    @property
    def payment_request_id(self) -> str | None:
        """The payment it is about, where it names one."""
        return self._native.payment_request_id

    @property
    def refund_request_id(self) -> str | None:
        """The refund it is about, where it names one."""
        return self._native.refund_request_id

    @property
    def path(self) -> str:
        """The path that it was signed over, and that the acknowledgement is signed over."""
        return self._native.path

    @property
    def signed_with_query(self) -> bool:
        """Whether that path holds the query of the notify URL. AMS was seen to sign without it."""
        return self._native.signed_with_query

    @property
    def key_version(self) -> int | None:
        """The version under which the key that verified it is configured; None where a single key is."""
        return self._native.key_version

    @property
    def sent_at(self) -> int:
        """When the gateway sent it, in milliseconds since the epoch."""
        return self._native.sent_at

    @property
    def tracer_id(self) -> str | None:
        """The gateway's own identifier of the exchange, for its support."""
        return self._native.tracer_id

    def to_dict(self) -> dict[str, Any]:
        """The notification as a dict of plain values."""
        return {
            "body": self.body,
            "text_replaced": self.text_replaced,
            "kind": self.kind,
            "payment_request_id": self.payment_request_id,
            "refund_request_id": self.refund_request_id,
            "path": self.path,
            "signed_with_query": self.signed_with_query,
            "key_version": self.key_version,
            "sent_at": self.sent_at,
            "tracer_id": self.tracer_id,
        }

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Notification):
            return NotImplemented
        return self.to_dict() == other.to_dict()

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Notification(kind={self.kind!r}, payment_request_id={self.payment_request_id!r})"


def _versions(keys: Any, kind: type, name: str) -> list[tuple[int | None, Any]]:
    listed: list[tuple[int | None, Any]] = (
        list(keys.items()) if isinstance(keys, Mapping) else [(None, keys)]
    )
    for _, key in listed:
        if not isinstance(key, kind):
            raise TypeError(
                f"{name} must be a {kind.__name__} or a dict of key version to one, not {type(key).__name__}"
            )
    return listed


class Merchant(NotCopied):
    """One merchant at one gateway. Safe to share between threads.

    ``gateway`` is a region (``na``, ``na_global``, ``sea``, ``sea_global``, ``eu``, ``eu_global``, ``us``) or a base URL.
    ``signing_key`` and ``gateway_key`` are a key, or a dict of key version to key; of several signing keys the one of
    ``key_version`` signs. Plain http is for the loopback interface unless it is allowed.

    ``notify_url`` is where the gateway posts notifications: the public URL, as the gateway knows it, such as
    ``https://shop.example/alipay/notify``, or its path. Notifications are verified over its path, whatever a proxy in
    front of the application makes of the path. A request to pay that names no notify URL is sent with this one, if it
    is a URL.
    """

    __slots__ = ("_native",)
    _not_copied = "it holds a signing key; make it from its settings where it is needed"

    def __init__(
        self,
        *,
        protocol: Protocol,
        client_id: str,
        signing_key: SigningKey | Mapping[int, SigningKey],
        gateway_key: VerifyingKey | Mapping[int, VerifyingKey],
        gateway: Gateway,
        key_version: int | None = None,
        agent_token: str | None = None,
        user_agent: str | None = None,
        notification_max_age: float | None = None,
        notification_max_ahead: float | None = None,
        allow_http_gateway: bool = False,
        allow_http_notify: bool = False,
        notify_url: str | None = None,
    ) -> None:
        self._native = _native.Merchant(
            protocol,
            client_id,
            _versions(signing_key, SigningKey, "signing_key"),
            key_version,
            _versions(gateway_key, VerifyingKey, "gateway_key"),
            gateway,
            allow_http_gateway,
            agent_token,
            platform.python_version(),
            user_agent,
            None if notification_max_age is None else duration(notification_max_age, "notification_max_age"),
            None if notification_max_ahead is None else duration(notification_max_ahead, "notification_max_ahead"),
            allow_http_notify,
            notify_url,
        )

    @classmethod
    def _made(cls, native: _native.Merchant) -> Merchant:
        merchant = cls.__new__(cls)
        merchant._native = native
        return merchant

    @classmethod
    def from_env(cls, variables: Mapping[str, str] | None = None) -> Merchant:
        """Reads the environment: ``ALIPAY_INSTORE_PROTOCOL``, ``_CLIENT_ID``, ``_GATEWAY``, ``_SIGNING_KEY`` and so on.

        Also ``_GATEWAY_KEY``, ``_NOTIFY_URL``, and what docs/cli.md lists.

        A key is given as text, or its file under the name with ``_FILE``. An error names the variable, never its
        value.
        """
        found = os.environ if variables is None else variables
        ours = {name: value for name, value in found.items() if name.startswith("ALIPAY_INSTORE_")}
        return cls._made(_native.Merchant.from_env(ours, platform.python_version()))

    @classmethod
    def from_file(cls, path: str | Path, *, protocol: Protocol = "ams") -> Merchant:
        """Reads the ``sandbox.json`` that the sandbox gateway writes beside its keys."""
        return cls._made(_native.Merchant.from_file(Path(path), protocol, platform.python_version()))

    @property
    def protocol(self) -> Protocol:
        """The protocol of the gateway: ``ams`` or ``alipay_plus``."""
        return self._native.protocol

    @property
    def client_id(self) -> str:
        """The client id."""
        return self._native.client_id

    @property
    def key_version(self) -> int:
        """The version of the key that signs."""
        return self._native.key_version

    @property
    def gateway(self) -> str:
        """The gateway's base URL."""
        return self._native.base_url

    @property
    def notify_url(self) -> str | None:
        """Where the gateway posts notifications: the public URL, or its path."""
        return self._native.notify_url

    @property
    def is_sandbox(self) -> bool:
        """Whether this merchant plays: its client id is one of the sandbox, or its gateway runs on this machine."""
        return self._native.is_sandbox

    def path(self, operation: Operation) -> str:
        """The path of an operation for this client id, such as ``/ams/api/v1/payments/pay``."""
        return self._native.path(operation)

    def sign_request(
        self, path: str, body: Body | Mapping[str, Any], *, now: Time | None = None
    ) -> SignedRequest:
        """Signs a request for one of the gateway's paths, to be sent by an HTTP client of your own."""
        text = write_json(body) if isinstance(body, Mapping) else body
        path = self._native.path_of_call(path)
        url, path, headers, raw = self._native.sign_request(path, text, milliseconds(now))
        return SignedRequest(url, path, dict(headers), raw)

    def verify_response(self, path: str, *, headers: Headers, body: Body) -> VerifiedResponse:
        """Verifies the response to a request of this path. The body is the bytes that arrived."""
        text, replaced, version, time, signed_at, tracer_id = self._native.verify_response(path, headers, body)
        return VerifiedResponse(parse_json(text), replaced, version, time, signed_at, tracer_id)

    def verify_notification(
        self, *, headers: Headers, body: Body, notify_url: str | None = None, now: Time | None = None
    ) -> Notification:
        """Verifies a notification over the path of the merchant's notify URL, or of the one that is given.

        AMS was seen to sign without the query of the notify URL, so that comes first; ``Notification.path`` says which
        path it was. Never pass what the web framework says about the request: a stranger chooses it, and behind a proxy
        it can differ from what was signed. The body is the raw bytes as they arrived: ``await request.body()`` in FastAPI, ``request.body`` in Django,
        ``request.get_data()`` in Flask. Raises SignatureError or MessageError; answer then with
        ``Acknowledgement.refuse(error)``.
        """
        native = self._native.verify_notification(notify_url, headers, body, milliseconds(now))
        return Notification(native, self)

    def acknowledge(
        self, notification: Notification, *, now: Time | None = None, signed: bool = True
    ) -> Acknowledgement:
        """Acknowledges a notification that was verified and **stored**, whatever payment result it brought.

        Signed over the path that the notification was signed over. AMS takes an answer without a signature too.
        """
        if not isinstance(notification, Notification):
            raise TypeError(f"what is acknowledged is a Notification, not {type(notification).__name__}")
        status, headers, body = self._native.acknowledge(notification._native, milliseconds(now), signed)
        return Acknowledgement(status, dict(headers), body)

    def explain_notification(
        self,
        *,
        headers: Headers,
        body: Body,
        notify_url: str | None = None,
        seen_paths: Iterable[str] = (),
        other_client_ids: Iterable[str] = (),
        other_times: Iterable[str] = (),
        other_keys: Mapping[str, VerifyingKey] | None = None,
    ) -> Diagnosis:
        """Says why a notification does not verify, for a person or a log; decides nothing.

        ``seen_paths`` are paths as the web framework saw them: they show what a proxy did to the path. ``other_keys`` are
        keys by a name for them, such as those of the sandbox.
        """
        seen = _seen(seen_paths, other_client_ids, other_times, other_keys)
        return Diagnosis.from_dict(json.loads(self._native.explain_notification(notify_url, headers, body, *seen)))

    def explain_response(
        self,
        *,
        path: str,
        headers: Headers,
        body: Body,
        other_paths: Iterable[str] = (),
        other_client_ids: Iterable[str] = (),
        other_times: Iterable[str] = (),
        other_keys: Mapping[str, VerifyingKey] | None = None,
    ) -> Diagnosis:
        """Says why a response does not verify, for a person or a log; decides nothing."""
        seen = _seen(other_paths, other_client_ids, other_times, other_keys)
        return Diagnosis.from_dict(json.loads(self._native.explain_response(path, headers, body, *seen)))

    def __repr__(self) -> str:
        return repr(self._native)


def _seen(
    paths: Iterable[str], client_ids: Iterable[str], times: Iterable[str], keys: Mapping[str, VerifyingKey] | None
) -> tuple[list[str], list[str], list[str], list[tuple[str, VerifyingKey]]]:
    return list(paths), list(client_ids), list(times), list((keys or {}).items())


class Merchants(NotCopied):
    """Several merchants behind one notify URL."""

    __slots__ = ("_merchants", "_native")
    _not_copied = "it holds signing keys; make it from its settings where it is needed"

    def __init__(self, merchants: Iterable[Merchant], /) -> None:
        self._merchants = tuple(merchants)
        for merchant in self._merchants:
            if not isinstance(merchant, Merchant):
                raise TypeError(f"merchants must be of Merchant, not {type(merchant).__name__}")
        self._native = _native.Merchants([merchant._native for merchant in self._merchants])

    def __iter__(self) -> Any:
        return iter(self._merchants)

    def __len__(self) -> int:
        return len(self._merchants)

    def verify_notification(
        self, *, headers: Headers, body: Body, notify_url: str | None = None, now: Time | None = None
    ) -> Notification:
        """Verifies a notification for the merchant that its Client-Id header names; see ``Notification.merchant``.

        The header only chooses among the configured merchants: what is verified is the configured id, over the notify URL
        of that merchant unless one is given.
        """
        place, native = self._native.verify_notification(notify_url, headers, body, milliseconds(now))
        return Notification(native, self._merchants[place])

    def __repr__(self) -> str:
        return f"Merchants({list(self._merchants)!r})"


#: What verify_notification raises for a message that can't be trusted or read.
UNTRUSTED = (SignatureError, MessageError)
