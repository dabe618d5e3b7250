// Generated from schema/dialect by `make generate`; do not edit.
import type { MessageBody, Time } from './index.cjs'
import type {
  AlertKind, AlertPart, Certainty, CheckName, CheckStatus, FindingCode, Meaning, Money, Named,
  Operation, Outcome, PayAnswer, PaymentState, RefundAnswer, RefundOutcome, Retry, ReverseOutcome,
  RoutingRule, ScannedAs, Stated, Status, Target, UnresolvedReason,
} from './words.cjs'

/** How something ended. */
export interface Ended<O extends string = Outcome> {
  outcome: O
  /**
   * What belongs to some of the words; `null` with the others.
   *
   * - `failed` of {@link Outcome}: the code it was refused with, or `payment.not_sent` where nothing ever left this
   *   machine.
   * - `failed` of {@link RefundOutcome}: the code it was refused with, or `refund.not_sent` where nothing ever left
   *   this machine.
   * - `refused` of {@link ReverseOutcome}: the gateway's code for the refund, or `reverse.refund_unresolved`.
   */
  failureCode: string | null
  /**
   * What belongs to some of the words; `null` with the others.
   *
   * - `unresolved` of {@link Outcome}: what could not be settled.
   */
  unresolvedReason: UnresolvedReason | null
}

/** It is in progress. */
export interface NotEnded { outcome: null; failureCode: null; unresolvedReason: null }

/** How something ended, or that it is in progress. */
export type EndedOrNot<O extends string = Outcome> =
  | ({ inProgress: false } & Ended<O>)
  | ({ inProgress: true } & NotEnded)

/** The gateway answered, and the answer was verified. */
export interface ReplyEvent {
  type: 'reply'
  /** The number of the send that is answered. */
  sendId: number
  /** The operation of that send. */
  operation: Operation
  /** The verified body. */
  body: MessageBody
  /** When the gateway signed it, by its `Response-Time`. */
  signedAt?: Time
  /** Whether it was signed more than a minute before its request was sent, so that it may answer another one. */
  stale?: boolean
}

/** No usable answer arrived. */
export interface NoReplyEvent {
  type: 'no_reply'
  /** The number of the send. */
  sendId: number
  /** The operation of that send. */
  operation: Operation
  /** `not_sent` only on evidence that not one byte of the request left this machine. `unknown` unless given. */
  certainty?: Certainty
}

/** The gateway's notification arrived, and it was verified. */
export interface NotifiedEvent {
  type: 'notified'
  /** The verified body. */
  body: MessageBody
}

/**
 * What a host tells a payment. Replies and notifications are verified ones; anything else that arrived is `no_reply`.
 */
export type PaymentEvent =
  /** Send it: the payment, the refund, or what gives the money back. */
  | { type: 'begin' }
  | ReplyEvent
  | (NoReplyEvent & {
      /**
       * The result code of an answer without a signature, such as `SIGNATURE_INVALID`. It settles nothing. Only a
       * payment takes it.
       */
      unsignedCode?: string
      /**
       * Whether the answer was signed, but with none of the configured keys; then there is no `unsignedCode`. Only a
       * payment takes it.
       */
      wrongKey?: boolean
    })
  | NotifiedEvent
  /** The machine was restored from a snapshot. */
  | { type: 'resumed' }
  /** Time passed: due at the next wakeup, harmless at any other time. */
  | { type: 'tick' }
  /** The cashier or the merchant cancels. */
  | { type: 'cancel_requested' }

/**
 * What a host tells a refund. Replies and notifications are verified ones; anything else that arrived is `no_reply`.
 */
export type RefundEvent =
  /** Send it: the payment, the refund, or what gives the money back. */
  | { type: 'begin' }
  | ReplyEvent
  | NoReplyEvent
  | NotifiedEvent
  /** The machine was restored from a snapshot. */
  | { type: 'resumed' }
  /** Time passed: due at the next wakeup, harmless at any other time. */
  | { type: 'tick' }

/**
 * What a host tells a reverse. Replies and notifications are verified ones; anything else that arrived is `no_reply`.
 */
export type ReverseEvent =
  /** Send it: the payment, the refund, or what gives the money back. */
  | { type: 'begin' }
  | ReplyEvent
  | NoReplyEvent
  | NotifiedEvent
  /** The machine was restored from a snapshot. */
  | { type: 'resumed' }
  /** Time passed: due at the next wakeup, harmless at any other time. */
  | { type: 'tick' }

