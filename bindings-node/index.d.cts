/**
 * Alipay (AMS) and Alipay+ in-store payments: signing, routing of payment codes, amounts, and payments that end as
 * paid, not paid, or in need of manual review.
 *
 * Times are milliseconds since the epoch. Whatever goes wrong is an {@link AlipayError} with a stable `code` and a
 * `hint`; an argument of a wrong type is a `TypeError`.
 */
import type {
  Advice, Alert, CheckReport, Diagnosis, ErrorDetails, Notified, PaymentAction, PaymentEvent, PaymentResult, PaymentWarning, Reading,
  RefundAction, RefundEvent, RefundResult, ReverseAction, ReverseEvent, ReverseResult, Route, TimelineEntry,
} from './dialect.cjs'
import type {
  AmountInput, ChinaExtraTransInfo, Env, InquiryRefundResponse, InquiryResponse, NotificationBody, Order, PayRequest as PayRequestModel,
  RefundNotification, RefundRequest,
} from './models.cjs'
import type {
  AlertKind, Category, CodeKind, ErrorCode, MayHaveCharged, NotificationKind, Operation, Outcome, PaymentState, Policy, Protocol,
  RefundOutcome, Region, Resolved, ReverseOutcome, Rounding, AmountRules, RoutingRules, ScannedAs, Scenario, UnresolvedReason,
} from './words.cjs'
export type * from './dialect.cjs'
export type * from './models.cjs'
export type * from './words.cjs'

declare global {
  // For compilers before 5.2 and libraries before esnext.disposable, as @types/node does it.
  interface SymbolConstructor {
    readonly dispose: unique symbol
    readonly asyncDispose: unique symbol
  }
}

/** Milliseconds since the epoch, or a date. */
export type Time = number | bigint | Date
/** The bytes of a message; a string is taken as its UTF-8. */
export type Body = Uint8Array | string
/** Bytes to be sent as they are: a `Buffer`, which `Response`, Express and Fastify take. */
export type SentBody = Uint8Array & { readonly buffer: ArrayBuffer }
/** What ends a call's waiting: any `AbortSignal`. */
export interface Signal {
  readonly aborted: boolean
  readonly reason?: unknown
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void
  removeEventListener(type: 'abort', listener: () => void): void
}
/** Headers of any HTTP library: an object, pairs, `Headers`, a `Map`, or the flat list that `rawHeaders` is. */
export type HeadersInput =
  | Readonly<Record<string, string | readonly string[] | undefined>>
  | Iterable<readonly [string, string | readonly string[]]>
  | readonly string[]

// Errors -------------------------------------------------------------------------------------------------------

/** What every error of the package is. */
export class AlipayError extends Error {
  constructor(details: {
    code: string
    reason: string
    hint?: string
    path?: string | null
    scannedAs?: ScannedAs | null
    httpStatus?: number | null
    contentType?: string | null
    paymentRequestId?: string | null
    mayHaveCharged?: boolean
    mayHaveRefunded?: boolean
    cause?: unknown
  })
  /** Stable, such as `key.encrypted`; see {@link errorCatalogue}. */
  readonly code: string
  /** What was found this once. */
  readonly reason: string
  /** What to do about it. */
  readonly hint: string
  /** Whether the same call can succeed later without a change. */
  readonly retryable: boolean
  /** The member at fault, such as `order.env.storeTerminalId`. */
  readonly path: string | null
  /** The payment whose call failed; `null` where the error is about none, or the request was refused before anything was done. */
  readonly paymentRequestId: string | null
  /** Whether the customer may have been charged, by this call or by the stored payment. */
  readonly mayHaveCharged: boolean
  /** Whether money may have been given back, by this call or for the stored payment. */
  readonly mayHaveRefunded: boolean
  /** What was probably scanned in place of a payment code; `null` where the form does not tell. */
  readonly scannedAs: ScannedAs | null
  /** The HTTP status of an answer that could not be used. It decides nothing: nobody signed it. */
  readonly httpStatus: number | null
  /** The media type of such an answer, such as `text/html`. */
  readonly contentType: string | null
  readonly cause?: unknown
  toJSON(): ErrorDetails & { name: string }
}
/** A key text that can't be used. */
export class KeyError extends AlipayError {}
/** A signature that can't be made or does not verify. */
export class SignatureError extends AlipayError {}
/** A scanned code that can't be routed. */
export class CodeError extends AlipayError {}
/** A price that can't be turned into minor units, or back. */
export class AmountError extends AlipayError {}
/** A setting: gateway, router, policy, merchant. */
export class ConfigurationError extends AlipayError {}
/** A request that the documents forbid; nothing was sent. */
export class RequestError extends AlipayError {}
/** A message from outside that can't be read or trusted. */
export class MessageError extends AlipayError {}
/** The payment refused an event, or a snapshot could not be restored. */
export class PaymentError extends AlipayError {}
/** The store failed; `cause` is what an own store threw. */
export class StoreError extends AlipayError {}
/**
 * What an own store throws where it found another revision or another owner than was expected, or a record that is already
 * there. Nothing was written then.
 */
export class StoreConflict extends StoreError {
  /** `found` is the record that is stored; `null` if there is none. */
  constructor(found?: StoredRow | null, reason?: string)
  readonly found: StoredRow | null
}
/** What an own store throws where it failed and certainly wrote nothing. After any other error something may be written. */
export class StoreNotWritten extends StoreError {
  constructor(reason?: string, details?: { code?: string; hint?: string; cause?: unknown })
}
/** The network failed, a call took too long, or the client was closed. */
export class TransportError extends AlipayError {}
/** A defect of this package. */
export class InternalError extends AlipayError {}
/**
 * What an aborted call rejects with; `cause` is the signal's reason. It stops the waiting, and not the payment:
 * {@link Client.status} tells how it stands, {@link Client.cancel} cancels it, and the same call again is safe.
 */
