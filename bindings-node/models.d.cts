// Generated from schema/messages by `make generate`; do not edit.
//
// The requests and responses of the payment APIs under the names of the documents. What is required in which
// protocol, the lengths and the forms are checked when a request is used; an error names the member.
import type { Amount, PaymentCode } from './index.cjs'
import type { Scenario } from './words.cjs'

/** An amount to be sent: minor units as text or bigint. A `number` is refused. */
export type AmountInput = Amount | { currency: string; value: string | bigint }

/** An amount as a message states it: minor units as text. */
export interface StatedAmount {
  currency?: string
  value?: string
}

/**
 * On what the merchant's side runs.
 *
 * - `WEB`: A web site.
 * - `WAP`: A web page on a mobile phone.
 * - `APP`: An app.
 * - `MINI_APP`: An app within a wallet.
 */
export type TerminalType = 'WEB' | 'WAP' | 'APP' | 'MINI_APP'

/**
 * The operating system of the customer's device.
 *
 * - `IOS`: iOS.
 * - `ANDROID`: Android.
 */
export type OsType = 'IOS' | 'ANDROID'

/**
 * What the customer is asked for.
 *
 * - `SMS_OTP`: A one-time password by text message.
 * - `PLAINTEXT_CARD_NO`: The number of the card.
 * - `CARD_EXPIRE_DATE`: The expiry date of the card.
 */
export type ChallengeType = 'SMS_OTP' | 'PLAINTEXT_CARD_NO' | 'CARD_EXPIRE_DATE'

/**
 * Who asks.
 *
 * - `AMS`: Alipay.
 * - `CHANNEL`: Somebody else.
 */
export type ChallengeTrigger = 'AMS' | 'CHANNEL'

/**
 * How the customer gets to the redirect URL.
 *
 * - `POST`: By a form that is posted, with the form's parameters.
 * - `GET`: By opening the URL.
 * - `SCAN`: By scanning the URL as a code.
 */
export type RedirectMethod = 'POST' | 'GET' | 'SCAN'

/**
 * The kind of a code.
 *
 * - `BARCODE`: A bar code.
 * - `QRCODE`: A QR code.
 */
export type CodeValueType = 'BARCODE' | 'QRCODE'

/**
 * How a code is shown.
 *
 * - `TEXT`: As text.
 * - `MIDDLEIMAGE`: As an image of middle size.
 * - `SMALLIMAGE`: As a small image.
 * - `BIGIMAGE`: As a big image.
 */
export type DisplayType = 'TEXT' | 'MIDDLEIMAGE' | 'SMALLIMAGE' | 'BIGIMAGE'

/**
 * The product of AMS.
 *
 * - `IN_STORE_PAYMENT`: In-store payment, the only product of this library.
 */
export type ProductCode = 'IN_STORE_PAYMENT'

/**
 * What has become of the payment, in AMS. Source: Alipay, inquiryPayment.
 *
 * - `SUCCESS`: Paid.
 * - `FAIL`: Not paid, for good.
 * - `PROCESSING`: Not yet decided.
 * - `CANCELLED`: Cancelled.
 * - `PENDING`: The customer is done and the result is open.
 */
export type PaymentStatus = 'SUCCESS' | 'FAIL' | 'PROCESSING' | 'CANCELLED' | 'PENDING'

/**
 * What was done.
 *
 * - `PAYMENT`: A payment.
 * - `REFUND`: A refund.
 * - `CANCEL`: A cancellation.
 * - `AUTHORIZATION`: An authorisation.
 * - `CAPTURE`: A capture.
 * - `VOID`: A capture or authorisation taken back.
 */
export type TransactionType = 'PAYMENT' | 'REFUND' | 'CANCEL' | 'AUTHORIZATION' | 'CAPTURE' | 'VOID'

/**
 * What has become of it.
 *
 * - `SUCCESS`: It succeeded.
 * - `FAIL`: It failed.
 * - `PROCESSING`: It is not yet decided.
 * - `CANCELLED`: It was cancelled.
 */
export type TransactionStatus = 'SUCCESS' | 'FAIL' | 'PROCESSING' | 'CANCELLED'

/**
 * What has become of a refund. Source: Alipay, inquiryRefund.
 *
 * - `SUCCESS`: The money was given back.
 * - `PROCESSING`: Not yet decided.
 * - `FAIL`: It was not, for good.
 */