/** Sign this body, freshly, and post it; feed back what came of it. */
export interface SendAction {
  type: 'send'
  /** Counts up from 1 over the life of the machine. What is asked again after a restart has the same number. */
  sequence: number
  /** The number of the send, to be fed back with what came of it. */
  sendId: number
  /** The operation, to be fed back too. */
  operation: Operation
  /** The path of the API. */
  path: string
  /** The body as JSON text, to be sent as it stands. That of pay holds the payment code: it is a secret. */
  body: string
}

/** It needs manual review. Each kind comes at most once. */
export interface AlertAction {
  type: 'alert'
  /** Counts up from 1 over the life of the machine. What is asked again after a restart has the same number. */
  sequence: number
  /** Why. */
  kind: AlertKind
  /** What was found, without secrets. */
  detail: string
}

/** What a payment asks of its host. Store the snapshot first. */
export type PaymentAction =
  | SendAction
  | AlertAction
  /** Show the order code, or redirect the customer's wallet. */
  | {
      type: 'present'
      /**
       * Counts up from 1 over the life of the machine. What is asked again after a restart has the same number.
       */
      sequence: number
      /** The members of the answer that say what to show. */
      form: Record<string, unknown>
    }
  /** The payment has its result. Comes once. */
  | ({
      type: 'conclude'
      /**
       * Counts up from 1 over the life of the machine. What is asked again after a restart has the same number.
       */
      sequence: number
    } & Ended<Outcome>)

/** What a refund asks of its host. Store the ledger's snapshot first. */
export type RefundAction =
  | (SendAction & {
      operation: 'refund' | 'refund_inquiry'
    })
  | AlertAction
  /** The refund has its result. Comes once. */
  | ({
      type: 'conclude'
      /**
       * Counts up from 1 over the life of the machine. What is asked again after a restart has the same number.
       */
      sequence: number
    } & Ended<RefundOutcome>)

/** What a reverse asks of its host. Store the ledger's snapshot first. */
export type ReverseAction =
  | (SendAction & {
      operation: 'cancel' | 'inquiry' | 'refund' | 'refund_inquiry'
    })
  | AlertAction
  /** The reverse has its result. Comes once. */
  | ({
      type: 'conclude'
      /**
       * Counts up from 1 over the life of the machine. What is asked again after a restart has the same number.
       */
      sequence: number
    } & Ended<ReverseOutcome>)

/** What happened in a step. */
export type TimelineEvent =
  /** A request was sent. */
  | {
      type: 'sent'
      /** Its operation. */
      operation: Operation
      /** Its number within the payment. */
      sendId: number
      /** How many requests of this operation there have been, this one counted. */
      attempt: number
    }
  /** The gateway answered, and the answer was verified. */
  | {
      type: 'answered'
      /** The operation it answers. */
      operation: Operation
      /** The request it answers. */
      sendId: number
      /** How long it took, in milliseconds. */
      took: number
      /** The letter of the result as it came: `S`, `F` or `U`. */
      resultStatus: string
      /** The code of the result. */
      resultCode: string
      /**
       * What the answer says about the money, where it does: the word of `paymentStatus`, or the letter of
       * `paymentResult`.
       */
      paymentStatus: string | null
      /** The gateway's own name for the exchange. */
      tracerId: string | null
      /** Whether some text of the answer was not UTF-8 and was replaced. */
      textReplaced: boolean
    }
  /** No usable answer came. */
  | {
      type: 'unanswered'
      /** The operation that was asked for. */
      operation: Operation
      /** The request. */
      sendId: number
      /** How long it took to know, in milliseconds. */
      took: number
      /** What is known of the request. */
      certainty: Certainty
      /** Why. */
      error: ErrorDetails
    }
  /** A verified notification arrived and was stored. */
  | { type: 'notified' }
  /** The host asked to cancel the payment. */
  | { type: 'cancel_requested' }
  /** The payment was resumed after a restart. */
  | { type: 'resumed' }
  /** The customer is to see something: the order code, or a redirect. */
  | {
      type: 'presented'
      /** The members of the answer that say what to show. */
      form: Record<string, unknown>
    }
  /** It needs manual review. */
  | {
      type: 'alerted'
      /** Why. */
      kind: AlertKind
      /** What was found, without secrets. */
      detail: string
    }
  /** The payment has its result. */
  | ({ type: 'concluded' } & Ended<Outcome>)
  /** A refund has its result. */
  | ({
      type: 'refund_concluded'
      /** The id of the refund. */
      refundRequestId: string
    } & Ended<RefundOutcome>)
  /** A reverse has its result. */
  | ({ type: 'reverse_concluded' } & Ended<ReverseOutcome>)

