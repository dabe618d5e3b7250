"""The shop of a till, stated once, so that a sale is one call."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from . import _native
from ._amount import Amount
from ._model import write_json
from ._value import Value


@dataclass(frozen=True)
class Shop(Value):
    """Who sells, where, and at which terminal.

    Pass it to a client, whose ``pay_code``, ``pay_order_code`` and ``pay_entry_code`` then need only what is sold.
    """

    #: The merchant's id at the acquirer.
    merchant_id: str
    #: The merchant's name.
    merchant_name: str
    #: The merchant category code (ISO 18245, four digits).
    mcc: str
    #: The id of the store in which the customer pays.
    store_id: str | None = None
    #: The name of the store; an id needs one.
    store_name: str | None = None
    #: The category code of the store, where it differs from that of the merchant.
    store_mcc: str | None = None
    #: The terminal of the till. It also begins the ids that the client makes.
    terminal: str | None = None
    #: The currency in which the merchant is paid. Alipay+ requires it.
    settlement_currency: str | None = None
    #: Where the gateway sends notifications: a public URL.
    notify_url: str | None = None
    #: Where the customer goes after paying on the merchant's page (entry code).
    redirect_url: str | None = None

    def __post_init__(self) -> None:
        _native.check_shop(self._text())

    def _text(self) -> str:
        return write_json(asdict(self))

    def _request(
        self, scenario: str, amount: Amount, description: str, payment_request_id: str, **more: str
    ) -> str:
        """The body of pay for a sale, as JSON."""
        sale = {
            "scenario": scenario,
            "payment_request_id": payment_request_id,
            "currency": amount.currency,
            "value": str(amount.value),
            "description": description,
            **more,
        }
        return _native.sale_request(self._text(), write_json(sale))
