"""The requests and responses of the payment APIs, under the names of the documents.

What is required in which protocol, the lengths and the forms are checked when a request is used.

Generated from schema/messages by `make generate`; do not edit.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from ._amount import Amount
from ._model import Model, meta
from ._native import PaymentCode
from ._words import (
    ChallengeTrigger,
    ChallengeType,
    CodeValueType,
    DisplayType,
    NotifyType,
    OsType,
    PaymentStatus,
    ProductCode,
    RedirectMethod,
    RefundStatus,
    Scenario,
    TerminalType,
    TransactionStatus,
    TransactionType,
)

__all__ = [
    "Address",
    "ApiResult",
    "Buyer",
    "CancelRequest",
    "CancelResponse",
    "ChallengeActionForm",
    "ChallengeTrigger",
    "ChallengeType",
    "ChinaExtraTransInfo",
    "CodeDetail",
    "CodeValueType",
    "DisplayType",
    "Env",
    "ExtendMembers",
    "Goods",
    "InquiryRefundRequest",
    "InquiryRefundResponse",
    "InquiryRequest",
    "InquiryResponse",
    "Model",
    "Notification",
    "NotifyType",
    "Order",
    "OrderCodeForm",
    "OrderMerchant",
    "OrderStore",
    "OsType",
    "PayRequest",
    "PayResponse",
    "PayToMethod",
    "PaymentFactor",
    "PaymentMethod",
    "PaymentMethodMetaData",
    "PaymentStatus",
    "PaymentVerificationData",
    "ProductCode",
    "PspCustomerInfo",
    "RedirectActionForm",
    "RedirectMethod",
    "RefundNotification",
    "RefundRequest",
    "RefundResponse",
    "RefundStatus",
    "SettlementQuote",
    "SettlementStrategy",
    "Shipping",
    "TerminalType",
    "Transaction",
    "TransactionStatus",
    "TransactionType",
    "UserName",
]


@dataclass(kw_only=True, repr=False)
class ApiResult(Model):
    """The result of a call, or of a payment."""

    result_status: str | None = field(default=None, metadata=meta("resultStatus", shown=True))
    """``S``, ``F`` or ``U``, as it came; another letter counts as unknown."""
    result_code: str | None = field(default=None, metadata=meta("resultCode", shown=True))
    """What happened, as a code; codes that are not documented must be expected. At most 64 characters."""
    result_message: str | None = field(default=None, metadata=meta("resultMessage"))
    """The same in words. At most 256 characters."""
    extra: dict[str, Any] = field(default_factory=dict)
    """Members that are not declared here, and declared ones of another kind; written back as they are."""


@dataclass(kw_only=True, repr=False)
class PspCustomerInfo(Model):
    """The customer at the wallet. Source: Alipay, pay (consumer-presented mode), pspCustomerInfo."""

    psp_name: str | None = field(default=None, metadata=meta("pspName", shown=True))
    """The wallet's name. At most 64 characters."""
    psp_customer_id: str | None = field(default=None, metadata=meta("pspCustomerId"))
    """The customer's id at the wallet. At most 64 characters."""
    display_customer_id: str | None = field(default=None, metadata=meta("displayCustomerId"))
    """The customer's id as it may be shown. At most 64 characters."""
    extra: dict[str, Any] = field(default_factory=dict)
    """Members that are not declared here, and declared ones of another kind; written back as they are."""


@dataclass(kw_only=True, repr=False)
class SettlementQuote(Model):
    """The rate between the payment's currency and that of the settlement."""

    quote_id: str | None = field(default=None, metadata=meta("quoteId", shown=True))
    """The rate's id. At most 64 characters."""
    quote_currency_pair: str | None = field(default=None, metadata=meta("quoteCurrencyPair", shown=True))
    """Both currencies, in letters or numbers, as the gateway writes them. At most 16 characters."""
    quote_price: Decimal | None = field(default=None, metadata=meta("quotePrice", "decimal"))
    """The rate, as its decimal text."""
    quote_start_time: str | None = field(default=None, metadata=meta("quoteStartTime", shown=True))
    """From when it holds."""
    quote_expiry_time: str | None = field(default=None, metadata=meta("quoteExpiryTime", shown=True))
    """Until when it holds."""
    guaranteed: bool | None = field(default=None, metadata=meta("guaranteed", "flag"))
    """Whether it is guaranteed."""
    base_currency: str | None = field(default=None, metadata=meta("baseCurrency", shown=True))
    """Alipay+: the currency that the unit counts."""
    quote_unit: str | None = field(default=None, metadata=meta("quoteUnit", shown=True))
    """Alipay+: for how many of the base currency the price is."""
    extra: dict[str, Any] = field(default_factory=dict)
    """Members that are not declared here, and declared ones of another kind; written back as they are."""


@dataclass(kw_only=True, repr=False)
class ChinaExtraTransInfo(Model):
    """The texts as they are sent. ``ChinaOrder`` makes them from lists."""

    business_type: str | None = field(default=None, metadata=meta("businessType", shown=True))
    """One or more of 1 hotel, 2 flight, 3 study abroad, 4 trade, 5 other, joined by ``|``. At most 16 characters.
    Required.
    """
    flight_number: str | None = field(default=None, metadata=meta("flightNumber"))
    """Flight numbers. Business type 2. At most 1000 characters."""
    departure_time: str | None = field(default=None, metadata=meta("departureTime"))
    """Departures, ``yyyy-MM-dd HH:mm``, one a flight. Business type 2."""
    hotel_name: str | None = field(default=None, metadata=meta("hotelName"))
    """Hotels. Business type 1. At most 1000 characters."""
    checkin_time: str | None = field(default=None, metadata=meta("checkinTime"))
    """Arrivals, ``yyyy-MM-dd`` in UTC+8, one a hotel. Business type 1."""
    checkout_time: str | None = field(default=None, metadata=meta("checkoutTime"))
    """Departures, ``yyyy-MM-dd`` in UTC+8, one a hotel. Business type 1."""
    admission_notice_url: str | None = field(default=None, metadata=meta("admissionNoticeUrl"))
    """URLs of admission notices. Business type 3. At most 1000 characters."""
    goods_info: str | None = field(default=None, metadata=meta("goodsInfo"))
    """Goods as ``name^quantity``. Business type 4. At most 2000 characters."""
    total_quantity: int | None = field(default=None, metadata=meta("totalQuantity", "integer"))
    """The number of all goods together. Business type 4."""
    extra: dict[str, Any] = field(default_factory=dict)
    """Members that are not declared here, and declared ones of another kind; written back as they are."""