export class AbortError extends Error {
  constructor(cause: unknown, details?: { paymentRequestId?: string | undefined; mayHaveCharged?: boolean; mayHaveRefunded?: boolean })
  readonly name: 'AbortError'
  readonly code: 'ABORT_ERR'
  readonly cause: unknown
  readonly paymentRequestId: string | null
  /** Whether the customer may have been charged, as far as the kind of the call tells it. */
  readonly mayHaveCharged: boolean
  readonly mayHaveRefunded: boolean
}

export interface ErrorRow {
  readonly code: ErrorCode
  readonly category: Category
  readonly retryable: boolean
  /** Whether the customer may have been charged when it is seen, as far as the code alone decides it. */
  readonly mayHaveCharged: MayHaveCharged
  readonly hint: string
}
/** The version of this package. */
export const version: string
/** Every error code, with the category that decides its class. */
export function errorCatalogue(): ErrorRow[]

// Keys and signatures ------------------------------------------------------------------------------------------

/** What is signed. */
export interface SignedContent {
  /** `POST` unless said otherwise. */
  method?: string
  path: string
  clientId: string
  /** The time as it stands in the header, which is signed as text. */
  time: string
  body: Body
}

/** A private RSA key. It can't be read out again: printing it shows the fingerprint of its public half. */
export class SigningKey {
  private constructor()
  /** Reads PKCS#8 or PKCS#1 as PEM, DER or base64, however it was pasted. Throws a {@link KeyError}. */
  static load(textOrBytes: Body): SigningKey
  readonly bits: number
  /** SHA-256 of the public half's SPKI DER, in hexadecimal. */
  readonly fingerprint: string
  verifyingKey(): VerifyingKey
  /** The value of the `Signature` header. `keyVersion` is 1 unless given. */
  sign(content: SignedContent & { keyVersion?: number }): string
  /** The same off the event loop. */
  signAsync(content: SignedContent & { keyVersion?: number }): Promise<string>
  toJSON(): { bits: number; fingerprint: string }
  toString(): string
}

/** A public RSA key. */
export class VerifyingKey {
  private constructor()
  static load(textOrBytes: Body): VerifyingKey
  readonly bits: number
  readonly fingerprint: string
  /** SPKI as PEM. */
  toPem(): string
  /** Returns if the signature is good, else throws a {@link SignatureError}. */
  verify(header: string, content: SignedContent): void
  verifyAsync(header: string, content: SignedContent): Promise<void>
  toJSON(): { bits: number; fingerprint: string }
  toString(): string
}

/** The QR code of a text as SVG. Throws `qr.too_long`. */
export function qrSvg(text: string): string
/** The QR code of a text as PNG, a `Buffer`. Throws `qr.too_long`. */
export function qrPng(text: string): SentBody
/** The QR code of a text for a terminal, in half blocks; with `colours` it is dark on light whatever the terminal's are. */
export function qrTerminal(text: string, options?: { colours?: boolean }): string
/** Makes a pair of keys as PEM: PKCS#8 and SPKI. Takes a moment; for tests and a first setup. */
export function generateKey(options?: { bits?: number }): { privatePem: string; publicPem: string }

// Money, codes, advice -----------------------------------------------------------------------------------------

/** Minor units and their currency. A `number` is never taken: it can't hold 19.99. */
export class Amount {
  private constructor()
  /** Reads a price with its currency, such as `19.99 USD`. Nothing is rounded. */
  static parse(text: string): Amount
  /** A price such as `19.99`. More decimals than the currency has are an error unless a rounding is given. */
  static fromMajor(price: string, currency: string, options?: { rounding?: Rounding; rules?: AmountRules }): Amount
  static fromMinor(value: string | bigint, currency: string): Amount
  readonly value: bigint
  readonly currency: string
  /** The price with all digits of the currency: `19.99`, `0.05`, `1999` for JPY. */
  toMajor(): string
  equals(other: unknown): boolean
  toJSON(): { currency: string; value: string }
  /** Such as `19.99 USD`. */
  toString(): string
}

/** A payment code of 16 to 24 digits. Masked wherever it is printed. */
export class PaymentCode {
  /** Takes a code as software stores it: digits, and spaces or line ends around them. */
  constructor(code: string)
  /**
   * Reads what a scanner or a cashier delivers: drops an AIM identifier (`]C1`) and control characters around the code,
   * joins groups of four, and ends at the first CR or LF. A {@link CodeError} says in `scannedAs` what was probably
   * scanned.
   */
  static fromScan(scanned: Body): PaymentCode
  /** How many digits it has. */
  readonly digits: number
  readonly kind: CodeKind
  /** The fourth to sixth digit of a `cgcp` code, which name the wallet's network. */
  readonly routingNumber: string | null
  masked(): string
  /** The digits themselves, for a request and nothing else. */
  expose(): string
  toJSON(): string
  toString(): string
}

/**
 * Reads the payment codes of a stream that never ends, such as a serial scanner, one a line. A line ends at CR or LF; one
 * that is not a payment code costs that line alone.
 */
export class ScannedLines {
  /** Takes what arrived, and gives one result for each line that ended with it. */
  push(arrived: Body): Array<PaymentCode | AlipayError>
  /** Ends the line that is begun: at the end of the stream, or for a scanner that sends no line end. */
  finish(): PaymentCode | AlipayError | null
}

export interface DirectWallet {
  wallet: string
  /** The fourth to sixth digit of its codes; only `ALIPAY_CN` and `ALIPAY_HK` can do without. */
  routingNumber?: string
  /** The fewest digits of its codes; only rule set `ams` reads it. */
  minLength?: number
}

export interface RouterOptions {
  /** Whether Alipay+ is integrated; `true` unless said otherwise. */
  alipayPlus?: boolean
  ruleset?: RoutingRules
  direct?: readonly DirectWallet[]
}

/** Says which system a scanned code is paid with. */
export class Router {
  constructor(options?: RouterOptions)
  route(scanned: string | PaymentCode): Route
  /** One call for many: for each code its route, or the error that says why it has none. */
  routeMany(scanned: Iterable<string | PaymentCode>): Array<Route | AlipayError>
}