/** What was allowed and is worth knowing about a payment, beside its result. */
export type PaymentWarning =
  /** The customer is shown another amount than the one that is paid. */
  | {
      kind: 'order_amount_differs'
      /** The amount of the order, as text such as `19.99 USD`. */
      order: string
      /** What is paid, as text such as `19.99 USD`. */
      payment: string
    }
  /** The wallet may not take an amount this small. */
  | {
      kind: 'below_minimum'
      /** The wallet. */
      wallet: string
      /** What is paid, as text such as `19.99 USD`. */
      payment: string
      /** The higher of the wallet's minimums, as text such as `19.99 USD`. */
      minimum: string
    }
  /** The wallet takes only multiples of a step. */
  | {
      kind: 'off_step'
      /** The wallet. */
      wallet: string
      /** What is paid, as text such as `19.99 USD`. */
      payment: string
      /** The wallet's step, as text such as `19.99 USD`. */
      step: string
    }
  /** AMS: a field is missing that some pages require and others do not. */
  | {
      kind: 'field_missing'
      /** The field, such as `order.merchant.merchantName`. */
      path: string
    }
  /** AMS: no expiry was stated, so the policy's was sent. The contract with Alipay may set another one. */
  | {
      kind: 'default_expiry'
      /** What was sent, in milliseconds since the epoch. */
      expiry: number
    }
  /** Alipay+: a later expiry was stated than the protocol allows, so an earlier one was sent. */
  | {
      kind: 'expiry_capped'
      /** What was stated, in milliseconds since the epoch. */
      asked: number
      /** What was sent, in milliseconds since the epoch. */
      expiry: number
    }

/** What a notification changed. */
export type Notified =
  /** It is stored with its payment: acknowledge it. Whoever drives the payment goes on with it. */
  | ({
      kind: 'taken'
      /** The id of the payment. */
      paymentRequestId: string
      /** The refund that it named. */
      refundRequestId: string | null
      /** The alerts that it raised. */
      alerts: Alert[]
    } & (Ended<Outcome> | NotEnded))
  /**
   * No payment or refund of this id is stored. It can have overtaken the payment, so refuse it: then it comes again.
   */
  | { kind: 'unknown' }
  /** It is not about the result of a payment or a refund. */
  | { kind: 'other' }

/** A step of a payment, its refunds or its reverse, with its time. */
export interface TimelineEntry {
  /** When it happened, in milliseconds since the epoch. */
  at: number
  /** How long after the payment began, in milliseconds. */
  elapsed: number
  /** What happened. */
  event: TimelineEvent
}

/** An error as plain data. */
export interface ErrorDetails {
  /** The stable code, such as `transport.timeout`. */
  code: string
  /** What was found. */
  reason: string
  /** What to do about it. */
  hint: string
  /** Whether the same call can succeed later, without a change by the caller. */
  retryable: boolean
  /** The JSON path, or the name of the setting, at fault. */
  path: string | null
  /** The payment whose call failed. */
  paymentRequestId: string | null
  /** Whether the customer may have been charged. */
  mayHaveCharged: boolean
  /** Whether money may have been given back. */
  mayHaveRefunded: boolean
  /** What was probably scanned in place of a payment code. */
  scannedAs: ScannedAs | null
  /** The HTTP status of an answer that could not be used. */
  httpStatus: number | null
  /** The media type of that answer. */
  contentType: string | null
}

/** Who has taken care of an alert, and when. */
export interface AlertAcknowledgement {
  /** Who has taken care of it. */
  who: string
  /** When, in milliseconds since the epoch. */
  at: number
}

/**
 * Something about a payment, a refund or a reverse that needs manual review. It is kept with the payment until
 * somebody acknowledges it.
 */