@dataclass(kw_only=True, repr=False)
class ExtendMembers(Model):
    """The members of ``extend_info``."""

    china_extra_trans_info: ChinaExtraTransInfo | None = field(
        default=None, metadata=meta("chinaExtraTransInfo", ChinaExtraTransInfo)
    )
    """What Alipay in China asks to know about the trade."""
    extra: dict[str, Any] = field(default_factory=dict)
    """Members that are not declared here, and declared ones of another kind; written back as they are."""


@dataclass(kw_only=True, repr=False)
class Env(Model):
    """The environment of the order. Source: Alipay, pay (consumer-presented mode), order.env."""

    terminal_type: TerminalType | None = field(default=None, metadata=meta("terminalType", shown=True))
    """On what the merchant's side runs."""
    os_type: OsType | None = field(default=None, metadata=meta("osType", shown=True))
    """The operating system of the customer's device."""
    user_agent: str | None = field(default=None, metadata=meta("userAgent"))
    """The User-Agent header with which the wallet opened the merchant's page. Required for an entry code."""
    device_token_id: str | None = field(default=None, metadata=meta("deviceTokenId"))
    """A token of the customer's device. At most 64 characters."""
    client_ip: str | None = field(default=None, metadata=meta("clientIp"))
    """The IP address of the customer's device. At most 64 characters."""
    cookie_id: str | None = field(default=None, metadata=meta("cookieId"))
    """A cookie of the customer's device."""
    store_terminal_id: str | None = field(default=None, metadata=meta("storeTerminalId", shown=True))
    """The till. AMS requires it for payment code and order code."""
    store_terminal_request_time: str | datetime | None = field(
        default=None, metadata=meta("storeTerminalRequestTime", shown=True)
    )
    """When the till sent the request, with milliseconds. Left out, it is the time of the request."""
    extend_info: ExtendMembers | str | None = field(default=None, metadata=meta("extendInfo", ExtendMembers))
    """Information for special cases, sent as JSON text in a string. At most 2048 characters."""
    extra: dict[str, Any] = field(default_factory=dict)
    """Members that are not declared here, and declared ones of another kind; written back as they are."""


@dataclass(kw_only=True, repr=False)
class Address(Model):
    """An address."""

    region: str | None = field(default=None, metadata=meta("region", shown=True))
    """Country or region of ISO 3166: two capital letters. Required where there is an address. At most 2 characters."""
    state: str | None = field(default=None, metadata=meta("state"))
    """State or province. At most 8 characters."""
    city: str | None = field(default=None, metadata=meta("city"))
    """City. At most 32 characters."""
    address1: str | None = field(default=None, metadata=meta("address1"))
    """First line. At most 256 characters."""
    address2: str | None = field(default=None, metadata=meta("address2"))
    """Second line. At most 256 characters."""
    zip_code: str | None = field(default=None, metadata=meta("zipCode"))
    """Postal code. At most 32 characters."""
    extra: dict[str, Any] = field(default_factory=dict)
    """Members that are not declared here, and declared ones of another kind; written back as they are."""


@dataclass(kw_only=True, repr=False)
class OrderStore(Model):
    """A store."""

    reference_store_id: str | None = field(default=None, metadata=meta("referenceStoreId", shown=True))
    """The store's id in the caller's own system. Required."""
    store_name: str | None = field(default=None, metadata=meta("storeName"))
    """The store's name. Some pages of AMS require it: without it the result has a warning."""
    store_mcc: str | None = field(default=None, metadata=meta("storeMCC", shown=True, alias="storeMcc"))
    """The store's category code of ISO 18245: four digits. The other spelling of the documents, ``storeMcc``, is read as
    well. At most 32 characters. Required.
    """
    store_display_name: str | None = field(default=None, metadata=meta("storeDisplayName"))
    """The name that the customer sees."""
    store_terminal_id: str | None = field(default=None, metadata=meta("storeTerminalId", shown=True))
    """The till."""
    store_operator_id: str | None = field(default=None, metadata=meta("storeOperatorId"))
    """Who works at the till."""
    store_phone_no: str | None = field(default=None, metadata=meta("storePhoneNo"))
    """The store's telephone number."""
    store_address: Address | None = field(default=None, metadata=meta("storeAddress", Address))
    """Where the store is."""
    extra: dict[str, Any] = field(default_factory=dict)
    """Members that are not declared here, and declared ones of another kind; written back as they are."""


@dataclass(kw_only=True, repr=False)
class OrderMerchant(Model):
    """The merchant that sells to the customer."""

    reference_merchant_id: str | None = field(default=None, metadata=meta("referenceMerchantId", shown=True))
    """The merchant's id in the caller's own system. At most 32 characters. Required."""
    merchant_mcc: str | None = field(default=None, metadata=meta("merchantMCC", shown=True))
    """The merchant category code of ISO 18245: four digits. At most 32 characters. Required."""
    merchant_name: str | None = field(default=None, metadata=meta("merchantName"))
    """The merchant's name. Some pages of AMS require it: without it the result has a warning. At most 256 characters."""
    merchant_display_name: str | None = field(default=None, metadata=meta("merchantDisplayName"))
    """The name that the customer sees. At most 64 characters."""
    merchant_address: Address | None = field(default=None, metadata=meta("merchantAddress", Address))
    """Where the merchant is; in Alipay+ it decides whether the payment is domestic or cross-border."""
    merchant_register_date: str | None = field(default=None, metadata=meta("merchantRegisterDate"))
    """When the merchant was registered, ISO 8601."""
    store: OrderStore | None = field(default=None, metadata=meta("store", OrderStore))
    """The store in which the customer pays. Required by AMS, and with a payment code, and with an entry code."""
    extra: dict[str, Any] = field(default_factory=dict)
    """Members that are not declared here, and declared ones of another kind; written back as they are."""