/** The name of the wallet with this `pspId`, such as `KAKAOPAY`; `null` for an id that is not listed. */
export function walletOfPspId(pspId: string): string | null

/** What a result means, and what to do about it. */
export function advice(result: {
  protocol: Protocol
  operation: Operation
  resultStatus?: string
  resultCode?: string
}): Advice

// Requests -----------------------------------------------------------------------------------------------------

/** A request to pay, under the names of the documents. */
export type PayRequest = PayRequestModel

export interface PayInput extends Omit<PayRequestModel, 'paymentRequestId' | 'paymentAmount' | 'order'> {
  /** One id for each attempt; made from the terminal, the time and random digits unless given. */
  paymentRequestId?: string
  amount: Amount
  order: Order
}

export type StartedRequest = PayRequestModel & { paymentRequestId: string }

/** The three ways to begin a request to pay. */
export const PayRequest: {
  /** The customer shows a code and the till scans it. */
  forPaymentCode(input: PayInput & { paymentCode: PaymentCode | string }): StartedRequest
  /** The till shows a code of this order and the customer scans it. */
  forOrderCode(input: PayInput): StartedRequest
  /** The customer scans the shop's code. */
  forEntryCode(input: PayInput & { order: Order & { env?: Env } }): StartedRequest
}

/** What the check of a request has to know beside it. */
export interface CheckOptions {
  /** The wallet that will pay, such as `ALIPAY_HK`, where it is known: its minimum amount is then checked. */
  wallet?: string
  /** The notification URL is configured at the gateway, so that AMS needs none in the request. */
  notifyUrlConfigured?: boolean
  now?: Time
}

/**
 * Checks a request as `pay` does, and gives the body that would be sent, without its expiry. The body holds the
 * payment code: it is a secret.
 */
export function checkRequest(input: CheckOptions & { merchant: Merchant; request: PayRequestModel }): Record<string, unknown>

/** The smallest amount that a wallet takes, in the currency in which it states it; `null` where none is stated. */
export function walletMinimum(wallet: string): Amount | null

/** What is sold to a customer of Alipay in China, as lists. */
export interface ChinaOrder {
  /** Days as `yyyy-MM-dd` in UTC+8. */
  hotels?: ReadonlyArray<{ name: string; checkin: string; checkout: string }>
  /** Departures as `yyyy-MM-dd HH:mm`. */
  flights?: ReadonlyArray<{ number: string; departure: string }>
  /** URLs of admission notices of schools. */
  admissionNoticeUrls?: readonly string[]
  goods?: ReadonlyArray<{ sku: string; quantity: number }>
  /** The number of all goods together; left out, it is their sum. */
  totalQuantity?: number
  /** Whether there is something else too; it is so by itself where all lists are empty. */
  other?: boolean
}

/** The texts for `order.env.extendInfo.chinaExtraTransInfo`, made of lists. */
export function chinaExtraTransInfo(order: ChinaOrder): ChinaExtraTransInfo

/** An id for one attempt to pay: at most 64 characters, made of the time, the terminal and random digits. */
export function newPaymentRequestId(options?: { terminal?: string; now?: Time }): string

// Verified messages --------------------------------------------------------------------------------------------

/** What we know of the payment or the refund that a message was taken for; what is left out is not compared. */
export interface Ours {
  /** `PaymentCode` unless said otherwise. */
  scenario?: Scenario
  paymentRequestId?: string
  paymentAmount?: AmountInput
  refundRequestId?: string
  refundAmount?: AmountInput
}

/**
 * Reads the body of a message whose signature was verified, for hosts that bring their own HTTP client. It decides
 * nothing; {@link Payment} and {@link RefundLedger} do.
 */
export function readVerified(input: { protocol: Protocol; operation: Operation; body: Body; ours?: Ours }): Reading

// The payment machine ------------------------------------------------------------------------------------------

/** The body of a message that was verified: as it arrived, or as an object. */
export type MessageBody = Body | Readonly<Record<string, unknown>>

export interface PaymentOrder {
  paymentRequestId: string
  amount: Amount
  scenario: Scenario
  paymentExpiryTime?: Time
  /** The path of the gateway's APIs, such as `/ams/api/v1`. */
  apiPrefix: string
  refundRequestId?: string
  /** The body of pay, without `paymentExpiryTime`. */
  request: PayRequestModel | Readonly<Record<string, unknown>>
}

/** One payment without sockets and clock, for hosts that bring their own HTTP client. */
export class Payment {
  constructor(
    input:
      | (CheckOptions & { merchant: Merchant; request: PayRequestModel; policy?: Policy })
      | { order: PaymentOrder; policy: Policy & { preset: Protocol } },
  )
  /** The payment that a snapshot was taken of. Feed it `resumed` unless it was never begun. */
  static restore(snapshot: string): Payment
  begin(now?: Time): PaymentAction[]
  handle(event: PaymentEvent, now?: Time): PaymentAction[]
  /** The payment as text. A secret: while pay may have to be sent again it holds the payment code. */
  snapshot(): string
  readonly state: PaymentState
  readonly outcome: Outcome | null
  readonly failureCode: string | null
  readonly unresolvedReason: UnresolvedReason | null
  /** When to feed the next `tick`. */
  readonly nextWakeup: number | null
  readonly paymentRequestId: string
  readonly paymentId: string | null
  /** What the customer pays. */
  readonly amount: Amount
  readonly alerts: AlertKind[]
  readonly expiry: number | null
  /** `default_expiry`, `expiry_capped`, or `null`: always `null` before the payment has begun. */
  readonly expiryWarning: PaymentWarning | null
  readonly begunAt: number | null
}

// Refunds ------------------------------------------------------------------------------------------------------