export type RefundStatus = 'SUCCESS' | 'PROCESSING' | 'FAIL'

/**
 * What is notified, in AMS.
 *
 * - `PAYMENT_RESULT`: The result of a payment.
 * - `OFFLINE_PAYMENT_CODE`: The result of a payment by a code in a store.
 * - `PAYMENT_PENDING`: The customer is done and the result is open.
 * - `REFUND_RESULT`: The result of a refund: see {@link RefundNotification}.
 */
export type NotifyType = 'PAYMENT_RESULT' | 'OFFLINE_PAYMENT_CODE' | 'PAYMENT_PENDING' | 'REFUND_RESULT'

/** The result of a call, or of a payment. */
export interface ApiResult {
  /** `S`, `F` or `U`, as it came; another letter counts as unknown. */
  resultStatus?: string
  /** What happened, as a code; codes that are not documented must be expected. At most 64 characters. */
  resultCode?: string
  /** The same in words. At most 256 characters. */
  resultMessage?: string
  /** Members that are not declared here, and declared ones of another kind, as they came; absent where there are none. */
  extra?: Readonly<Record<string, unknown>>
}

/** The customer at the wallet. Source: Alipay, pay (consumer-presented mode), pspCustomerInfo. */
export interface PspCustomerInfo {
  /** The wallet's name. At most 64 characters. */
  pspName?: string
  /** The customer's id at the wallet. At most 64 characters. */
  pspCustomerId?: string
  /** The customer's id as it may be shown. At most 64 characters. */
  displayCustomerId?: string
  /** Members that are not declared here, and declared ones of another kind, as they came; absent where there are none. */
  extra?: Readonly<Record<string, unknown>>
}

/** The rate between the payment's currency and that of the settlement. */
export interface SettlementQuote {
  /** The rate's id. At most 64 characters. */
  quoteId?: string
  /** Both currencies, in letters or numbers, as the gateway writes them. At most 16 characters. */
  quoteCurrencyPair?: string
  /** The rate, as its decimal text. */
  quotePrice?: string
  /** From when it holds. */
  quoteStartTime?: string
  /** Until when it holds. */
  quoteExpiryTime?: string
  /** Whether it is guaranteed. */
  guaranteed?: string
  /** Alipay+: the currency that the unit counts. */
  baseCurrency?: string
  /** Alipay+: for how many of the base currency the price is. */
  quoteUnit?: string
  /** Members that are not declared here, and declared ones of another kind, as they came; absent where there are none. */
  extra?: Readonly<Record<string, unknown>>
}

/** The texts as they are sent. `ChinaOrder` makes them from lists. */
export interface ChinaExtraTransInfo {
  /**
   * One or more of 1 hotel, 2 flight, 3 study abroad, 4 trade, 5 other, joined by `|`. At most 16 characters.
   * Required.
   */
  businessType?: string
  /** Flight numbers. Business type 2. At most 1000 characters. */
  flightNumber?: string
  /** Departures, `yyyy-MM-dd HH:mm`, one a flight. Business type 2. */
  departureTime?: string
  /** Hotels. Business type 1. At most 1000 characters. */
  hotelName?: string
  /** Arrivals, `yyyy-MM-dd` in UTC+8, one a hotel. Business type 1. */
  checkinTime?: string
  /** Departures, `yyyy-MM-dd` in UTC+8, one a hotel. Business type 1. */
  checkoutTime?: string
  /** URLs of admission notices. Business type 3. At most 1000 characters. */
  admissionNoticeUrl?: string
  /** Goods as `name^quantity`. Business type 4. At most 2000 characters. */
  goodsInfo?: string
  /** The number of all goods together. Business type 4. */
  totalQuantity?: number | bigint | string
  /** Members that are not declared here; they are sent beside the others, as they are. */
  extra?: Readonly<Record<string, unknown>>
}