@dataclass(kw_only=True, repr=False)
class Goods(Model):
    """One kind of goods."""

    reference_goods_id: str | None = field(default=None, metadata=meta("referenceGoodsId", shown=True))
    """Its id in the merchant's system. At most 64 characters. Required."""
    goods_name: str | None = field(default=None, metadata=meta("goodsName"))
    """Its name. At most 256 characters. Required."""
    goods_category: str | None = field(default=None, metadata=meta("goodsCategory"))
    """Its category. At most 64 characters."""
    goods_brand: str | None = field(default=None, metadata=meta("goodsBrand"))
    """Its brand."""
    goods_unit_amount: Amount | None = field(default=None, metadata=meta("goodsUnitAmount", "amount"))
    """The price of one."""
    goods_quantity: int | None = field(default=None, metadata=meta("goodsQuantity", "integer"))
    """How many."""
    extra: dict[str, Any] = field(default_factory=dict)
    """Members that are not declared here, and declared ones of another kind; written back as they are."""


@dataclass(kw_only=True, repr=False)
class UserName(Model):
    """A person's name."""

    first_name: str | None = field(default=None, metadata=meta("firstName"))
    """Given name. At most 32 characters."""
    middle_name: str | None = field(default=None, metadata=meta("middleName"))
    """Middle name. At most 32 characters."""
    last_name: str | None = field(default=None, metadata=meta("lastName"))
    """Family name. At most 32 characters."""
    full_name: str | None = field(default=None, metadata=meta("fullName"))
    """The whole name. At most 128 characters."""
    extra: dict[str, Any] = field(default_factory=dict)
    """Members that are not declared here, and declared ones of another kind; written back as they are."""


@dataclass(kw_only=True, repr=False)
class Shipping(Model):
    """A delivery."""

    shipping_name: UserName | None = field(default=None, metadata=meta("shippingName", UserName))
    """Who receives it."""
    shipping_address: Address | None = field(default=None, metadata=meta("shippingAddress", Address))
    """Where."""
    shipping_carrier: str | None = field(default=None, metadata=meta("shippingCarrier"))
    """Who delivers it. At most 128 characters."""
    shipping_phone_no: str | None = field(default=None, metadata=meta("shippingPhoneNo"))
    """The telephone number of who receives it. At most 16 characters."""
    extra: dict[str, Any] = field(default_factory=dict)
    """Members that are not declared here, and declared ones of another kind; written back as they are."""


@dataclass(kw_only=True, repr=False)
class Buyer(Model):
    """The customer, as far as the merchant knows."""

    reference_buyer_id: str | None = field(default=None, metadata=meta("referenceBuyerId"))
    """The customer's id in the merchant's system. At most 64 characters."""
    buyer_name: UserName | None = field(default=None, metadata=meta("buyerName", UserName))
    """The customer's name."""
    buyer_phone_no: str | None = field(default=None, metadata=meta("buyerPhoneNo"))
    """The customer's telephone number. At most 24 characters."""
    buyer_email: str | None = field(default=None, metadata=meta("buyerEmail"))
    """The customer's mail address. At most 64 characters."""
    extra: dict[str, Any] = field(default_factory=dict)
    """Members that are not declared here, and declared ones of another kind; written back as they are."""


@dataclass(kw_only=True, repr=False)
class Order(Model):
    """The order that is paid.

    ``indirectAcquirer``, which newer editions of Alipay+, pay name, is an unknown member here: its fields are not
    published.
    """

    reference_order_id: str | None = field(default=None, metadata=meta("referenceOrderId", shown=True))
    """The order's id in the merchant's system. Alipay+ requires it. At most 64 characters."""
    order_description: str | None = field(default=None, metadata=meta("orderDescription"))
    """What is sold, in words for the customer. Some pages of AMS require it: without it the result has a warning. At
    most 256 characters.
    """
    order_amount: Amount | None = field(default=None, metadata=meta("orderAmount", "amount"))
    """What the customer sees as the price. Left out, it is the payment amount."""
    merchant: OrderMerchant | None = field(default=None, metadata=meta("merchant", OrderMerchant))
    """Who sells. Required."""
    goods: list[Goods] = field(default_factory=list, metadata=meta("goods", Goods, many=True))
    """What is sold, one by one."""
    shipping: Shipping | None = field(default=None, metadata=meta("shipping", Shipping))
    """Where it is sent."""
    buyer: Buyer | None = field(default=None, metadata=meta("buyer", Buyer))
    """Who buys."""
    env: Env | None = field(default=None, metadata=meta("env", Env))
    """Till, terminal and device. Required by AMS, and with an entry code."""
    extra: dict[str, Any] = field(default_factory=dict)
    """Members that are not declared here, and declared ones of another kind; written back as they are."""


@dataclass(kw_only=True, repr=False)
class ChallengeActionForm(Model):
    """A challenge."""

    challenge_type: ChallengeType | str | None = field(default=None, metadata=meta("challengeType", shown=True))
    """What the customer is asked for."""
    challenge_render_value: str | None = field(default=None, metadata=meta("challengeRenderValue"))
    """What is shown."""
    trigger_source: ChallengeTrigger | str | None = field(default=None, metadata=meta("triggerSource", shown=True))
    """Who asks."""
    extend_info: str | None = field(default=None, metadata=meta("extendInfo"))
    """More, as text."""
    extra: dict[str, Any] = field(default_factory=dict)
    """Members that are not declared here, and declared ones of another kind; written back as they are."""