/** One refund as it stands. */
export interface Refund {
  readonly refundRequestId: string
  readonly amount: Amount
  readonly state: 'ready' | 'refunding' | RefundOutcome
  readonly outcome: RefundOutcome | null
  readonly failureCode: string | null
  /** The gateway's id of the refund, once a verified answer told it. */
  readonly refundId: string | null
  /** When to feed the next `tick`. */
  readonly nextWakeup: number | null
  readonly alerts: AlertKind[]
  /** Whether its amount can't be refunded again: it is open, was made, or nobody knows. */
  readonly spent: boolean
  /** Whether the money is known to have been given back. */
  readonly givenBack: boolean
  /** What a person found out about a refund that ended as unresolved. */
  readonly resolution: (Resolution & { at: number }) | null
}

/** What a person found out about a refund that ended as unresolved. Kept with the refund, so it holds no secret. */
export interface Resolution {
  resolved: Resolved
  who: string
  note: string
}

/** The reverse of a payment as it stands: the whole is given back. */
export interface Reverse {
  readonly amount: Amount
  readonly state: 'ready' | 'waiting' | 'cancelling' | 'checking' | 'refunding' | ReverseOutcome
  readonly outcome: ReverseOutcome | null
  /** For `refused`, the gateway's code, or `reverse.refund_unresolved`. */
  readonly failureCode: string | null
  /** The id of the refund, where one was sent; without one the money came back by a cancel. */
  readonly refundRequestId: string | null
  readonly refundId: string | null
  /** When to feed the next `tick`. */
  readonly nextWakeup: number | null
  readonly alerts: AlertKind[]
}

/**
 * The refunds of one payment, and its reverse, without sockets and clock, stored as one record, so that their sum can't
 * exceed the payment. {@link Client.refund} and {@link Client.reverse} drive the same ledger.
 */
export class RefundLedger {
  private constructor()
  /** The ledger of a payment that succeeded. */
  static of(payment: Payment): RefundLedger
  /** The ledger of a payment that is to be reversed, whether it succeeded or took money all the same. */
  static forReverse(payment: Payment): RefundLedger
  static restore(snapshot: string): RefundLedger
  /** Checks a request and enters its refund. One that is entered already, with the same amount, stays as it is. */
  enter(input: { merchant: Merchant; request: RefundRequest }): Refund
  begin(refundRequestId: string, now?: Time): RefundAction[]
  handle(refundRequestId: string, event: RefundEvent, now?: Time): RefundAction[]
  refund(refundRequestId: string): Refund | null
  /** A person found out the outcome of a refund that ended as unresolved. The same again changes nothing. */
  resolve(refundRequestId: string, found: Resolution, now?: Time): void
  /** Enters the reverse of the whole payment. One that is entered already stays as it is, also after its end. */
  enterReverse(payment: Payment): Reverse
  beginReverse(now?: Time): ReverseAction[]
  handleReverse(event: ReverseEvent, now?: Time): ReverseAction[]
  readonly reverse: Reverse | null
  snapshot(): string
  /** In the order in which they were entered. */
  readonly refunds: Refund[]
  readonly paymentRequestId: string
  readonly paymentId: string | null
  readonly paid: Amount
  /** What was given back, in minor units. */
  readonly refunded: bigint
  /** What may still be given back; a refund that is open, or unresolved and not resolved yet, counts as spent. */
  readonly left: bigint
}

// Merchants and notifications ----------------------------------------------------------------------------------

export interface MerchantOptions {
  protocol: Protocol
  clientId: string
  /** A region's name, or a base URL. */
  gateway: Region | (string & {})
  /** The private key, under `keyVersion`. */
  signingKey?: SigningKey
  /** Private keys by version; the one of `keyVersion` signs. */
  signingKeys?: Readonly<Record<number, SigningKey>>
  /** 1 in AMS and 0 in Alipay+ unless given. */
  keyVersion?: number
  gatewayKey?: VerifyingKey
  gatewayKeys?: Readonly<Record<number, VerifyingKey>>
  agentToken?: string
  /** Products of the host for the `User-Agent`, such as `my-till/2.1`. */
  userAgent?: string | readonly string[]
  freshness?: { maxAgeMs?: number; maxAheadMs?: number }
  allowHttpGateway?: boolean
  allowHttpNotify?: boolean
  /**
   * Where the gateway posts notifications: the public URL as the gateway knows it, such as
   * `https://shop.example/alipay/notify`, or its path. Notifications are verified over its path. A request to pay that
   * names no notify URL is sent with this one, if it is a URL.
   */
  notifyUrl?: string
}

export interface SignedRequest {
  url: string
  path: string
  headers: Record<string, string>
  /** To be sent byte for byte. */
  body: SentBody
}

export interface VerifiedResponse {
  body: Record<string, unknown>
  /** The body as JSON text, with every digit of its numbers. */
  text: string
  /** Some text of the body was not UTF-8 and was replaced; what decides about a payment was read. */
  textReplaced: boolean
  keyVersion: number | null
  /** The `Response-Time` header as received, and in milliseconds since the epoch where it can be read. */
  time: string
  signedAt: number | null
  tracerId: string | null
}

/** An answer to a notification, ready to be sent. */
export interface Acknowledgement {
  status: number
  headers: Record<string, string>
  body: SentBody
}

/** An answer as it arrived. */
export interface ReceivedResponse {
  /** The path of the request: {@link SignedRequest.path}. */
  path: string
  headers: HeadersInput
  /** The raw body, before any parser of JSON has read it. */
  body: Body
}

/** A notification as it arrived. */
export interface ReceivedNotification {
  /**
   * The public notify URL, or its path; the merchant's configured one unless given. Never the path of the request:
   * behind a proxy it can differ from what was signed, and a stranger chooses it.
   */
  notifyUrl?: string
  headers: HeadersInput
  /** The raw body, before any parser of JSON has read it. */
  body: Body
  now?: Time
}

/** Other values that a message may have been signed with, and other keys by a name for them. */
export interface Alternatives {
  paths?: readonly string[]
  clientIds?: readonly string[]
  times?: readonly string[]
  keys?: Readonly<Record<string, VerifyingKey>>
}