/** The environment of the order. Source: Alipay, pay (consumer-presented mode), order.env. */
export interface Env {
  /** On what the merchant's side runs. */
  terminalType?: TerminalType
  /** The operating system of the customer's device. */
  osType?: OsType
  /** The User-Agent header with which the wallet opened the merchant's page. Required for an entry code. */
  userAgent?: string
  /** A token of the customer's device. At most 64 characters. */
  deviceTokenId?: string
  /** The IP address of the customer's device. At most 64 characters. */
  clientIp?: string
  /** A cookie of the customer's device. */
  cookieId?: string
  /** The till. AMS requires it for payment code and order code. */
  storeTerminalId?: string
  /** When the till sent the request, with milliseconds. Left out, it is the time of the request. */
  storeTerminalRequestTime?: string | Date
  /** Information for special cases, sent as JSON text in a string. At most 2048 characters. */
  extendInfo?: ExtendMembers | string
  /** Members that are not declared here; they are sent beside the others, as they are. */
  extra?: Readonly<Record<string, unknown>>
}

/** The members of `extendInfo`. */
export interface ExtendMembers {
  /** What Alipay in China asks to know about the trade. */
  chinaExtraTransInfo?: ChinaExtraTransInfo
  /** Members that are not declared here; they are sent beside the others, as they are. */
  extra?: Readonly<Record<string, unknown>>
}

/** The merchant that sells to the customer. */
export interface OrderMerchant {
  /** The merchant's id in the caller's own system. At most 32 characters. Required. */
  referenceMerchantId?: string
  /** The merchant category code of ISO 18245: four digits. At most 32 characters. Required. */
  merchantMCC?: string
  /**
   * The merchant's name. Some pages of AMS require it: without it the result has a warning. At most 256 characters.
   */
  merchantName?: string
  /** The name that the customer sees. At most 64 characters. */
  merchantDisplayName?: string
  /** Where the merchant is; in Alipay+ it decides whether the payment is domestic or cross-border. */
  merchantAddress?: Address
  /** When the merchant was registered, ISO 8601. */
  merchantRegisterDate?: string
  /** The store in which the customer pays. Required by AMS, and with a payment code, and with an entry code. */
  store?: OrderStore
  /** Members that are not declared here; they are sent beside the others, as they are. */
  extra?: Readonly<Record<string, unknown>>
}

/** A store. */
export interface OrderStore {
  /** The store's id in the caller's own system. Required. */
  referenceStoreId?: string
  /** The store's name. Some pages of AMS require it: without it the result has a warning. */
  storeName?: string
  /**
   * The store's category code of ISO 18245: four digits. The other spelling of the documents, `storeMcc`, is read as
   * well. At most 32 characters. Required.
   */
  storeMCC?: string
  /** The name that the customer sees. */
  storeDisplayName?: string
  /** The till. */
  storeTerminalId?: string
  /** Who works at the till. */
  storeOperatorId?: string
  /** The store's telephone number. */
  storePhoneNo?: string
  /** Where the store is. */
  storeAddress?: Address
  /** Members that are not declared here; they are sent beside the others, as they are. */
  extra?: Readonly<Record<string, unknown>>
}

/** An address. */
export interface Address {
  /**
   * Country or region of ISO 3166: two capital letters. Required where there is an address. At most 2 characters.
   */
  region?: string
  /** State or province. At most 8 characters. */
  state?: string
  /** City. At most 32 characters. */
  city?: string
  /** First line. At most 256 characters. */
  address1?: string
  /** Second line. At most 256 characters. */
  address2?: string
  /** Postal code. At most 32 characters. */
  zipCode?: string
  /** Members that are not declared here; they are sent beside the others, as they are. */
  extra?: Readonly<Record<string, unknown>>
}

/**
 * The order that is paid.
 *
 * `indirectAcquirer`, which newer editions of Alipay+, pay name, is an unknown member here: its fields are not
 * published.
 */
export interface Order {
  /** The order's id in the merchant's system. Alipay+ requires it. At most 64 characters. */
  referenceOrderId?: string
  /**
   * What is sold, in words for the customer. Some pages of AMS require it: without it the result has a warning. At
   * most 256 characters.
   */
  orderDescription?: string
  /** What the customer sees as the price. Left out, it is the payment amount. */
  orderAmount?: AmountInput
  /** Who sells. Required. */
  merchant?: OrderMerchant
  /** What is sold, one by one. */
  goods?: Array<Goods>
  /** Where it is sent. */
  shipping?: Shipping
  /** Who buys. */
  buyer?: Buyer
  /** Till, terminal and device. Required by AMS, and with an entry code. */
  env?: Env
  /** Members that are not declared here; they are sent beside the others, as they are. */
  extra?: Readonly<Record<string, unknown>>
}