@dataclass(kw_only=True, repr=False)
class RedirectActionForm(Model):
    """A redirect of the customer's wallet."""

    method: RedirectMethod | str | None = field(default=None, metadata=meta("method", shown=True))
    """How."""
    redirect_url: str | None = field(default=None, metadata=meta("redirectUrl"))
    """Where to. At most 2048 characters."""
    parameters: str | None = field(default=None, metadata=meta("parameters"))
    """The parameters of the form, for POST. At most 2048 characters."""
    action_form_type: str | None = field(default=None, metadata=meta("actionFormType"))
    """The kind of the form. At most 32 characters."""
    extra: dict[str, Any] = field(default_factory=dict)
    """Members that are not declared here, and declared ones of another kind; written back as they are."""


@dataclass(kw_only=True, repr=False)
class CodeDetail(Model):
    """One form of a code."""

    code_value_type: CodeValueType | str | None = field(default=None, metadata=meta("codeValueType", shown=True))
    """The kind of the code."""
    code_value: str | None = field(default=None, metadata=meta("codeValue"))
    """What the code holds. At most 2048 characters."""
    display_type: DisplayType | str | None = field(default=None, metadata=meta("displayType", shown=True))
    """How it is shown."""
    extra: dict[str, Any] = field(default_factory=dict)
    """Members that are not declared here, and declared ones of another kind; written back as they are."""


@dataclass(kw_only=True, repr=False)
class OrderCodeForm(Model):
    """The code of an order, for the customer to scan."""

    payment_method_type: str | None = field(default=None, metadata=meta("paymentMethodType", shown=True))
    """The wallet that can pay it."""
    expire_time: str | None = field(default=None, metadata=meta("expireTime", shown=True))
    """Until when it can be paid."""
    code_details: list[CodeDetail] = field(default_factory=list, metadata=meta("codeDetails", CodeDetail, many=True))
    """The same code in several forms. At most 4 elements."""
    extend_info: str | None = field(default=None, metadata=meta("extendInfo"))
    """More, as text. At most 2048 characters."""
    extra: dict[str, Any] = field(default_factory=dict)
    """Members that are not declared here, and declared ones of another kind; written back as they are."""


@dataclass(kw_only=True, repr=False)
class PaymentFactor(Model):
    """What kind of payment it is."""

    in_store_payment_scenario: Scenario | None = field(
        default=None, metadata=meta("inStorePaymentScenario", shown=True)
    )
    """How customer and merchant find each other. Required."""
    is_in_store_payment: bool | None = field(default=None, metadata=meta("isInStorePayment", "flag"))
    """That it is paid in a store; filled in for Alipay+."""
    is_cashier_payment: bool | None = field(default=None, metadata=meta("isCashierPayment", "flag"))
    """Whether it is paid on a cashier page."""
    presentment_mode: str | None = field(default=None, metadata=meta("presentmentMode", shown=True))
    """Who shows the code to whom."""
    extra: dict[str, Any] = field(default_factory=dict)
    """Members that are not declared here, and declared ones of another kind; written back as they are."""


@dataclass(kw_only=True, repr=False)
class PaymentMethodMetaData(Model):
    """More about the payment method."""

    auth_client_id: str | None = field(default=None, metadata=meta("authClientId"))
    """The client that the customer authorised."""
    extra: dict[str, Any] = field(default_factory=dict)
    """Members that are not declared here, and declared ones of another kind; written back as they are."""


@dataclass(kw_only=True, repr=False)
class PaymentMethod(Model):
    """With what the customer pays."""

    payment_method_type: str | None = field(default=None, metadata=meta("paymentMethodType", shown=True))
    """Always ``CONNECT_WALLET`` in a store. At most 64 characters."""
    payment_method_id: PaymentCode | str | None = field(default=None, metadata=meta("paymentMethodId", "code"))
    """The payment code that was scanned. Required with a payment code, refused otherwise. At most 128 characters."""
    customer_id: str | None = field(default=None, metadata=meta("customerId"))
    """The customer's id at the wallet. AMS no longer asks for it."""
    payment_method_meta_data: PaymentMethodMetaData | None = field(
        default=None, metadata=meta("paymentMethodMetaData", PaymentMethodMetaData)
    )
    """Alipay+: more about the payment method."""
    extra: dict[str, Any] = field(default_factory=dict)
    """Members that are not declared here, and declared ones of another kind; written back as they are."""


@dataclass(kw_only=True, repr=False)
class PayToMethod(Model):
    """The account that the merchant is paid into. Source: Alipay, pay (consumer-presented mode), payToMethod; the fields
    are those of paymentMethod in the SDKs of the gateway.
    """

    payment_method_type: str | None = field(default=None, metadata=meta("paymentMethodType", shown=True))
    """The kind of account: ``CONNECT_WALLET`` in a store. At most 64 characters."""
    payment_method_id: str | None = field(default=None, metadata=meta("paymentMethodId"))
    """The account. At most 128 characters."""
    extra: dict[str, Any] = field(default_factory=dict)
    """Members that are not declared here, and declared ones of another kind; written back as they are."""


@dataclass(kw_only=True, repr=False)
class PaymentVerificationData(Model):
    """The authentication of the customer. Source: Alipay, pay (consumer-presented mode), paymentVerificationData; the
    fields are named by the SDKs of the gateway.
    """

    verify_request_id: str | None = field(default=None, metadata=meta("verifyRequestId", shown=True))
    """The id of the request that began the authentication."""
    authentication_code: str | None = field(default=None, metadata=meta("authenticationCode"))
    """The code that the customer got for it, which is a secret."""
    extra: dict[str, Any] = field(default_factory=dict)
    """Members that are not declared here, and declared ones of another kind; written back as they are."""