/** A notification whose signature is good and whose time is fresh. Only verifying makes one. */
export class Notification {
  private constructor()
  /** What it says: members that are not documented are under `extra`. */
  readonly body: NotificationBody | RefundNotification
  /** The whole body as JSON, which the machine takes. */
  readonly text: string
  readonly kind: NotificationKind
  readonly paymentRequestId: string | null
  readonly refundRequestId: string | null
  /** The path that it was signed over, and that its acknowledgement is signed over. */
  readonly path: string
  /** Whether that path holds the query of the notify URL. AMS was seen to sign without it. */
  readonly signedWithQuery: boolean
  /** Some text of the body was not UTF-8 and was replaced; what decides about a payment was read. */
  readonly textReplaced: boolean
  readonly keyVersion: number | null
  readonly sentAt: number
  readonly tracerId: string | null
  /** What a log or an answer of an API can hold. */
  toJSON(): Pick<
    Notification,
    | 'kind' | 'body' | 'paymentRequestId' | 'refundRequestId' | 'path' | 'signedWithQuery' | 'textReplaced' | 'keyVersion' | 'sentAt' | 'tracerId'
  >
}

/** Who we are to which gateway, with which keys. */
export class Merchant {
  constructor(options: MerchantOptions)
  /** Reads `ALIPAY_INSTORE_…`; keys as text or as `…_FILE`. */
  static fromEnv(): Merchant
  /** Reads the `sandbox.json` that the sandbox gateway writes. */
  static fromFile(path: string, protocol: Protocol): Merchant
  /** The answer to a notification that could not be verified or stored: the gateway sends it again. */
  static refuse(error: unknown): Acknowledgement
  readonly clientId: string
  readonly protocol: Protocol
  readonly gateway: string
  readonly keyVersion: number
  readonly userAgent: string
  readonly notifyUrl: string | null
  readonly isSandbox: boolean
  /** Its settings without its keys. */
  toJSON(): Pick<Merchant, 'protocol' | 'clientId' | 'gateway' | 'keyVersion' | 'notifyUrl' | 'isSandbox'>
  path(operation: Operation): string
  pathOfCall(path: string): string
  signRequest(input: { path: string; body: Body; now?: Time }): SignedRequest
  verifyResponse(input: ReceivedResponse): VerifiedResponse
  /** Over the path of the notify URL without its query, and where that fails, with it. */
  verifyNotification(input: ReceivedNotification): Notification
  /**
   * Why a notification does not verify, the most likely cause first. `alternatives` are other values that may be
   * right, such as the path that the web framework saw. For logs: it makes nothing trustworthy.
   */
  explainNotification(input: ReceivedNotification & { alternatives?: Alternatives }): Diagnosis
  /** Why a response does not verify, in the same way. */
  explainResponse(input: ReceivedResponse & { alternatives?: Alternatives }): Diagnosis
  /** Acknowledges a notification that was verified **and stored**. Signed unless said otherwise. */
  acknowledge(input: { notification: Notification; now?: Time; signed?: boolean }): Acknowledgement
}

/** Several merchants behind one notify URL. */
export class Merchants {
  constructor(merchants: Iterable<Merchant>)
  verifyNotification(input: ReceivedNotification): { merchant: Merchant; notification: Notification }
  [Symbol.iterator](): IterableIterator<Merchant>
}

// Stores -------------------------------------------------------------------------------------------------------

/** What a store knows of a record without reading it. The library computes it, and a store keeps it as it is. */
export interface Columns {
  /** The payment request id: the key of the record. 1 to 64 visible ASCII characters. */
  id: string
  /** The client id of the merchant; empty in a record of an earlier version, which did not have it. */
  merchant: string
  state: PaymentState
  outcome: Outcome | null
  amount: { currency: string; value: string }
  /** When something is to be done; `null` when nothing is. */
  dueAt: number | null
  /** The payment, its refunds and its reverse have ended. A finished record has no owner. */
  finished: boolean
  openAlerts: boolean
  created: number
  updated: number
  /** Before this time the record is never purged; `null` while it is not finished. */
  keepUntil: number | null
  /** The newest time that the gateway signed in an answer about this payment. */
  gatewayTime: number | null
  /** The ids of the refunds that were sent. */
  refundIds: string[]
}

/** A record: the columns, and its text, which is a secret, since it may hold a payment code. */
export interface Row extends Columns {
  text: string
}

/** A record that was stored. */
export interface StoredRow extends Row {
  /** Counts up from 1 with every write of the record. */
  revision: number
  /** Who drives it; `null` if nobody does, or if it is finished. */
  owner: string | null
}

/** A row as an own store gives it back; a whole number may be a `bigint`, as drivers of databases give them. */
type Given<T> = { readonly [K in keyof T]: T[K] extends number ? number | bigint : T[K] extends number | null ? number | bigint | null : T[K] extends string[] ? readonly string[] : T[K] }
type Answer<T> = T | PromiseLike<T>
/** The place of a record in the order of creation and id. */
export interface Place {
  created: number
  id: string
}

/**
 * Where payments survive the process. Write your own over a database, and test it with `checkStore` of
 * `alipay-instore-testing`. Each operation takes one object, and may be async. A write is durable when it resolves.
 *
 * Where the record has another revision or another owner than was expected, or is already there, throw
 * `new StoreConflict(found)` with the record that is stored. `new StoreNotWritten(…)` says that certainly nothing was
 * written. After any other error the library takes it that something may be written, and looks.
 *
 * A record is **free** if it has no owner, or one that the store does not know: one that never beat, or was forgotten.
 */