/** One kind of goods. */
export interface Goods {
  /** Its id in the merchant's system. At most 64 characters. Required. */
  referenceGoodsId?: string
  /** Its name. At most 256 characters. Required. */
  goodsName?: string
  /** Its category. At most 64 characters. */
  goodsCategory?: string
  /** Its brand. */
  goodsBrand?: string
  /** The price of one. */
  goodsUnitAmount?: AmountInput
  /** How many. */
  goodsQuantity?: number | bigint | string
  /** Members that are not declared here; they are sent beside the others, as they are. */
  extra?: Readonly<Record<string, unknown>>
}

/** A delivery. */
export interface Shipping {
  /** Who receives it. */
  shippingName?: UserName
  /** Where. */
  shippingAddress?: Address
  /** Who delivers it. At most 128 characters. */
  shippingCarrier?: string
  /** The telephone number of who receives it. At most 16 characters. */
  shippingPhoneNo?: string
  /** Members that are not declared here; they are sent beside the others, as they are. */
  extra?: Readonly<Record<string, unknown>>
}

/** The customer, as far as the merchant knows. */
export interface Buyer {
  /** The customer's id in the merchant's system. At most 64 characters. */
  referenceBuyerId?: string
  /** The customer's name. */
  buyerName?: UserName
  /** The customer's telephone number. At most 24 characters. */
  buyerPhoneNo?: string
  /** The customer's mail address. At most 64 characters. */
  buyerEmail?: string
  /** Members that are not declared here; they are sent beside the others, as they are. */
  extra?: Readonly<Record<string, unknown>>
}

/** A person's name. */
export interface UserName {
  /** Given name. At most 32 characters. */
  firstName?: string
  /** Middle name. At most 32 characters. */
  middleName?: string
  /** Family name. At most 32 characters. */
  lastName?: string
  /** The whole name. At most 128 characters. */
  fullName?: string
  /** Members that are not declared here; they are sent beside the others, as they are. */
  extra?: Readonly<Record<string, unknown>>
}

/** A challenge. */
export interface ChallengeActionForm {
  /** What the customer is asked for. */
  challengeType?: ChallengeType | (string & {})
  /** What is shown. */
  challengeRenderValue?: string
  /** Who asks. */
  triggerSource?: ChallengeTrigger | (string & {})
  /** More, as text. */
  extendInfo?: string
  /** Members that are not declared here, and declared ones of another kind, as they came; absent where there are none. */
  extra?: Readonly<Record<string, unknown>>
}

/** A redirect of the customer's wallet. */
export interface RedirectActionForm {
  /** How. */
  method?: RedirectMethod | (string & {})
  /** Where to. At most 2048 characters. */
  redirectUrl?: string
  /** The parameters of the form, for POST. At most 2048 characters. */
  parameters?: string
  /** The kind of the form. At most 32 characters. */
  actionFormType?: string
  /** Members that are not declared here, and declared ones of another kind, as they came; absent where there are none. */
  extra?: Readonly<Record<string, unknown>>
}

/** The code of an order, for the customer to scan. */
export interface OrderCodeForm {
  /** The wallet that can pay it. */
  paymentMethodType?: string
  /** Until when it can be paid. */
  expireTime?: string
  /** The same code in several forms. At most 4 elements. */
  codeDetails?: Array<CodeDetail>
  /** More, as text. At most 2048 characters. */
  extendInfo?: string
  /** Members that are not declared here, and declared ones of another kind, as they came; absent where there are none. */
  extra?: Readonly<Record<string, unknown>>
}

/** One form of a code. */
export interface CodeDetail {
  /** The kind of the code. */
  codeValueType?: CodeValueType | (string & {})
  /** What the code holds. At most 2048 characters. */
  codeValue?: string
  /** How it is shown. */
  displayType?: DisplayType | (string & {})
  /** Members that are not declared here, and declared ones of another kind, as they came; absent where there are none. */
  extra?: Readonly<Record<string, unknown>>
}

