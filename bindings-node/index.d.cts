/// <reference types="node" />
/// <reference lib="esnext.disposable" />
/**
 * Alipay (AMS) and Alipay+ in-store payments: signing, routing of payment codes, amounts, and payments that end as
 * paid, not paid, or in need of manual review.
 *
 * Times are milliseconds since the epoch. Whatever goes wrong is an {@link AlipayError} with a stable `code` and a
 * `hint`; an argument of a wrong type is a `TypeError`.
 */
import type {
  AmountInput, ChinaExtraTransInfo, Env, InquiryRefundResponse, InquiryResponse, NotificationBody, Order, PayRequest as PayRequestModel,
  RefundNotification, RefundRequest,
} from './models.cjs'
import type {
  AlertKind, Category, Certainty, CodeKind, ErrorCode, MayHaveCharged, Meaning, Money, Named, NotificationKind, Operation,
  Outcome, PayAnswer, PaymentState, Policy, Protocol, RefundAnswer, RefundOutcome, Region, Resolved, Retry, ReverseOutcome,
  Rounding, RoutingRule, AmountRules, RoutingRules, ScannedAs, Scenario, Status, Target, UnresolvedReason,
} from './words.cjs'
export type * from './models.cjs'
export type * from './words.cjs'

/** Milliseconds since the epoch, or a date. */
export type Time = number | bigint | Date
/** The bytes of a message; a string is taken as its UTF-8. */
export type Body = Uint8Array | string
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
  /** What was probably scanned in place of a payment code; `null` where the form does not tell. */
  readonly scannedAs: ScannedAs | null
  /** The HTTP status of an answer that could not be used. It decides nothing: nobody signed it. */
  readonly httpStatus: number | null
  /** The media type of such an answer, such as `text/html`. */
  readonly contentType: string | null
  readonly cause?: unknown
  toJSON(): ErrorDetails & { name: string }
}
/** An error as plain data, as it stands in a timeline. */
export interface ErrorDetails {
  code: string
  reason: string
  hint: string
  retryable: boolean
  path: string | null
  scannedAs: ScannedAs | null
  httpStatus: number | null
  contentType: string | null
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
/** The network failed, a call took too long, or the client was closed. */
export class TransportError extends AlipayError {}
/** A defect of this package. */
export class InternalError extends AlipayError {}
/** What an aborted call rejects with; `cause` is the signal's reason. The payment can be resumed. */
export class AbortError extends Error {
  readonly name: 'AbortError'
  readonly code: 'ABORT_ERR'
  readonly cause: unknown
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

/** Makes a pair of keys as PEM: PKCS#8 and SPKI. Takes a moment; for tests and a first setup. */
export function generateKey(options?: { bits?: number }): { privatePem: string; publicPem: string }

// Money, codes, advice -----------------------------------------------------------------------------------------

/** Minor units and their currency. A `number` is never taken: it can't hold 19.99. */
export class Amount {
  private constructor()
  /** A price such as `19.99`. More decimals than the currency has are an error unless a rounding is given. */
  /** Reads a price with its currency, such as `19.99 USD`. Nothing is rounded. */
  static parse(text: string): Amount
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
  /** The fewest digits of its codes; read by rule set `ams` alone. */
  minLength?: number
}

export interface RouterOptions {
  /** Whether Alipay+ is integrated; `true` unless said otherwise. */
  alipayPlus?: boolean
  ruleset?: RoutingRules
  direct?: readonly DirectWallet[]
}

export interface Route {
  readonly target: Target
  readonly wallet: string | null
  readonly rule: RoutingRule
  /** Direct wallets that issue codes of the same shape. */
  readonly alternatives: readonly string[]
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

export interface Advice {
  meaning: Meaning
  /** The canonical spelling; `null` for a code that no document names. */
  code: string | null
  cashierEn: string
  cashierZh: string
  developerEn: string
  developerZh: string
  newIdNeeded: boolean
  retry: Retry
}

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

/** Whether a message names, or states, the same as ours; `null` where there is nothing to compare with. */
export type Compared = Named | null

/** What a verified message says. */
export interface Reading {
  status: Status
  code: string
  meaning: Meaning
  /** What it says about the money; `null` for the answers to cancel and refund, where `meaning` says it all. */
  says: PayAnswer | Money | RefundAnswer | null
  failureCode: string | null
  /** A status word that no document names. */
  unknownWord: boolean
  paymentRequestId: string | null
  paymentId: string | null
  refundRequestId: string | null
  refundId: string | null
  namesPayment: Compared
  paymentAmount: Compared
  namesRefund: Compared
  refundAmount: Compared
  /** The names of the members to be shown to the customer. */
  form: string[]
  formExpiry: number | null
  paymentTime: number | null
  textReplaced: boolean
}

/**
 * Reads the body of a message whose signature was verified, for hosts that bring their own HTTP client. It decides
 * nothing; {@link Payment} and {@link RefundLedger} do.
 */
export function readVerified(input: { protocol: Protocol; operation: Operation; body: Body; ours?: Ours }): Reading

// The payment machine ------------------------------------------------------------------------------------------

/** The body of a message that was verified: as it arrived, or as an object. */
export type MessageBody = Body | Readonly<Record<string, unknown>>

export interface ReplyEvent {
  type: 'reply'
  sendId: number
  operation: Operation
  body: MessageBody
  /** {@link VerifiedResponse.signedAt}, by which the clocks are compared. */
  signedAt?: Time
  /** The answer was signed more than a minute before its request was sent, so it may be a recording. */
  stale?: boolean
}

export interface NoReplyEvent {
  type: 'no_reply'
  sendId: number
  operation: Operation
  /** `not_sent` only on evidence that no byte of the request left this machine; `unknown` unless given. */
  certainty?: Certainty
}

/** What the host tells the machine. Replies and notifications are verified ones; anything else is `no_reply`. */
export type PaymentEvent =
  | { type: 'begin' }
  | ReplyEvent
  | (NoReplyEvent & {
      /** The answer was not signed, and its body names this result code, such as `SIGNATURE_INVALID`. */
      unsignedCode?: string
      /** The answer was signed, but with none of the configured keys. */
      wrongKey?: boolean
    })
  | { type: 'notified'; body: MessageBody }
  | { type: 'cancel_requested' }
  | { type: 'resumed' }
  | { type: 'tick' }

export interface Ended<O extends string = Outcome> {
  outcome: O
  /** For `failed`, the gateway's code, or `payment.not_sent`. */
  failureCode: string | null
  /** For `unresolved`, what could not be settled. */
  unresolvedReason: UnresolvedReason | null
}

/** What the machine asks of the host. Store the snapshot first. */
export type PaymentAction =
  | { sequence: number; type: 'send'; sendId: number; operation: Operation; path: string; body: string }
  | { sequence: number; type: 'present'; form: Record<string, unknown> }
  | ({ sequence: number; type: 'conclude' } & Ended)
  | { sequence: number; type: 'alert'; kind: AlertKind; detail: string }

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
  readonly expiryWarning: PayWarning | null
  readonly begunAt: number | null
}

// Refunds ------------------------------------------------------------------------------------------------------

/** What the host tells a refund. Replies and notifications are verified ones; anything else is `no_reply`. */
export type RefundEvent =
  | { type: 'begin' }
  | ReplyEvent
  | NoReplyEvent
  | { type: 'notified'; body: MessageBody }
  | { type: 'resumed' }
  | { type: 'tick' }

/** What a refund asks of the host. Store the ledger's snapshot first. */
export type RefundAction =
  | { sequence: number; type: 'send'; sendId: number; operation: 'refund' | 'refund_inquiry'; path: string; body: string }
  | ({ sequence: number; type: 'conclude' } & Ended<RefundOutcome>)
  | { sequence: number; type: 'alert'; kind: AlertKind; detail: string }

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

/** What the host tells a reverse: the events of a refund. */
export type ReverseEvent = RefundEvent

/** What a reverse asks of the host. Store the ledger's snapshot first. */
export type ReverseAction =
  | {
      sequence: number; type: 'send'; sendId: number; operation: 'cancel' | 'inquiry' | 'refund' | 'refund_inquiry'
      path: string; body: string
    }
  | ({ sequence: number; type: 'conclude' } & Ended<ReverseOutcome>)
  | { sequence: number; type: 'alert'; kind: AlertKind; detail: string }

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
   * `https://shop.example/alipay/notify`, or its path. Notifications are verified over its path.
   */
  notifyUrl?: string
}

export interface SignedRequest {
  url: string
  path: string
  headers: Record<string, string>
  /** To be sent byte for byte. */
  body: Buffer
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
  body: Buffer
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

/** One reason why a notification does not verify, or what it verifies with. */
export interface Finding {
  kind:
    | 'verifies' | 'unreadable' | 'other_key_length' | 'other_key_version' | 'other_query' | 'other_prefix'
    | 'other_path' | 'other_client_id' | 'other_time' | 'body_rewritten' | 'unexplained'
  /** The path, id, time, version, bits, error code or change of the body that the finding is about. */
  value: string | null
  /** The same as a sentence. */
  text: string
}

/** A notification whose signature is good and whose time is fresh. Only verifying makes one. */
export class Notification {
  private constructor()
  readonly body: NotificationBody | RefundNotification
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
  path(operation: Operation): string
  pathOfCall(path: string): string
  signRequest(input: { path: string; body: Body; now?: Time }): SignedRequest
  verifyResponse(input: ReceivedResponse): VerifiedResponse
  /** Over the path of the notify URL without its query, and where that fails, with it. */
  verifyNotification(input: ReceivedNotification): Notification
  /**
   * Why a notification does not verify, the most telling finding first. `alternatives` are other values that may be
   * right, such as the path that the web framework saw. For logs: it makes nothing trustworthy.
   */
  explainNotification(
    input: ReceivedNotification & {
      alternatives?: { paths?: readonly string[]; clientIds?: readonly string[]; times?: readonly string[] }
    },
  ): Finding[]
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

/** Keeps snapshots. Write your own over a database; a snapshot is a secret. */
export interface PaymentStore {
  /**
   * Writes a record if its revision is still the expected one; 0 expects that there is none yet. The new revision is
   * one more. Resolves when the text is safe; rejects with {@link storeConflict} where the revision is another one.
   */
  put(id: string, expectedRevision: number, snapshot: string): Promise<void>
  get(id: string): Promise<{ revision: number; snapshot: string } | null | undefined>
  ids(): Promise<Iterable<string>>
}

/** Everything is lost with the process. */
export class MemoryStore implements PaymentStore {
  put(id: string, expectedRevision: number, snapshot: string): Promise<void>
  get(id: string): Promise<{ revision: number; snapshot: string } | null>
  ids(): Promise<string[]>
}

/** One file a record, readable for its owner only. The folder is made if it is not there. */
export class FileStore implements PaymentStore {
  constructor(folder: string)
  put(id: string, expectedRevision: number, snapshot: string): Promise<void>
  get(id: string): Promise<{ revision: number; snapshot: string } | null>
  ids(): Promise<string[]>
}

/** What an own store rejects with where the revision is another one. */
export function storeConflict(reason?: string): StoreError

// The client ---------------------------------------------------------------------------------------------------

/** What happened in a step of a payment. */
export type TimelineEvent =
  | { type: 'sent'; operation: Operation; sendId: number; attempt: number }
  | {
      type: 'answered'; operation: Operation; sendId: number; took: number; resultStatus: string; resultCode: string
      paymentStatus: string | null; tracerId: string | null; textReplaced: boolean
    }
  | { type: 'unanswered'; operation: Operation; sendId: number; took: number; certainty: Certainty; error: ErrorDetails }
  | { type: 'notified' | 'cancel_requested' | 'resumed' }
  | { type: 'presented'; form: Record<string, unknown> }
  | { type: 'alerted'; kind: AlertKind; detail: string }
  | ({ type: 'concluded' } & Ended)
  | ({ type: 'refund_concluded'; refundRequestId: string } & Ended<RefundOutcome>)
  | ({ type: 'reverse_concluded' } & Ended<ReverseOutcome>)

/** A step, with its time. */
export interface TimelineEntry {
  /** Milliseconds since the epoch. */
  at: number
  /** Milliseconds since the payment began. */
  elapsed: number
  event: TimelineEvent
}

/** What is published on the channel `alipay-instore:step` of `node:diagnostics_channel`. */
export interface StepMessage {
  paymentRequestId: string
  protocol: Protocol
  clientId: string
  step: TimelineEntry
}

export interface PaymentResult extends Ended {
  paymentRequestId: string
  /** Whether it is paid. */
  succeeded: boolean
  paymentId: string | null
  /** What needs manual review, also when the payment succeeded. */
  alerts: AlertKind[]
  /** What happened since `pay` or `resume` was called. */
  timeline: TimelineEntry[]
  /** What was allowed and is worth knowing. Amounts are shown as text, such as `19.99 USD`. */
  warnings: PayWarning[]
}

/** Something that was allowed and that the caller may want to know. Times are milliseconds since the epoch. */
export type PayWarning =
  | { kind: 'order_amount_differs'; order: string; payment: string }
  | { kind: 'below_minimum'; wallet: string; payment: string; minimum: string }
  | { kind: 'off_step'; wallet: string; payment: string; step: string }
  | { kind: 'field_missing'; path: string }
  /** AMS: the request stated no expiry, so the policy's was sent. The contract with Alipay may set another one. */
  | { kind: 'default_expiry'; expiry: number }
  /** Alipay+: the request stated a later expiry than the protocol allows, so an earlier one was sent. */
  | { kind: 'expiry_capped'; asked: number; expiry: number }

export interface RefundResult {
  paymentRequestId: string
  refundRequestId: string
  outcome: RefundOutcome
  failureCode: string | null
  refundId: string | null
  alerts: AlertKind[]
  /** What may still be given back of the payment, in minor units. */
  left: bigint
}

export interface ReverseResult {
  paymentRequestId: string
  outcome: ReverseOutcome
  /** For `refused`, the gateway's code, or `reverse.refund_unresolved`. */
  failureCode: string | null
  /** The id of the refund, where one was sent; without one the money came back by a cancel. */
  refundRequestId: string | null
  refundId: string | null
  /** What needs manual review, also when the money was given back. */
  alerts: AlertKind[]
  /** What may still be refunded of the payment, in minor units. */
  left: bigint
  /** What happened since `reverse` was called. */
  timeline: TimelineEntry[]
}

/** What a notification changed. */
export type Notified =
  | { kind: 'taken'; outcome: Outcome | null }
  | { kind: 'refund_taken'; refundRequestId: string; outcome: RefundOutcome | null }
  | { kind: 'unknown'; paymentRequestId: string | null }
  | { kind: 'other' }

export type NotificationAnswer = Acknowledgement &
  (
    | { notification: Notification; notified: Notified; error: null }
    | { notification: null; notified: null; error: unknown }
  )

export interface CallOptions {
  /** Aborting stops the call where it is and rejects with an {@link AbortError}; the payment can be resumed. */
  signal?: AbortSignal
  /** How long the call may take; then it rejects with `transport.timeout`, and the payment can be resumed. */
  timeoutMs?: number
}

/** A clock for tests; see `alipay-instore/testing`. */
export interface Clock {
  now(): number
}

export interface ClientOptions {
  store: PaymentStore
  /** How long a call may take unless it says so itself; without it, as long as the payment takes. */
  timeoutMs?: number
  /** How long one request may take; 10,000 unless said otherwise. */
  requestTimeoutMs?: number
  connectTimeoutMs?: number
  /** How long a connection without a request is kept; 15,000 unless said otherwise. */
  idleTimeoutMs?: number
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
  clock?: Clock
  /** States the shop once, for {@link Client.payCode} and the calls beside it. */
  shop?: Shop
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
export interface SaleOptions extends CallOptions {
  /** The id of this attempt to pay; the client makes one unless given. */
  paymentRequestId?: string
}

/** Pays, refunds, reverses and inquires for one merchant. */
export class Client {
  constructor(merchant: Merchant, options: ClientOptions)
  readonly merchant: Merchant
  /** The time at the gateway, by its signed answers; `null` until two of them have confirmed each other. */
  readonly gatewayTime: number | null
  /** Resolves when the payment has its result. `wallet` has its minimum amount checked. */
  pay(request: PayRequestModel, options?: CallOptions & { wallet?: string }): Promise<PaymentResult>
  /** Charges the customer who showed this payment code, as a scanner delivers it. Needs `shop`. */
  payCode(code: string | PaymentCode, amount: Amount, description: string, options?: SaleOptions): Promise<PaymentResult>
  /** Makes a code of this order for the customer to scan; the step `presented` has the form to show. Needs `shop`. */
  payOrderCode(amount: Amount, description: string, options?: SaleOptions): Promise<PaymentResult>
  /**
   * Charges a customer who opened the merchant's page by the shop's code; `userAgent` is the header that the wallet sent.
   * The step `presented` has the page to send the customer to. Needs `shop`.
   */
  payEntryCode(amount: Amount, description: string, userAgent: string, options?: SaleOptions): Promise<PaymentResult>
  /** Resumes a stored payment; one that has its result is returned as it is. */
  resume(paymentRequestId: string, options?: CallOptions): Promise<PaymentResult>
  /** Resumes every stored payment without a result, and every open refund. */
  resumeAll(
    options?: CallOptions,
  ): Promise<Array<{ paymentRequestId: string; result: PaymentResult; error?: undefined } | { paymentRequestId: string; result?: undefined; error: AlipayError }>>
  /** Feeds a verified notification to its payment or its refund and stores it. Acknowledge only once this has resolved. */
  notified(notification: Notification, options?: CallOptions): Promise<Notified>
  /**
   * Verifies, stores, and says what to answer. Never rejects: what went wrong is in `error`. A notification of a
   * payment or refund that is not stored here is refused, so that it is sent again, unless `acknowledgeUnknown` is set.
   */
  answerNotification(input: ReceivedNotification & { acknowledgeUnknown?: boolean }): Promise<NotificationAnswer>
  /**
   * Cancels a payment that has no result yet, and resolves when it has one: cancelled, unless it had another one before.
   * A payment that was paid stays paid: {@link Client.reverse} gives the money back.
   */
  cancel(paymentRequestId: string, options?: CallOptions): Promise<PaymentResult>
  refund(paymentRequestId: string, request: RefundRequest, options?: CallOptions): Promise<RefundResult>
  resumeRefund(paymentRequestId: string, refundRequestId: string, options?: CallOptions): Promise<RefundResult>
  /** Records the outcome of a refund that ended as unresolved, as a person found it out. */
  resolveRefund(paymentRequestId: string, refundRequestId: string, found: Resolution, options?: CallOptions): Promise<void>
  /**
   * Gives back the whole of a paid payment: by a cancel within the cancel window, else by a refund of what is left.
   * Calling it again is safe: a payment is reversed once, and the same result comes back.
   */
  reverse(paymentRequestId: string, options?: CallOptions): Promise<ReverseResult>
  /** Asks the gateway about a payment, once. */
  inquire(paymentRequestId: string, options?: CallOptions): Promise<InquiryResponse>
  /** Asks the gateway about a refund, once. AMS only. */
  inquireRefund(refundRequestId: string, options?: CallOptions): Promise<InquiryRefundResponse>
  /** Calls any other API of the gateway: signed, sent once, verified. */
  call(path: string, body: string | Readonly<Record<string, unknown>>, options?: CallOptions): Promise<VerifiedResponse>
  /** Stops every call of this client where it is, and resolves when they have stopped. Payments can be resumed. */
  close(): Promise<void>
  [Symbol.dispose](): void
  [Symbol.asyncDispose](): Promise<void>
}