export interface PaymentStore {
  /** Writes a new record with revision 1, that this owner drives. A conflict if there is a record of this id, finished or not. */
  insert(input: { row: Row; owner: string | null }): Answer<unknown>
  /** The record of this id, finished or not. */
  load(input: { id: string }): Answer<Given<StoredRow> | null | undefined>
  /**
   * Replaces a record if its revision is the expected one, and makes the revision one more. A finished record loses its
   * owner; otherwise the owner stays. With `by` the record must belong to that owner. Without, whoever owns it is told by
   * `touched`.
   */
  save(input: { row: Row; expected: number; by: string | null }): Answer<unknown>
  /** Makes `owner` the owner of this record if it is free, finished or not, and gives the record as it is then. The revision stays. */
  take(input: { id: string; owner: string }): Answer<Given<StoredRow> | null | undefined>
  /** Makes `owner` the owner of records that are free and were due at `now`, the earliest first. No two owners get the same one. */
  claim(input: { owner: string; now: number; limit: number }): Answer<ReadonlyArray<Given<StoredRow>>>
  /** The records of this owner that were saved without it since it last saved, took, or was told of them here. */
  touched(input: { owner: string; limit: number }): Answer<ReadonlyArray<Given<StoredRow>>>
  /** Gives a record back that this owner has; nothing happens if it has not. */
  release(input: { id: string; owner: string }): Answer<unknown>
  /** Counts one beat of this owner, tells whether it was known before, and names all owners, this one included. */
  beat(input: { owner: string }): Answer<{ known: boolean; owners: ReadonlyArray<{ owner: string; beats: number | bigint }> }>
  /** Forgets an owner, so that its records are free. With `beats` only if it has beaten exactly so often. */
  forget(input: { owner: string; beats: number | null }): Answer<unknown>
  /**
   * Lists records in the order of creation and id, compared byte by byte. What is `null` does not count. `next` is the place
   * of the last row if there are more, and comes back as `after`.
   */
  list(input: StoreQuery): Answer<{ rows: ReadonlyArray<Given<Columns>>; next: Given<Place> | null }>
  /**
   * Removes finished records that were last changed before `before`, have no open alert, and whose `keepUntil` is not later
   * than `now`; at most `limit`. Tells how many.
   */
  purge(input: { before: number; now: number; limit: number }): Answer<number | bigint>
  /** The newest `gatewayTime` of the records of this merchant. */
  gatewayTime(input: { merchant: string }): Answer<number | bigint | null | undefined>
  /** The record that names this refund among its `refundIds`, found without reading every record. */
  findRefund(input: { refundRequestId: string }): Answer<Given<StoredRow> | null | undefined>
}

/** Which records to list. */
export interface StoreQuery {
  merchant: string | null
  state: PaymentState | null
  openAlerts: boolean | null
  finished: boolean | null
  /** Only those changed at this time or later. */
  since: number | null
  after: Place | null
  limit: number
}

/** What a store of this package does, so that an own one can be written around it. */
export interface NativeStore extends PaymentStore {
  insert(input: { row: Row; owner: string | null }): Promise<void>
  load(input: { id: string }): Promise<StoredRow | null>
  save(input: { row: Row; expected: number; by: string | null }): Promise<void>
  take(input: { id: string; owner: string }): Promise<StoredRow | null>
  claim(input: { owner: string; now: number; limit: number }): Promise<StoredRow[]>
  touched(input: { owner: string; limit: number }): Promise<StoredRow[]>
  release(input: { id: string; owner: string }): Promise<void>
  beat(input: { owner: string }): Promise<{ known: boolean; owners: Array<{ owner: string; beats: number }> }>
  forget(input: { owner: string; beats: number | null }): Promise<void>
  list(input: Partial<StoreQuery>): Promise<{ rows: Columns[]; next: Place | null }>
  purge(input: { before: number; now: number; limit: number }): Promise<number>
  gatewayTime(input: { merchant: string }): Promise<number | null>
  findRefund(input: { refundRequestId: string }): Promise<StoredRow | null>
}

/** Everything is lost with the process. */
export class MemoryStore implements NativeStore {
  constructor()
  insert: NativeStore['insert']
  load: NativeStore['load']
  save: NativeStore['save']
  take: NativeStore['take']
  claim: NativeStore['claim']
  touched: NativeStore['touched']
  release: NativeStore['release']
  beat: NativeStore['beat']
  forget: NativeStore['forget']
  list: NativeStore['list']
  purge: NativeStore['purge']
  gatewayTime: NativeStore['gatewayTime']
  findRefund: NativeStore['findRefund']
}

/**
 * One file a record, readable for its owner only, for any number of processes of one machine. The folder is made if it is not
 * there; it must not be on a network file system.
 */
export class FileStore implements NativeStore {
  constructor(folder: string)
  insert: NativeStore['insert']
  load: NativeStore['load']
  save: NativeStore['save']
  take: NativeStore['take']
  claim: NativeStore['claim']
  touched: NativeStore['touched']
  release: NativeStore['release']
  beat: NativeStore['beat']
  forget: NativeStore['forget']
  list: NativeStore['list']
  purge: NativeStore['purge']
  gatewayTime: NativeStore['gatewayTime']
  findRefund: NativeStore['findRefund']
}

export interface SqlStoreOptions {
  /** What the names of the tables begin with; default `alipay_`. */
  prefix?: string
  /** How many connections are open at most; default 10. */
  connections?: number
  /** Makes the tables, or brings them up to date. The user of the database needs the right to do that. */
  migrate?: boolean
}

/**
 * SQLite, PostgreSQL, MySQL or MariaDB, by URL: `sqlite:///var/lib/till/payments.db`,
 * `postgresql://user:password@host/database` or `mysql://user:password@host/database`. Any number of processes share one
 * database.
 */
export class SqlStore implements NativeStore {
  /**
   * Connects before it returns, so make it when the program starts. Throws `store.url`; `store.schema` if the tables are
   * missing, older or newer; `store.durability` if the settings of the database would lose payments; `store.failed` if the
   * database can't be used.
   */
  constructor(url: string, options?: SqlStoreOptions)
  insert: NativeStore['insert']
  load: NativeStore['load']
  save: NativeStore['save']
  take: NativeStore['take']
  claim: NativeStore['claim']
  touched: NativeStore['touched']
  release: NativeStore['release']
  beat: NativeStore['beat']
  forget: NativeStore['forget']
  list: NativeStore['list']
  purge: NativeStore['purge']
  gatewayTime: NativeStore['gatewayTime']
  findRefund: NativeStore['findRefund']
}

// The client ---------------------------------------------------------------------------------------------------