/**
 * A request to `pay`, of both protocols and all scenarios.
 *
 * What a protocol demands and what follows from other fields is filled in when the request is used: the product code,
 * the flag of in-store payments, the order's amount, the time of the till.
 *
 * `paymentFactor.isAuthorization`, which the documents have withdrawn, can be read and written only as an unknown
 * member. Source: Alipay, pay (consumer-presented mode); Alipay+, Accept a payment, step 2.
 */
export interface PayRequest {
  /** The product; filled in for AMS, refused for Alipay+. */
  productCode?: ProductCode
  /** One id for each attempt to pay. At most 64 characters. Required. */
  paymentRequestId?: string
  /** Where the gateway sends notifications. At most 2048 characters. */
  paymentNotifyUrl?: string
  /** Where the customer goes after paying. At most 2048 characters. */
  paymentRedirectUrl?: string
  /** After this time the payment does not succeed any more. */
  paymentExpiryTime?: string | Date
  /** The scenario. Required. */
  paymentFactor?: PaymentFactor
  /** What the customer pays. Required. */
  paymentAmount?: AmountInput
  /** With what the customer pays. Required. */
  paymentMethod?: PaymentMethod
  /** AMS: the account that the merchant is paid into, where it is not that of the contract. */
  payToMethod?: PayToMethod
  /** AMS: the authentication of the customer that belongs to this payment. */
  paymentVerificationData?: PaymentVerificationData
  /** In which currency the merchant is paid. Required by Alipay+. */
  settlementStrategy?: SettlementStrategy
  /** Where the merchant is, for some regions of AMS: two letters. At most 2 characters. */
  merchantRegion?: string
  /** What is paid for. Required. */
  order?: Order
  /** Alipay+: the regions whose wallets may pay, two letters each. */
  allowedPspRegions?: Array<string>
  /** Alipay+: where the customer is, two letters. At most 2 characters. */
  userRegion?: string
  /** Members that are not declared here; they are sent beside the others, as they are. */
  extra?: Readonly<Record<string, unknown>>
}

/** What kind of payment it is. */
export interface PaymentFactor {
  /** How customer and merchant find each other. Required. */
  inStorePaymentScenario?: Scenario
  /** That it is paid in a store; filled in for Alipay+. */
  isInStorePayment?: boolean | 'true' | 'false'
  /** Whether it is paid on a cashier page. */
  isCashierPayment?: boolean | 'true' | 'false'
  /** Who shows the code to whom. */
  presentmentMode?: string
  /** Members that are not declared here; they are sent beside the others, as they are. */
  extra?: Readonly<Record<string, unknown>>
}

/** With what the customer pays. */
export interface PaymentMethod {
  /** Always `CONNECT_WALLET` in a store. At most 64 characters. */
  paymentMethodType?: string
  /**
   * The payment code that was scanned. Required with a payment code, refused otherwise. At most 128 characters.
   */
  paymentMethodId?: PaymentCode | string
  /** The customer's id at the wallet. AMS no longer asks for it. */
  customerId?: string
  /** Alipay+: more about the payment method. */
  paymentMethodMetaData?: PaymentMethodMetaData
  /** Members that are not declared here; they are sent beside the others, as they are. */
  extra?: Readonly<Record<string, unknown>>
}

/** More about the payment method. */
export interface PaymentMethodMetaData {
  /** The client that the customer authorised. */
  authClientId?: string
  /** Members that are not declared here; they are sent beside the others, as they are. */
  extra?: Readonly<Record<string, unknown>>
}

/**
 * The account that the merchant is paid into. Source: Alipay, pay (consumer-presented mode), payToMethod; the fields
 * are those of paymentMethod in the SDKs of the gateway.
 */
export interface PayToMethod {
  /** The kind of account: `CONNECT_WALLET` in a store. At most 64 characters. */
  paymentMethodType?: string
  /** The account. At most 128 characters. */
  paymentMethodId?: string
  /** Members that are not declared here; they are sent beside the others, as they are. */
  extra?: Readonly<Record<string, unknown>>
}

/**
 * The authentication of the customer. Source: Alipay, pay (consumer-presented mode), paymentVerificationData; the
 * fields are named by the SDKs of the gateway.
 */
export interface PaymentVerificationData {
  /** The id of the request that began the authentication. */
  verifyRequestId?: string
  /** The code that the customer got for it, which is a secret. */
  authenticationCode?: string
  /** Members that are not declared here; they are sent beside the others, as they are. */
  extra?: Readonly<Record<string, unknown>>
}