export interface Alert {
  /** Counts up from 1 within the payment. It is named to acknowledge the alert. */
  number: number
  /** What it is about. */
  part: AlertPart
  /** The refund, where it is about one. */
  refundRequestId: string | null
  /** Why it needs manual review. */
  kind: AlertKind
  /** What was found, without secrets. */
  detail: string
  /** When it was raised, in milliseconds since the epoch. */
  at: number
  /** Who has taken care of it, while it is not open. */
  acknowledged: AlertAcknowledgement | null
}

/** How a payment stands, and the steps that led there. */
export type PaymentResult = EndedOrNot<Outcome> & {
  /** The id of the payment. */
  paymentRequestId: string
  /** The state of the payment, such as `confirming`. */
  phase: PaymentState
  /** What is paid, as text such as `19.99 USD`. */
  amount: string
  /** The gateway's id of the payment, where it told one. */
  paymentId: string | null
  /** When the customer paid, as the gateway told it, in milliseconds since the epoch. */
  paymentTime: number | null
  /** Every alert of the payment, its refunds and its reverse, also when the payment succeeded. */
  alerts: Alert[]
  /** The request stated another payment code than the one that the payment goes on with. */
  codeIgnored: boolean
  /** Whether the store has it as it is told here. */
  stored: boolean
  /** Whether the customer was charged, or may have been. */
  mayHaveCharged: boolean
  /** Whether money was given back, or may have been. */
  mayHaveRefunded: boolean
  /** What the customer is to see while the payment waits for them: an order code, or where to send them. */
  form: Record<string, unknown> | null
  /** What happened since the call, as far as this process saw it. */
  timeline: TimelineEntry[]
  /** What was allowed and is worth knowing. */
  warnings: PaymentWarning[]
  /** Whether `outcome` is `succeeded`. */
  succeeded: boolean
}

/** How a refund stands, and the steps that led there. */
export type RefundResult = EndedOrNot<RefundOutcome> & {
  /** The id of the payment. */
  paymentRequestId: string
  /** The id of the refund. */
  refundRequestId: string
  /** The gateway's id of the refund, where it told one. */
  refundId: string | null
  /** Every alert of the payment, its refunds and its reverse. */
  alerts: Alert[]
  /** What may still be given back of the payment, in minor units, as text: pass it to `BigInt` to calculate. */
  left: string
  /** Whether the store has it as it is told here. */
  stored: boolean
  /** Whether money was given back by this refund, or may have been. */
  mayHaveRefunded: boolean
  /** What happened since the call, as far as this process saw it. */
  timeline: TimelineEntry[]
  /** Whether `outcome` is `refunded`. */
  refunded: boolean
}

/** How a reverse stands, and the steps that led there. */
export type ReverseResult = EndedOrNot<ReverseOutcome> & {
  /** The id of the payment. */
  paymentRequestId: string
  /** The id of the refund, where one was sent; without one the money came back by a cancel. */
  refundRequestId: string | null
  /** The gateway's id of the refund, where it told one. */
  refundId: string | null
  /** Every alert of the payment, its refunds and its reverse, also when the money was given back. */
  alerts: Alert[]
  /** What may still be given back of the payment, in minor units, as text: pass it to `BigInt` to calculate. */
  left: string
  /** Whether the store has it as it is told here. */
  stored: boolean
  /** Whether money was given back, or may have been. */
  mayHaveRefunded: boolean
  /** What happened since the call, as far as this process saw it. */
  timeline: TimelineEntry[]
  /** Whether `outcome` is `reversed`. */
  reversed: boolean
}

/**
 * What the verified body of an answer or a notification says. It decides nothing: the machines do. What is compared
 * with ours is `null` where ours was not given.
 */