@dataclass(kw_only=True, repr=False)
class SettlementStrategy(Model):
    """How the merchant is paid."""

    settlement_currency: str | None = field(default=None, metadata=meta("settlementCurrency", shown=True))
    """The currency; Alipay+ requires it. At most 3 characters."""
    extra: dict[str, Any] = field(default_factory=dict)
    """Members that are not declared here, and declared ones of another kind; written back as they are."""


@dataclass(kw_only=True, repr=False)
class PayRequest(Model):
    """A request to ``pay``, of both protocols and all scenarios.

    What a protocol demands and what follows from other fields is filled in when the request is used: the product
    code, the flag of in-store payments, the order's amount, the time of the till.

    ``paymentFactor.isAuthorization``, which the documents have withdrawn, can be read and written only as an unknown
    member. Source: Alipay, pay (consumer-presented mode); Alipay+, Accept a payment, step 2.
    """

    product_code: ProductCode | None = field(default=None, metadata=meta("productCode", shown=True))
    """The product; filled in for AMS, refused for Alipay+."""
    payment_request_id: str | None = field(default=None, metadata=meta("paymentRequestId", shown=True))
    """One id for each attempt to pay. At most 64 characters. Required."""
    payment_notify_url: str | None = field(default=None, metadata=meta("paymentNotifyUrl"))
    """Where the gateway sends notifications. At most 2048 characters."""
    payment_redirect_url: str | None = field(default=None, metadata=meta("paymentRedirectUrl"))
    """Where the customer goes after paying. At most 2048 characters."""
    payment_expiry_time: str | datetime | None = field(default=None, metadata=meta("paymentExpiryTime", shown=True))
    """After this time the payment does not succeed any more."""
    payment_factor: PaymentFactor | None = field(default=None, metadata=meta("paymentFactor", PaymentFactor))
    """The scenario. Required."""
    payment_amount: Amount | None = field(default=None, metadata=meta("paymentAmount", "amount"))
    """What the customer pays. Required."""
    payment_method: PaymentMethod | None = field(default=None, metadata=meta("paymentMethod", PaymentMethod))
    """With what the customer pays. Required."""
    pay_to_method: PayToMethod | None = field(default=None, metadata=meta("payToMethod", PayToMethod))
    """AMS: the account that the merchant is paid into, where it is not that of the contract."""
    payment_verification_data: PaymentVerificationData | None = field(
        default=None, metadata=meta("paymentVerificationData", PaymentVerificationData)
    )
    """AMS: the authentication of the customer that belongs to this payment."""
    settlement_strategy: SettlementStrategy | None = field(
        default=None, metadata=meta("settlementStrategy", SettlementStrategy)
    )
    """In which currency the merchant is paid. Required by Alipay+."""
    merchant_region: str | None = field(default=None, metadata=meta("merchantRegion", shown=True))
    """Where the merchant is, for some regions of AMS: two letters. At most 2 characters."""
    order: Order | None = field(default=None, metadata=meta("order", Order))
    """What is paid for. Required."""
    allowed_psp_regions: list[str] = field(
        default_factory=list, metadata=meta("allowedPspRegions", many=True, shown=True)
    )
    """Alipay+: the regions whose wallets may pay, two letters each."""
    user_region: str | None = field(default=None, metadata=meta("userRegion", shown=True))
    """Alipay+: where the customer is, two letters. At most 2 characters."""
    extra: dict[str, Any] = field(default_factory=dict)
    """Members that are not declared here, and declared ones of another kind; written back as they are."""


@dataclass(kw_only=True, repr=False)
class PayResponse(Model):
    """The answer to ``pay``, of both protocols.

    ``actualPaymentAmount`` and ``paymentQuote`` have been withdrawn and are unknown members. Source: Alipay, pay
    (consumer-presented mode), response parameters; Alipay+, Accept a payment, step 2.
    """

    result: ApiResult | None = field(default=None, metadata=meta("result", ApiResult))
    """How the call ended. For order code and entry code, ``S`` says that the code or the redirect was made."""
    payment_request_id: str | None = field(default=None, metadata=meta("paymentRequestId", shown=True))
    """The id of the request. At most 64 characters."""
    payment_id: str | None = field(default=None, metadata=meta("paymentId", shown=True))
    """The gateway's id of the payment. At most 64 characters."""
    payment_amount: Amount | None = field(default=None, metadata=meta("paymentAmount", "amount"))
    """What the customer pays."""
    payment_time: str | None = field(default=None, metadata=meta("paymentTime", shown=True))
    """When the payment was made."""
    payment_create_time: str | None = field(default=None, metadata=meta("paymentCreateTime", shown=True))
    """When the payment was created."""
    auth_expiry_time: str | None = field(
        default=None, metadata=meta("authExpiryTime", shown=True, alias="authExpiredTime")
    )
    """AMS: when the authorization expires. The other spelling of the documents, ``authExpiredTime``, is read as well."""
    psp_customer_info: PspCustomerInfo | None = field(
        default=None, metadata=meta("pspCustomerInfo", PspCustomerInfo)
    )
    """AMS: the customer at the wallet."""
    challenge_action_form: ChallengeActionForm | None = field(
        default=None, metadata=meta("challengeActionForm", ChallengeActionForm)
    )
    """A challenge for the customer."""
    redirect_action_form: RedirectActionForm | None = field(
        default=None, metadata=meta("redirectActionForm", RedirectActionForm)
    )
    """Where the customer's wallet is redirected to."""
    order_code_form: OrderCodeForm | None = field(default=None, metadata=meta("orderCodeForm", OrderCodeForm))
    """The code that the customer scans."""
    gross_settlement_amount: Amount | None = field(default=None, metadata=meta("grossSettlementAmount", "amount"))
    """AMS: what is settled, before fees."""
    settlement_quote: SettlementQuote | None = field(default=None, metadata=meta("settlementQuote", SettlementQuote))
    """The rate of the settlement."""
    acquirer_id: str | None = field(default=None, metadata=meta("acquirerId", shown=True))
    """Alipay+: the acquirer. At most 64 characters."""
    psp_id: str | None = field(default=None, metadata=meta("pspId", shown=True))
    """Alipay+: the wallet's id."""
    customer_id: str | None = field(default=None, metadata=meta("customerId"))
    """Alipay+: the customer at the wallet."""
    wallet_brand_name: str | None = field(default=None, metadata=meta("walletBrandName", shown=True))
    """Alipay+: the wallet's name."""
    payment_url: str | None = field(default=None, metadata=meta("paymentUrl"))
    """Alipay+: where the customer pays."""
    settlement_amount: Amount | None = field(default=None, metadata=meta("settlementAmount", "amount"))
    """Alipay+: what is settled."""
    extra: dict[str, Any] = field(default_factory=dict)
    """Members that are not declared here, and declared ones of another kind; written back as they are."""