/** How the merchant is paid. */
export interface SettlementStrategy {
  /** The currency; Alipay+ requires it. At most 3 characters. */
  settlementCurrency?: string
  /** Members that are not declared here; they are sent beside the others, as they are. */
  extra?: Readonly<Record<string, unknown>>
}

/**
 * The answer to `pay`, of both protocols.
 *
 * `actualPaymentAmount` and `paymentQuote` have been withdrawn and are unknown members. Source: Alipay, pay
 * (consumer-presented mode), response parameters; Alipay+, Accept a payment, step 2.
 */
export interface PayResponse {
  /** How the call ended. For order code and entry code, `S` says that the code or the redirect was made. */
  result?: ApiResult
  /** The id of the request. At most 64 characters. */
  paymentRequestId?: string
  /** The gateway's id of the payment. At most 64 characters. */
  paymentId?: string
  /** What the customer pays. */
  paymentAmount?: StatedAmount
  /** When the payment was made. */
  paymentTime?: string
  /** When the payment was created. */
  paymentCreateTime?: string
  /**
   * AMS: when the authorization expires. The other spelling of the documents, `authExpiredTime`, is read as well.
   */
  authExpiryTime?: string
  /** AMS: the customer at the wallet. */
  pspCustomerInfo?: PspCustomerInfo
  /** A challenge for the customer. */
  challengeActionForm?: ChallengeActionForm
  /** Where the customer's wallet is redirected to. */
  redirectActionForm?: RedirectActionForm
  /** The code that the customer scans. */
  orderCodeForm?: OrderCodeForm
  /** AMS: what is settled, before fees. */
  grossSettlementAmount?: StatedAmount
  /** The rate of the settlement. */
  settlementQuote?: SettlementQuote
  /** Alipay+: the acquirer. At most 64 characters. */
  acquirerId?: string
  /** Alipay+: the wallet's id. */
  pspId?: string
  /** Alipay+: the customer at the wallet. */
  customerId?: string
  /** Alipay+: the wallet's name. */
  walletBrandName?: string
  /** Alipay+: where the customer pays. */
  paymentUrl?: string
  /** Alipay+: what is settled. */
  settlementAmount?: StatedAmount
  /** Members that are not declared here, and declared ones of another kind, as they came; absent where there are none. */
  extra?: Readonly<Record<string, unknown>>
}

/** A request to `inquiryPayment`: one of the ids, or both, in which case the gateway goes by `paymentId`. */
export interface InquiryRequest {
  /** The id of the request to pay; the only one that is known after an answer got lost. At most 64 characters. */
  paymentRequestId?: string
  /** The gateway's id of the payment. At most 64 characters. */
  paymentId?: string
  /** Members that are not declared here; they are sent beside the others, as they are. */
  extra?: Readonly<Record<string, unknown>>
}

/** The answer to `inquiryPayment`, of both protocols. Source: Alipay, inquiryPayment; Alipay+, inquiryPayment. */
export interface InquiryResponse {
  /** Whether the inquiry worked. */
  result?: ApiResult
  /** AMS: what has become of the payment. */
  paymentStatus?: PaymentStatus | (string & {})
  /** AMS: the payment's own result code. At most 64 characters. */
  paymentResultCode?: string
  /** AMS: the same in words. At most 256 characters. */
  paymentResultMessage?: string
  /** Alipay+: the payment's own result. */
  paymentResult?: ApiResult
  /** The id of the request to pay. At most 64 characters. */
  paymentRequestId?: string
  /** The gateway's id of the payment. At most 64 characters. */
  paymentId?: string
  /** What the customer pays. */
  paymentAmount?: StatedAmount
  /** When the payment was created. */
  paymentCreateTime?: string
  /** When the payment was made. */
  paymentTime?: string
  /** AMS: when the authorization expires. `authExpiredTime` is read as well. */
  authExpiryTime?: string
  /** AMS: the customer at the wallet. */
  pspCustomerInfo?: PspCustomerInfo
  /** Where the customer's wallet is redirected to. */
  redirectActionForm?: RedirectActionForm
  /** What was done with the payment. */
  transactions?: Array<Transaction>
  /** AMS: what is settled, before fees. */
  grossSettlementAmount?: StatedAmount
  /** The rate of the settlement. */
  settlementQuote?: SettlementQuote
  /** Alipay+: the acquirer. At most 64 characters. */
  acquirerId?: string
  /** Alipay+: the wallet's id. */
  pspId?: string
  /** Alipay+: the customer at the wallet. */
  customerId?: string
  /** Alipay+: the wallet's name. */
  walletBrandName?: string
  /** Alipay+: what is settled. */
  settlementAmount?: StatedAmount
  /** Members that are not declared here, and declared ones of another kind, as they came; absent where there are none. */
  extra?: Readonly<Record<string, unknown>>
}

