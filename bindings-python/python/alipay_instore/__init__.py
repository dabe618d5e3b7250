"""Alipay (AMS) and Alipay+ in-store payments: signing, routing of payment codes, amounts, and payments that end with
a result, never with a guess."""

from __future__ import annotations

from . import models
from ._advice import Advice, advice
from ._amount import Amount, wallet_minimum
from ._async_client import AsyncClient
from ._china import ChinaOrder, Flight, Hotel, SoldGoods
from ._client import Client
from ._errors import (
    AlipayError,
    AlipayKeyError,
    AmountError,
    CodeError,
    ConfigurationError,
    ErrorCode,
    InternalError,
    MessageError,
    PaymentError,
    RequestError,
    SignatureError,
    StoreError,
    TransportError,
    error_codes,
)
from ._merchant import (
    Acknowledgement,
    Merchant,
    Merchants,
    Notification,
    SignedRequest,
    VerifiedResponse,
)
from ._native import FileStore, MemoryStore, PaymentCode, SigningKey, VerifyingKey, __version__
from ._payment import (
    Action,
    Alert,
    Begin,
    CancelRequested,
    Conclude,
    Event,
    NoReply,
    Payment,
    PaymentOrder,
    Policy,
    Present,
    Reply,
    Resumed,
    Send,
    Tick,
    check_request,
    new_payment_request_id,
)
from ._payment import Notified as NotifiedEvent
from ._refund import RefundAction, RefundConclude, RefundEvent, RefundLedger, RefundStanding
from ._results import Notified, Outcome, PaymentResult, RefundOutcome, RefundResult, Step
from ._routing import DirectWallet, Route, Router
from ._stores import AsyncPaymentStore, PaymentStore
from .models import PayRequest, RefundRequest

__all__ = [
    "Acknowledgement",
    "Action",
    "Advice",
    "Alert",
    "AlipayError",
    "AlipayKeyError",
    "Amount",
    "AmountError",
    "AsyncClient",
    "AsyncPaymentStore",
    "Begin",
    "CancelRequested",
    "ChinaOrder",
    "Client",
    "CodeError",
    "Conclude",
    "ConfigurationError",
    "DirectWallet",
    "ErrorCode",
    "Event",
    "FileStore",
    "Flight",
    "Hotel",
    "InternalError",
    "MemoryStore",
    "Merchant",
    "Merchants",
    "MessageError",
    "NoReply",
    "Notification",
    "Notified",
    "NotifiedEvent",
    "Outcome",
    "PayRequest",
    "Payment",
    "PaymentCode",
    "PaymentError",
    "PaymentOrder",
    "PaymentResult",
    "PaymentStore",
    "Policy",
    "Present",
    "RefundAction",
    "RefundConclude",
    "RefundEvent",
    "RefundLedger",
    "RefundOutcome",
    "RefundRequest",
    "RefundResult",
    "RefundStanding",
    "Reply",
    "RequestError",
    "Resumed",
    "Route",
    "Router",
    "Send",
    "SignatureError",
    "SignedRequest",
    "SigningKey",
    "SoldGoods",
    "Step",
    "StoreError",
    "Tick",
    "TransportError",
    "VerifiedResponse",
    "VerifyingKey",
    "__version__",
    "advice",
    "check_request",
    "error_codes",
    "models",
    "new_payment_request_id",
    "wallet_minimum",
]