@dataclass(kw_only=True, repr=False)
class InquiryRequest(Model):
    """A request to ``inquiryPayment``: one of the ids, or both, in which case the gateway goes by ``payment_id``."""

    payment_request_id: str | None = field(default=None, metadata=meta("paymentRequestId", shown=True))
    """The id of the request to pay; the only one that is known after an answer got lost. At most 64 characters."""
    payment_id: str | None = field(default=None, metadata=meta("paymentId", shown=True))
    """The gateway's id of the payment. At most 64 characters."""
    extra: dict[str, Any] = field(default_factory=dict)
    """Members that are not declared here, and declared ones of another kind; written back as they are."""


@dataclass(kw_only=True, repr=False)
class Transaction(Model):
    """A refund, cancellation or other thing done with a payment."""

    transaction_result: ApiResult | None = field(default=None, metadata=meta("transactionResult", ApiResult))
    """Its result."""
    transaction_id: str | None = field(default=None, metadata=meta("transactionId", shown=True))
    """The gateway's id of it. At most 64 characters."""
    transaction_type: TransactionType | str | None = field(
        default=None, metadata=meta("transactionType", shown=True)
    )
    """What was done."""
    transaction_status: TransactionStatus | str | None = field(
        default=None, metadata=meta("transactionStatus", shown=True)
    )
    """What has become of it."""
    transaction_amount: Amount | None = field(default=None, metadata=meta("transactionAmount", "amount"))
    """Over what amount."""
    transaction_request_id: str | None = field(default=None, metadata=meta("transactionRequestId", shown=True))
    """The caller's id of it. At most 64 characters."""
    transaction_time: str | None = field(default=None, metadata=meta("transactionTime", shown=True))
    """When."""
    extra: dict[str, Any] = field(default_factory=dict)
    """Members that are not declared here, and declared ones of another kind; written back as they are."""


@dataclass(kw_only=True, repr=False)
class InquiryResponse(Model):
    """The answer to ``inquiryPayment``, of both protocols. Source: Alipay, inquiryPayment; Alipay+, inquiryPayment."""

    result: ApiResult | None = field(default=None, metadata=meta("result", ApiResult))
    """Whether the inquiry worked."""
    payment_status: PaymentStatus | str | None = field(default=None, metadata=meta("paymentStatus", shown=True))
    """AMS: what has become of the payment."""
    payment_result_code: str | None = field(default=None, metadata=meta("paymentResultCode", shown=True))
    """AMS: the payment's own result code. At most 64 characters."""
    payment_result_message: str | None = field(default=None, metadata=meta("paymentResultMessage"))
    """AMS: the same in words. At most 256 characters."""
    payment_result: ApiResult | None = field(default=None, metadata=meta("paymentResult", ApiResult))
    """Alipay+: the payment's own result."""
    payment_request_id: str | None = field(default=None, metadata=meta("paymentRequestId", shown=True))
    """The id of the request to pay. At most 64 characters."""
    payment_id: str | None = field(default=None, metadata=meta("paymentId", shown=True))
    """The gateway's id of the payment. At most 64 characters."""
    payment_amount: Amount | None = field(default=None, metadata=meta("paymentAmount", "amount"))
    """What the customer pays."""
    payment_create_time: str | None = field(default=None, metadata=meta("paymentCreateTime", shown=True))
    """When the payment was created."""
    payment_time: str | None = field(default=None, metadata=meta("paymentTime", shown=True))
    """When the payment was made."""
    auth_expiry_time: str | None = field(
        default=None, metadata=meta("authExpiryTime", shown=True, alias="authExpiredTime")
    )
    """AMS: when the authorization expires. ``authExpiredTime`` is read as well."""
    psp_customer_info: PspCustomerInfo | None = field(
        default=None, metadata=meta("pspCustomerInfo", PspCustomerInfo)
    )
    """AMS: the customer at the wallet."""
    redirect_action_form: RedirectActionForm | None = field(
        default=None, metadata=meta("redirectActionForm", RedirectActionForm)
    )
    """Where the customer's wallet is redirected to."""
    transactions: list[Transaction] = field(
        default_factory=list, metadata=meta("transactions", Transaction, many=True)
    )
    """What was done with the payment."""
    gross_settlement_amount: Amount | None = field(default=None, metadata=meta("grossSettlementAmount", "amount"))
    """AMS: what is settled, before fees."""
    settlement_quote: SettlementQuote | None = field(default=None, metadata=meta("settlementQuote", SettlementQuote))
    """The rate of the settlement."""
    acquirer_id: str | None = field(default=None, metadata=meta("acquirerId", shown=True))
    """Alipay+: the acquirer. At most 64 characters."""
    psp_id: str | None = field(default=None, metadata=meta("pspId", shown=True))
    """Alipay+: the wallet's id."""
    customer_id: str | None = field(default=None, metadata=meta("customerId"))
    """Alipay+: the customer at the wallet."""
    wallet_brand_name: str | None = field(default=None, metadata=meta("walletBrandName", shown=True))
    """Alipay+: the wallet's name."""
    settlement_amount: Amount | None = field(default=None, metadata=meta("settlementAmount", "amount"))
    """Alipay+: what is settled."""
    extra: dict[str, Any] = field(default_factory=dict)
    """Members that are not declared here, and declared ones of another kind; written back as they are."""