/** A refund, cancellation or other thing done with a payment. */
export interface Transaction {
  /** Its result. */
  transactionResult?: ApiResult
  /** The gateway's id of it. At most 64 characters. */
  transactionId?: string
  /** What was done. */
  transactionType?: TransactionType | (string & {})
  /** What has become of it. */
  transactionStatus?: TransactionStatus | (string & {})
  /** Over what amount. */
  transactionAmount?: StatedAmount
  /** The caller's id of it. At most 64 characters. */
  transactionRequestId?: string
  /** When. */
  transactionTime?: string
  /** Members that are not declared here, and declared ones of another kind, as they came; absent where there are none. */
  extra?: Readonly<Record<string, unknown>>
}

/** A request to cancel: one of the ids, or both, in which case the gateway goes by `paymentId`. */
export interface CancelRequest {
  /** The id of the request to pay. At most 64 characters. */
  paymentRequestId?: string
  /** The gateway's id of the payment. At most 64 characters. */
  paymentId?: string
  /** Members that are not declared here; they are sent beside the others, as they are. */
  extra?: Readonly<Record<string, unknown>>
}

/** The answer. Source: Alipay, cancel; Alipay+, cancelPayment. */
export interface CancelResponse {
  /** How the call ended. */
  result?: ApiResult
  /** The id of the request to pay. At most 64 characters. */
  paymentRequestId?: string
  /** The gateway's id of the payment. At most 64 characters. */
  paymentId?: string
  /** AMS: when it was cancelled; present only on success. */
  cancelTime?: string
  /** Alipay+: the acquirer. At most 64 characters. */
  acquirerId?: string
  /** Alipay+: the wallet's id. */
  pspId?: string
  /** Members that are not declared here, and declared ones of another kind, as they came; absent where there are none. */
  extra?: Readonly<Record<string, unknown>>
}

/** A request to refund, in whole or in part. Source: Alipay, refund; Alipay+, refund. */
export interface RefundRequest {
  /** One id for each refund, kept when the request is repeated. At most 64 characters. Required. */
  refundRequestId?: string
  /** The gateway's id of the payment. AMS requires it. At most 64 characters. */
  paymentId?: string
  /**
   * Alipay+: the id of the request to pay, where `paymentId` is not known. AMS is not sent it. At most 64 characters.
   */
  paymentRequestId?: string
  /** How much is given back. Required. */
  refundAmount?: AmountInput
  /** The refund's id in the merchant's system. At most 64 characters. */
  referenceRefundId?: string
  /** Why. At most 256 characters. */
  refundReason?: string
  /**
   * AMS: where the result of the refund is notified. An optional service: never wait for it. At most 2048 characters.
   */
  refundNotifyUrl?: string
  /** Members that are not declared here; they are sent beside the others, as they are. */
  extra?: Readonly<Record<string, unknown>>
}

/** The answer to `refund`. */
export interface RefundResponse {
  /** How the call ended. */
  result?: ApiResult
  /** The id of the request. At most 64 characters. */
  refundRequestId?: string
  /** The gateway's id of the refund. At most 64 characters. */
  refundId?: string
  /** The gateway's id of the payment. At most 64 characters. */
  paymentId?: string
  /** How much was given back. */
  refundAmount?: StatedAmount
  /** When. */
  refundTime?: string
  /** AMS: what is settled, before fees. */
  grossSettlementAmount?: StatedAmount
  /** The rate of the settlement. */
  settlementQuote?: SettlementQuote
  /** Alipay+: the acquirer. At most 64 characters. */
  acquirerId?: string
  /** Alipay+: the wallet's id. */
  pspId?: string
  /** Alipay+: what is settled. */
  settlementAmount?: StatedAmount
  /** Members that are not declared here, and declared ones of another kind, as they came; absent where there are none. */
  extra?: Readonly<Record<string, unknown>>
}

