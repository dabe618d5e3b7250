'use strict'
// The error classes, and the one place where what the native part throws becomes one of them.

const rows = require('./error-codes.cjs')

/** @type {Map<string, {code: string, category: string, retryable: boolean, mayHaveCharged: string, hint: string}>} */
const catalogue = new Map(rows.map((row) => [row.code, Object.freeze(row)]))

/** The names of an error's classes, for `instanceof` in another realm (a test runner's) or with another copy of the package. */
const CLASSES = Symbol.for('alipay-instore.error')
const OWN = new WeakSet()

class AlipayError extends Error {
  get [CLASSES]() {
    const names = []
    for (let at = this.constructor; typeof at === 'function' && at.name; at = Object.getPrototypeOf(at)) names.push(at.name)
    return names
  }

  /**
   * @param {{code: string, reason: string, hint?: string, path?: string | null, scannedAs?: string | null,
   *   httpStatus?: number | null, contentType?: string | null, paymentRequestId?: string | null,
   *   mayHaveCharged?: boolean, mayHaveRefunded?: boolean, cause?: unknown}} details
   */
  constructor(details) {
    if (typeof details?.code !== 'string') throw new TypeError('details must be an object with a code and a reason')
    const { code, reason, hint, path, scannedAs, httpStatus, contentType, cause } = details
    const row = catalogue.get(code)
    const advice = hint ?? row?.hint ?? ''
    const place = path ? `${path}: ` : ''
    super(`${code}: ${place}${reason}${advice && ` (${advice})`}`, cause === undefined ? undefined : { cause })
    this.code = code
    this.reason = reason
    this.hint = advice
    this.retryable = row?.retryable ?? false
    this.path = path ?? null
    this.scannedAs = scannedAs ?? null
    this.httpStatus = httpStatus ?? null
    this.contentType = contentType ?? null
    this.paymentRequestId = details.paymentRequestId ?? null
    this.mayHaveCharged = details.mayHaveCharged ?? false
    this.mayHaveRefunded = details.mayHaveRefunded ?? false
  }

  get name() {
    return this.constructor.name
  }

  toJSON() {
    const { name, code, reason, hint, retryable, path, paymentRequestId, mayHaveCharged, mayHaveRefunded } = this
    const { scannedAs, httpStatus, contentType } = this
    return {
      name, code, reason, hint, retryable, path, paymentRequestId, mayHaveCharged, mayHaveRefunded, scannedAs, httpStatus,
      contentType,
    }
  }
}

class KeyError extends AlipayError {}
class SignatureError extends AlipayError {}
class CodeError extends AlipayError {}
class AmountError extends AlipayError {}
class ConfigurationError extends AlipayError {}
class RequestError extends AlipayError {}
class MessageError extends AlipayError {}
class PaymentError extends AlipayError {}
class StoreError extends AlipayError {}

/** What an own store throws where it found another record than was expected, or none. */
class StoreConflict extends StoreError {
  // Not a member that is printed: a record may hold a payment code.
  #found

  constructor(found = null, reason = 'the record is another one than was expected') {
    super({ code: 'store.conflict', reason })
    this.#found = found
  }

  get found() {
    return this.#found
  }
}

/** What an own store throws where it failed and certainly wrote nothing. */
class StoreNotWritten extends StoreError {
  constructor(reason = 'the store failed, and nothing was written', details) {
    super({ code: 'store.failed', reason, ...details })
  }
}

class TransportError extends AlipayError {}
class InternalError extends AlipayError {}

/** `instanceof`: of a class of this package it is the name that counts; of a host's own class, as ever, the class. */
function hasInstance(value) {
  if (!OWN.has(this)) return Function.prototype[Symbol.hasInstance].call(this, value)
  const names = typeof value === 'object' && value !== null ? value[CLASSES] : undefined
  return Array.isArray(names) && names.includes(this.name)
}
Object.defineProperty(AlipayError, Symbol.hasInstance, { value: hasInstance })

for (const Class of [
  AlipayError, KeyError, SignatureError, CodeError, AmountError, ConfigurationError, RequestError, MessageError, PaymentError,
  StoreError, StoreConflict, StoreNotWritten, TransportError, InternalError,
]) {
  OWN.add(Class)
}

/** One class a category of the catalogue. */
const classes = {
  key: KeyError,
  signature: SignatureError,
  code: CodeError,
  amount: AmountError,
  configuration: ConfigurationError,
  request: RequestError,
  message: MessageError,
  payment: PaymentError,
  store: StoreError,
  transport: TransportError,
  internal: InternalError,
}

/** What an aborted call rejects with; `cause` is the signal's reason. It stops the waiting, and not the payment. */
class AbortError extends Error {
  constructor(cause, { paymentRequestId = null, mayHaveCharged = false, mayHaveRefunded = false } = {}) {
    super('the call was aborted; a payment that was begun goes on', { cause })
    this.code = 'ABORT_ERR'
    this.paymentRequestId = paymentRequestId
    this.mayHaveCharged = mayHaveCharged
    this.mayHaveRefunded = mayHaveRefunded
  }

  get name() {
    return 'AbortError'
  }
}

/** An error of this code of the catalogue. */
function failure(code, reason, details) {
  const Class = classes[catalogue.get(code)?.category] ?? AlipayError
  return new Class({ code, reason, ...details })
}

/** The error that an object of the native part stands for. */
function fromObject({ code, reason, hint, path, ...rest }, cause) {
  return failure(code, reason, {
    hint,
    path,
    scannedAs: rest.scanned_as,
    httpStatus: rest.http_status,
    contentType: rest.content_type,
    paymentRequestId: rest.payment_request_id,
    mayHaveCharged: rest.may_have_charged,
    mayHaveRefunded: rest.may_have_refunded,
    cause,
  })
}

/** The error that a JSON text of the native part stands for. */
function fromJson(text, cause) {
  return fromObject(JSON.parse(text), cause)
}

/** Whatever the native part threw. What is not one of its own errors is a panic, or a defect of this package. */
function fromNative(thrown, cause) {
  // A TypeError of another realm has another class and the same name.
  if (thrown instanceof AlipayError || thrown instanceof AbortError || thrown?.name === 'TypeError') return thrown
  // Not `instanceof Error`: in the sandboxes of test runners it is another class.
  const text = typeof thrown?.message === 'string' ? thrown.message : String(thrown)
  if (text.startsWith('{"code":')) return fromJson(text, cause)
  return failure('internal.panic', text, { cause: thrown })
}

/** Calls the native part. */
function call(work) {
  try {
    return work()
  } catch (thrown) {
    throw fromNative(thrown)
  }
}

/** Awaits the native part. */
async function callAsync(work) {
  try {
    return await work()
  } catch (thrown) {
    throw fromNative(thrown)
  }
}

module.exports = {
  AlipayError,
  KeyError,
  SignatureError,
  CodeError,
  AmountError,
  ConfigurationError,
  RequestError,
  MessageError,
  PaymentError,
  StoreError,
  StoreConflict,
  StoreNotWritten,
  TransportError,
  InternalError,
  AbortError,
  catalogue,
  classes,
  failure,
  fromJson,
  fromObject,
  fromNative,
  call,
  callAsync,
}