/** What is published on the channel `alipay-instore:step` of `node:diagnostics_channel`. */
export interface StepMessage {
  paymentRequestId: string
  protocol: Protocol
  clientId: string
  step: TimelineEntry
}

/** What {@link measure} needs of OpenTelemetry's `Meter`. */
export interface Meter {
  createCounter(name: string, options?: { description?: string }): {
    add(value: number, attributes?: Record<string, string>): void
  }
  createHistogram(name: string, options?: { description?: string; unit?: string }): {
    record(value: number, attributes?: Record<string, string>): void
  }
}

/**
 * Counts what the clients of this program do, until the function that it returns is called:
 * `alipay_instore.requests` by `operation` and `answer` (`S`, `F`, `U`, `other`, `none`); the histogram
 * `alipay_instore.request.duration` in seconds by `operation`; `alipay_instore.payments`, `alipay_instore.refunds` and
 * `alipay_instore.reverses` by `outcome`; `alipay_instore.alerts` by `kind`; `alipay_instore.notifications`.
 */
export function measure(meter: Meter): () => void

/** What to answer to a notification, and what it was. */
export type HandledNotification = Acknowledgement &
  (
    | { notification: Notification; result: Notified; error: null }
    | { notification: Notification | null; result: null; error: unknown }
  )

/** What {@link Client.resumeAll} took up. */
export interface Recovery {
  /** The payments that this process drives from now on, and those that could not be taken up. */
  payments: Array<
    | { paymentRequestId: string; result: PaymentResult; error?: undefined }
    | { paymentRequestId: string; result?: undefined; error: AlipayError }
  >
  /** How many open payments other processes drive. */
  drivenElsewhere: number
}

/** The open alerts of a store. */
export interface OpenAlerts {
  /** In the order in which the payments began. */
  alerts: Array<Alert & { paymentRequestId: string }>
  /** Records that can't be read. They may have alerts too. */
  unreadable: Array<{ paymentRequestId: string; error: AlipayError }>
}

export interface CallOptions {
  /**
   * Aborting stops the waiting, and not the payment: the call rejects with an {@link AbortError}, and the payment goes on.
   * {@link Client.cancel} cancels it.
   */
  signal?: Signal | undefined
}

export interface WaitOptions extends CallOptions {
  /**
   * How long the call waits at most, in milliseconds; then it resolves with `inProgress`, and the payment goes on. 180,000
   * unless given, and for a code that the customer scans 120,000 beyond the customer's time. `Infinity` is unlimited.
   */
  waitMs?: number | undefined
}

/** A clock for tests; see `alipay-instore-testing`. */
export interface Clock {
  now(): number
}

export interface ClientOptions {
  store: PaymentStore
  /** How long one request may take; 10,000 unless said otherwise. */
  requestTimeoutMs?: number
  connectTimeoutMs?: number
  /** How long a connection without a request is kept; 15,000 unless said otherwise. */
  idleTimeoutMs?: number
  /**
   * After this time without a sign of life another process takes over what this one drives; 15,000 unless said otherwise.
   * Every process on one store states the same.
   */
  ownerTimeoutMs?: number
  /**
   * Whether it takes over what is due and nobody drives, such as after a crash of another process; `true` unless said
   * otherwise. A process that ends after one payment says no.
   */
  claims?: boolean
  /**
   * `system`, which is the environment's proxy (`HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, less `NO_PROXY`), unless given;
   * `none`; or a URL of `http`, `https`, `socks4`, `socks4a`, `socks5` or `socks5h`. Loopback addresses are always reached
   * directly.
   */
  proxy?: 'system' | 'none' | (string & {})
  /**
   * Certificate authorities to trust besides the system's, or besides those that `SSL_CERT_FILE` names, as PEM. Those of
   * `NODE_EXTRA_CA_CERTS` are trusted as well.
   */
  extraRootCertificates?: Body | readonly Body[]
  policy?: Policy
  /** The notification URL is configured at the gateway, so that AMS needs none in the request. */
  notifyUrlConfigured?: boolean
  /**
   * Whether {@link Client.handleNotification} acknowledges a notification of a payment that is not stored here. Unless said
   * otherwise it refuses it, so that it comes again: it can be faster than the store.
   */
  acknowledgeUnknown?: boolean
  clock?: Clock
  limits?: Limits
  /** States the shop once, for {@link Client.payCode} and the calls beside it. */
  shop?: Shop
}

/** How many requests of a client may be under way, and how many may begin in a second. They hold for one process. */
export interface Limits {
  /** Requests that are under way at the same time; 128 unless said otherwise. */
  inFlight?: number
  /** Requests a second, in the long run; 1,000 unless said otherwise. */
  perSecond?: number
  /** Requests that may begin at once after a pause; 1,000 unless said otherwise. */
  burst?: number
}

/** Who sells, where, and at which terminal. */
export interface Shop {
  /** The merchant's id at the acquirer. */
  merchantId: string
  merchantName: string
  /** The merchant category code (ISO 18245, four digits). */
  mcc: string
  /** The store in which the customer pays; an id needs a name. */
  storeId?: string
  storeName?: string
  /** The category code of the store, where it differs from that of the merchant. */
  storeMcc?: string
  /** The terminal of the till. It also begins the ids that the client makes. */
  terminal?: string
  /** The currency in which the merchant is paid. Alipay+ requires it. */
  settlementCurrency?: string
  /** Where the gateway sends notifications: a public URL. */
  notifyUrl?: string
  /** Where the customer goes after paying on the merchant's page (entry code). */
  redirectUrl?: string
}

/** How one sale is made. */
export interface SaleOptions extends WaitOptions {
  /** The id of this attempt to pay; the client makes one unless given. */
  paymentRequestId?: string | undefined
}

/**
 * Pays, refunds, reverses and inquires for one merchant.
 *
 * What it drives goes on in the background until it is closed, or collected because nothing refers to it any more; then
 * other processes on the same store take it over. An open client does not keep the process alive; a call that waits does.
 */