/**
 * A request to `inquiryRefund`: one of the ids, or both, in which case the gateway goes by `refundId`. Alipay+ has no
 * such API.
 */
export interface InquiryRefundRequest {
  /** The id of the request to refund. At most 64 characters. */
  refundRequestId?: string
  /** The gateway's id of the refund. At most 64 characters. */
  refundId?: string
  /** Members that are not declared here; they are sent beside the others, as they are. */
  extra?: Readonly<Record<string, unknown>>
}

/** The answer to `inquiryRefund`. */
export interface InquiryRefundResponse {
  /** Whether the inquiry worked. */
  result?: ApiResult
  /** What has become of the refund. At most 16 characters. */
  refundStatus?: RefundStatus | (string & {})
  /** The id of the request to refund. At most 64 characters. */
  refundRequestId?: string
  /** The gateway's id of the refund. At most 64 characters. */
  refundId?: string
  /** How much was given back. */
  refundAmount?: StatedAmount
  /** When. */
  refundTime?: string
  /** What is settled, before fees. */
  grossSettlementAmount?: StatedAmount
  /** The rate of the settlement. */
  settlementQuote?: SettlementQuote
  /** Members that are not declared here, and declared ones of another kind, as they came; absent where there are none. */
  extra?: Readonly<Record<string, unknown>>
}

/**
 * A notification, of both protocols. Source: Alipay, notifyPayment; Alipay+, notifyPayment; Alipay, Entry code
 * payment, Accept payments, step 3.
 */
export interface NotificationBody {
  /** AMS: what is notified. */
  notifyType?: NotifyType | (string & {})
  /** AMS: the result of the payment. */
  result?: ApiResult
  /** Alipay+: the result of the payment. */
  paymentResult?: ApiResult
  /** The id of the request to pay. At most 64 characters. */
  paymentRequestId?: string
  /** The gateway's id of the payment. At most 64 characters. */
  paymentId?: string
  /** What the customer paid. */
  paymentAmount?: StatedAmount
  /** When the payment was created. */
  paymentCreateTime?: string
  /** When the payment reached its end. */
  paymentTime?: string
  /** AMS: the customer at the wallet. */
  pspCustomerInfo?: PspCustomerInfo
  /** AMS: what is settled, before fees. */
  grossSettlementAmount?: StatedAmount
  /** The rate of the settlement. */
  settlementQuote?: SettlementQuote
  /** Alipay+: the acquirer. At most 64 characters. */
  acquirerId?: string
  /** Alipay+: the wallet's id. */
  pspId?: string
  /** Alipay+: the customer at the wallet. */
  customerId?: string
  /** Alipay+: the wallet's name. */
  walletBrandName?: string
  /** Alipay+: what is settled. */
  settlementAmount?: StatedAmount
  /** Members that are not declared here, and declared ones of another kind, as they came; absent where there are none. */
  extra?: Readonly<Record<string, unknown>>
}

/**
 * A notification about a refund, only in AMS. Whether refunds of payments in a store are notified is not certain:
 * take one, and never wait for one. Source: Alipay, notifyRefund.
 */
export interface RefundNotification {
  /** What is notified: the result of a refund. */
  notifyType?: NotifyType | (string & {})
  /**
   * Whether the refund worked, where the message states it; `refundStatus` says whether the money was given back.
   */
  result?: ApiResult
  /** What has become of the refund: given back, or not. At most 16 characters. */
  refundStatus?: RefundStatus | (string & {})
  /** The id of the request to refund. At most 64 characters. */
  refundRequestId?: string
  /** The gateway's id of the refund. At most 64 characters. */
  refundId?: string
  /** How much was given back. */
  refundAmount?: StatedAmount
  /** When. */
  refundTime?: string
  /** What is settled, before fees. */
  grossSettlementAmount?: StatedAmount
  /** The rate of the settlement. */
  settlementQuote?: SettlementQuote
  /** Members that are not declared here, and declared ones of another kind, as they came; absent where there are none. */
  extra?: Readonly<Record<string, unknown>>
}