@dataclass(kw_only=True, repr=False)
class CancelRequest(Model):
    """A request to cancel: one of the ids, or both, in which case the gateway goes by ``payment_id``."""

    payment_request_id: str | None = field(default=None, metadata=meta("paymentRequestId", shown=True))
    """The id of the request to pay. At most 64 characters."""
    payment_id: str | None = field(default=None, metadata=meta("paymentId", shown=True))
    """The gateway's id of the payment. At most 64 characters."""
    extra: dict[str, Any] = field(default_factory=dict)
    """Members that are not declared here, and declared ones of another kind; written back as they are."""


@dataclass(kw_only=True, repr=False)
class CancelResponse(Model):
    """The answer. Source: Alipay, cancel; Alipay+, cancelPayment."""

    result: ApiResult | None = field(default=None, metadata=meta("result", ApiResult))
    """How the call ended."""
    payment_request_id: str | None = field(default=None, metadata=meta("paymentRequestId", shown=True))
    """The id of the request to pay. At most 64 characters."""
    payment_id: str | None = field(default=None, metadata=meta("paymentId", shown=True))
    """The gateway's id of the payment. At most 64 characters."""
    cancel_time: str | None = field(default=None, metadata=meta("cancelTime", shown=True))
    """AMS: when it was cancelled; present only on success."""
    acquirer_id: str | None = field(default=None, metadata=meta("acquirerId", shown=True))
    """Alipay+: the acquirer. At most 64 characters."""
    psp_id: str | None = field(default=None, metadata=meta("pspId", shown=True))
    """Alipay+: the wallet's id."""
    extra: dict[str, Any] = field(default_factory=dict)
    """Members that are not declared here, and declared ones of another kind; written back as they are."""


@dataclass(kw_only=True, repr=False)
class RefundRequest(Model):
    """A request to refund, in whole or in part. Source: Alipay, refund; Alipay+, refund."""

    refund_request_id: str | None = field(default=None, metadata=meta("refundRequestId", shown=True))
    """One id for each refund, kept when the request is repeated. At most 64 characters. Required."""
    payment_id: str | None = field(default=None, metadata=meta("paymentId", shown=True))
    """The gateway's id of the payment. AMS requires it. At most 64 characters."""
    payment_request_id: str | None = field(default=None, metadata=meta("paymentRequestId", shown=True))
    """Alipay+: the id of the request to pay, where ``payment_id`` is not known. AMS is not sent it. At most 64
    characters.
    """
    refund_amount: Amount | None = field(default=None, metadata=meta("refundAmount", "amount"))
    """How much is given back. Required."""
    reference_refund_id: str | None = field(default=None, metadata=meta("referenceRefundId", shown=True))
    """The refund's id in the merchant's system. At most 64 characters."""
    refund_reason: str | None = field(default=None, metadata=meta("refundReason"))
    """Why. At most 256 characters."""
    refund_notify_url: str | None = field(default=None, metadata=meta("refundNotifyUrl"))
    """AMS: where the result of the refund is notified. An optional service: never wait for it. At most 2048 characters."""
    extra: dict[str, Any] = field(default_factory=dict)
    """Members that are not declared here, and declared ones of another kind; written back as they are."""


@dataclass(kw_only=True, repr=False)
class RefundResponse(Model):
    """The answer to ``refund``."""

    result: ApiResult | None = field(default=None, metadata=meta("result", ApiResult))
    """How the call ended."""
    refund_request_id: str | None = field(default=None, metadata=meta("refundRequestId", shown=True))
    """The id of the request. At most 64 characters."""
    refund_id: str | None = field(default=None, metadata=meta("refundId", shown=True))
    """The gateway's id of the refund. At most 64 characters."""
    payment_id: str | None = field(default=None, metadata=meta("paymentId", shown=True))
    """The gateway's id of the payment. At most 64 characters."""
    refund_amount: Amount | None = field(default=None, metadata=meta("refundAmount", "amount"))
    """How much was given back."""
    refund_time: str | None = field(default=None, metadata=meta("refundTime", shown=True))
    """When."""
    gross_settlement_amount: Amount | None = field(default=None, metadata=meta("grossSettlementAmount", "amount"))
    """AMS: what is settled, before fees."""
    settlement_quote: SettlementQuote | None = field(default=None, metadata=meta("settlementQuote", SettlementQuote))
    """The rate of the settlement."""
    acquirer_id: str | None = field(default=None, metadata=meta("acquirerId", shown=True))
    """Alipay+: the acquirer. At most 64 characters."""
    psp_id: str | None = field(default=None, metadata=meta("pspId", shown=True))
    """Alipay+: the wallet's id."""
    settlement_amount: Amount | None = field(default=None, metadata=meta("settlementAmount", "amount"))
    """Alipay+: what is settled."""
    extra: dict[str, Any] = field(default_factory=dict)
    """Members that are not declared here, and declared ones of another kind; written back as they are."""


@dataclass(kw_only=True, repr=False)
class InquiryRefundRequest(Model):
    """A request to ``inquiryRefund``: one of the ids, or both, in which case the gateway goes by ``refund_id``. Alipay+
    has no such API.
    """

    refund_request_id: str | None = field(default=None, metadata=meta("refundRequestId", shown=True))
    """The id of the request to refund. At most 64 characters."""
    refund_id: str | None = field(default=None, metadata=meta("refundId", shown=True))
    """The gateway's id of the refund. At most 64 characters."""
    extra: dict[str, Any] = field(default_factory=dict)
    """Members that are not declared here, and declared ones of another kind; written back as they are."""