export class Client {
  constructor(merchant: Merchant, options: ClientOptions)
  readonly merchant: Merchant
  /** The time at the gateway, by its signed answers; `null` until two of them have confirmed each other. */
  readonly gatewayTime: number | null
  /**
   * Resolves when the payment has its result, or with `inProgress` after {@link WaitOptions.waitMs}. `wallet` has its minimum
   * amount checked.
   *
   * With an id that is stored it goes on with that payment, or gives its result, if the request states the same: so the same
   * call again is always safe. If it states something else it rejects with `payment.id_reused`.
   */
  pay(request: PayRequestModel, options?: WaitOptions & { wallet?: string | undefined }): Promise<PaymentResult>
  /** Charges the customer who showed this payment code, as a scanner delivers it. Needs `shop`. */
  payCode(code: string | PaymentCode, amount: Amount, description: string, options?: SaleOptions): Promise<PaymentResult>
  /** Makes a code of this order for the customer to scan; the step `presented` has the form to show. Needs `shop`. */
  payOrderCode(amount: Amount, description: string, options?: SaleOptions): Promise<PaymentResult>
  /**
   * Charges a customer who opened the merchant's page by the shop's code; `userAgent` is the header that the wallet sent.
   * The step `presented` has the page to send the customer to. Needs `shop`.
   */
  payEntryCode(amount: Amount, description: string, userAgent: string, options?: SaleOptions): Promise<PaymentResult>
  /**
   * Stores the payment and sends its request, and resolves without the answer; it is driven in the background.
   * {@link Client.status} tells how it stands, {@link Client.resume} waits for it.
   */
  start(request: PayRequestModel, options?: CallOptions): Promise<PaymentResult>
  /** How a stored payment stands. Reads the store, and does nothing else. */
  status(paymentRequestId: string, options?: CallOptions): Promise<PaymentResult>
  /** Waits for a stored payment, and drives it if nobody else does; one that has its result is returned as it is. */
  resume(paymentRequestId: string, options?: WaitOptions): Promise<PaymentResult>
  /**
   * Resumes every stored payment, refund and reverse that is open and that nobody drives, and resolves at once: they go on in
   * the background. What could not be read or taken is in the list, and stops nothing else.
   */
  resumeAll(options?: CallOptions): Promise<Recovery>
  /**
   * Cancels a payment that has no result yet, and resolves when it has one: cancelled, unless it had another one before.
   * A payment that was paid stays paid: {@link Client.reverse} gives the money back.
   */
  cancel(paymentRequestId: string, options?: WaitOptions): Promise<PaymentResult>
  /** Gives money back. The same id again goes on with that refund, or gives its result, if the request states the same. */
  refund(paymentRequestId: string, request: RefundRequest, options?: WaitOptions): Promise<RefundResult>
  /**
   * Makes sure that the customer has paid nothing: by a cancel within the cancel window, else by a refund of what is left.
   * Calling it again is safe: a payment is reversed once, and the same result comes back.
   */
  reverse(paymentRequestId: string, options?: WaitOptions): Promise<ReverseResult>
  /**
   * Records what a person found out about a payment, or about one of its refunds, that ended as unresolved. The outcome stays;
   * whether money counts as charged or given back follows what was found out.
   */
  resolve(
    paymentRequestId: string,
    resolved: Resolved,
    found: CallOptions & { who: string; note: string; refundRequestId?: string | undefined },
  ): Promise<void>
  /**
   * Checks everything that a payment needs, and says what is wrong and what to do about it. Nothing is charged: it writes a sign
   * of life to the store and removes it again, asks the gateway about an id that nobody used, and posts an unsigned notification
   * to the notify URL, which a correct handler refuses.
   */
  check(options?: CallOptions): Promise<CheckReport>
  /** The alerts of this merchant's payments that nobody has acknowledged. */
  alerts(options?: CallOptions): Promise<OpenAlerts>
  /** Somebody has taken care of the alert of this number. The same again changes nothing. */
  acknowledgeAlert(paymentRequestId: string, number: number, who: string, options?: CallOptions): Promise<void>
  /**
   * Verifies a notification, stores what it says, and tells what to answer: the one call of the handler of the notify URL.
   * Headers and body are taken as they arrived. Never rejects: what went wrong is in `error`, and the answer makes the gateway
   * send it again. `notifyUrl` is the public notify URL, or its path, in place of the merchant's configured one.
   */
  handleNotification(headers: HeadersInput, body: Body, options?: { notifyUrl?: string | undefined }): Promise<HandledNotification>
  /** Feeds a verified notification to its payment or its refund and stores it. Acknowledge only once this has resolved. */
  notified(notification: Notification, options?: CallOptions): Promise<Notified>
  /**
   * Follows a stored payment: what it shows to the customer now, and then each step until it has its result. This is how a
   * till shows an order code. Leaving the loop stops nothing.
   */
  watch(paymentRequestId: string, options?: CallOptions): AsyncGenerator<TimelineEntry, void, undefined>
  /**
   * Drives what is due and nobody drives, until the client is closed: after a crash, a deployment, or a process that ended
   * early. Any number of workers share one store. Aborting `signal` resolves it; the client goes on until it is closed.
   */
  runWorker(options?: CallOptions): Promise<void>
  /** Asks the gateway about a payment, once. */
  inquire(paymentRequestId: string, options?: CallOptions): Promise<InquiryResponse>
  /** Asks the gateway about a refund, once. AMS only. */
  inquireRefund(refundRequestId: string, options?: CallOptions): Promise<InquiryRefundResponse>
  /** Calls any other API of the gateway: signed, sent once, verified. */
  call(path: string, body: string | Readonly<Record<string, unknown>>, options?: CallOptions): Promise<VerifiedResponse>
  /**
   * Gives everything back that this client drives, so that other processes go on with it at once, and lets go of its
   * connections and its store. Calls that wait reject with `payment.interrupted`, and later ones with `client.closed`. It
   * resolves when the requests that are under way were answered, after 5 seconds at the latest.
   */
  close(): Promise<void>
  [Symbol.dispose](): void
  [Symbol.asyncDispose](): Promise<void>
}