export interface Reading {
  /** By the letter of the result; any other letter is unknown. */
  status: Status
  /** The result code as it stands. */
  code: string
  /** What status and code mean for the operation, as in the advice for them. */
  meaning: Meaning
  /**
   * What the body says of the money, or of the answer to pay. `null` for cancel and refund, where the meaning says it
   * all.
   */
  says: PayAnswer | Money | RefundAnswer | null
  /** For what failed, the code that says why. */
  failureCode: string | null
  /** Whether the status is a word that is not documented. */
  unknownWord: boolean
  /** Our id of the payment. */
  paymentRequestId: string | null
  /** The gateway's id of the payment. */
  paymentId: string | null
  /** Our id of the refund. */
  refundRequestId: string | null
  /** The gateway's id of the refund. */
  refundId: string | null
  /** Whether it names our payment. */
  namesPayment: Named | null
  /** Whether it states our amount. */
  paymentAmount: Stated | null
  /** Whether it names our refund. */
  namesRefund: Named | null
  /** Whether it states the amount of our refund. */
  refundAmount: Stated | null
  /** The names of the members that are to be shown to the customer. */
  form: string[]
  /** When the form expires, in milliseconds since the epoch. */
  formExpiry: number | null
  /** When it was paid, in milliseconds since the epoch. */
  paymentTime: number | null
  /** Whether some text was not UTF-8 and was replaced. */
  textReplaced: boolean
}

/** One thing that was looked at before the first payment. */
export interface Check {
  /** What was checked. */
  name: CheckName
  /** How it ended. */
  status: CheckStatus
  /** What was found, in one sentence without secrets. */
  detail: string
  /** What to do; empty where it passed. */
  hint: string
  /** The code of the error that was met, if one was. */
  code: string | null
}

/** What a check of a client found. */
export interface CheckReport {
  /** Whether nothing is wrong. Warnings do not count. */
  healthy: boolean
  /** One entry for each {@link CheckName}, in the order of a request's way. */
  checks: Check[]
}

/** One thing that was found about a signature that does not verify. */
export interface Finding {
  /** Which one, for programs. */
  code: FindingCode
  /** The findings that hold only together with this one: all of them have to be changed. */
  also: FindingCode[]
  /** What was found. */
  found: string
  /** What shows it. It holds no body, no key and no query of a path. */
  evidence: string
  /** What to change. */
  change: string
}

/** What a signature was found to hold. */
export interface SignedDigest {
  /** `pkcs1`, `pkcs1_without_hash` or `pss`. */
  padding: string
  /** The hash, such as `sha256`; `null` where the signature names none. */
  hash: string | null
  /** The digest that was signed, in lower-case hexadecimal; `null` where it can't be read from the padding. */
  digest: string | null
}

/** A key that was tried. */
export interface TriedKey {
  /** `gateway` for a configured key, `own` for the merchant's own one, else the name that it was given. */
  name: string
  /** The version that it is configured under. */
  version: number | null
  /** The length of the modulus, in bits. */
  bits: number
  /** The SHA-256 of the key, as that of a verifying key. */
  fingerprint: string
  /** Whether the signature was made with it. */
  signer: boolean
}

/** What was found about a signature that does not verify. It decides nothing. */
export interface Diagnosis {
  /** The result in one sentence. */
  summary: string
  /** Everything found, the most likely cause first; never empty. */
  findings: Finding[]
  /** What can't be the cause, a sentence each. */
  excluded: string[]
  /** What the signature holds, where a key opened it. */
  signed: SignedDigest | null
  /** Every key that was tried. */
  keys: TriedKey[]
  /** The number of contents that were compared with what was signed. */
  tried: number
  /** Whether every candidate was compared. False where the limit of work was reached. */
  complete: boolean
  /** The same in words, a sentence a line. */
  text: string
}

/** What a result means, and what to do about it: a sentence for the cashier and one for the developer. */
export interface Advice {
  /** What it means for the operation that it answers. */
  meaning: Meaning
  /** The canonical spelling of the code; `null` for a code that no document names. */
  code: string | null
  /** What the cashier does, in English. */
  cashierEn: string
  /** What the cashier does, in Chinese. */
  cashierZh: string
  /** What the developer or the operator does, in English. */
  developerEn: string
  /** What the developer or the operator does, in Chinese. */
  developerZh: string
  /** Whether a new attempt needs a new payment request id, or for a refund a new refund request id. */
  newIdNeeded: boolean
  /** What may be sent next. */
  retry: Retry
}

/** Where a code goes, and the rule that decided. */
export interface Route {
  /** The system that takes the payment. */
  target: Target
  /** The wallet, where a directly integrated one takes it. */
  wallet: string | null
  /** The rule that decided. */
  rule: RoutingRule
  /** Directly integrated wallets that issue codes of the same shape. */
  alternatives: string[]
}