@dataclass(kw_only=True, repr=False)
class InquiryRefundResponse(Model):
    """The answer to ``inquiryRefund``."""

    result: ApiResult | None = field(default=None, metadata=meta("result", ApiResult))
    """Whether the inquiry worked."""
    refund_status: RefundStatus | str | None = field(default=None, metadata=meta("refundStatus", shown=True))
    """What has become of the refund. At most 16 characters."""
    refund_request_id: str | None = field(default=None, metadata=meta("refundRequestId", shown=True))
    """The id of the request to refund. At most 64 characters."""
    refund_id: str | None = field(default=None, metadata=meta("refundId", shown=True))
    """The gateway's id of the refund. At most 64 characters."""
    refund_amount: Amount | None = field(default=None, metadata=meta("refundAmount", "amount"))
    """How much was given back."""
    refund_time: str | None = field(default=None, metadata=meta("refundTime", shown=True))
    """When."""
    gross_settlement_amount: Amount | None = field(default=None, metadata=meta("grossSettlementAmount", "amount"))
    """What is settled, before fees."""
    settlement_quote: SettlementQuote | None = field(default=None, metadata=meta("settlementQuote", SettlementQuote))
    """The rate of the settlement."""
    extra: dict[str, Any] = field(default_factory=dict)
    """Members that are not declared here, and declared ones of another kind; written back as they are."""


@dataclass(kw_only=True, repr=False)
class Notification(Model):
    """A notification, of both protocols. Source: Alipay, notifyPayment; Alipay+, notifyPayment; Alipay, Entry code
    payment, Accept payments, step 3.
    """

    notify_type: NotifyType | str | None = field(default=None, metadata=meta("notifyType", shown=True))
    """AMS: what is notified."""
    result: ApiResult | None = field(default=None, metadata=meta("result", ApiResult))
    """AMS: the result of the payment."""
    payment_result: ApiResult | None = field(default=None, metadata=meta("paymentResult", ApiResult))
    """Alipay+: the result of the payment."""
    payment_request_id: str | None = field(default=None, metadata=meta("paymentRequestId", shown=True))
    """The id of the request to pay. At most 64 characters."""
    payment_id: str | None = field(default=None, metadata=meta("paymentId", shown=True))
    """The gateway's id of the payment. At most 64 characters."""
    payment_amount: Amount | None = field(default=None, metadata=meta("paymentAmount", "amount"))
    """What the customer paid."""
    payment_create_time: str | None = field(default=None, metadata=meta("paymentCreateTime", shown=True))
    """When the payment was created."""
    payment_time: str | None = field(default=None, metadata=meta("paymentTime", shown=True))
    """When the payment reached its end."""
    psp_customer_info: PspCustomerInfo | None = field(
        default=None, metadata=meta("pspCustomerInfo", PspCustomerInfo)
    )
    """AMS: the customer at the wallet."""
    gross_settlement_amount: Amount | None = field(default=None, metadata=meta("grossSettlementAmount", "amount"))
    """AMS: what is settled, before fees."""
    settlement_quote: SettlementQuote | None = field(default=None, metadata=meta("settlementQuote", SettlementQuote))
    """The rate of the settlement."""
    acquirer_id: str | None = field(default=None, metadata=meta("acquirerId", shown=True))
    """Alipay+: the acquirer. At most 64 characters."""
    psp_id: str | None = field(default=None, metadata=meta("pspId", shown=True))
    """Alipay+: the wallet's id."""
    customer_id: str | None = field(default=None, metadata=meta("customerId"))
    """Alipay+: the customer at the wallet."""
    wallet_brand_name: str | None = field(default=None, metadata=meta("walletBrandName", shown=True))
    """Alipay+: the wallet's name."""
    settlement_amount: Amount | None = field(default=None, metadata=meta("settlementAmount", "amount"))
    """Alipay+: what is settled."""
    extra: dict[str, Any] = field(default_factory=dict)
    """Members that are not declared here, and declared ones of another kind; written back as they are."""


@dataclass(kw_only=True, repr=False)
class RefundNotification(Model):
    """A notification about a refund, only in AMS. Whether refunds of payments in a store are notified is not certain:
    take one, and never wait for one. Source: Alipay, notifyRefund.
    """

    notify_type: NotifyType | str | None = field(default=None, metadata=meta("notifyType", shown=True))
    """What is notified: the result of a refund."""
    result: ApiResult | None = field(default=None, metadata=meta("result", ApiResult))
    """Whether the refund worked, where the message states it; ``refund_status`` says whether the money was given back."""
    refund_status: RefundStatus | str | None = field(default=None, metadata=meta("refundStatus", shown=True))
    """What has become of the refund: given back, or not. At most 16 characters."""
    refund_request_id: str | None = field(default=None, metadata=meta("refundRequestId", shown=True))
    """The id of the request to refund. At most 64 characters."""
    refund_id: str | None = field(default=None, metadata=meta("refundId", shown=True))
    """The gateway's id of the refund. At most 64 characters."""
    refund_amount: Amount | None = field(default=None, metadata=meta("refundAmount", "amount"))
    """How much was given back."""
    refund_time: str | None = field(default=None, metadata=meta("refundTime", shown=True))
    """When."""
    gross_settlement_amount: Amount | None = field(default=None, metadata=meta("grossSettlementAmount", "amount"))
    """What is settled, before fees."""
    settlement_quote: SettlementQuote | None = field(default=None, metadata=meta("settlementQuote", SettlementQuote))
    """The rate of the settlement."""
    extra: dict[str, Any] = field(default_factory=dict)
    """Members that are not declared here, and declared ones of another kind; written back as they are."""
