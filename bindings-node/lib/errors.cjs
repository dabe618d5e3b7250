'use strict'
// The error classes, and the one place where what the native part throws becomes one of them.

const rows = require('./error-codes.cjs')

/** @type {Map<string, {code: string, category: string, retryable: boolean, mayHaveCharged: string, hint: string}>} */
const catalogue = new Map(rows.map((row) => [row.code, Object.freeze(row)]))

class AlipayError extends Error {
  /**
   * @param {{code: string, reason: string, hint?: string, path?: string | null, scannedAs?: string | null,
   *   httpStatus?: number | null, contentType?: string | null, cause?: unknown}} details
   */
  constructor({ code, reason, hint, path, scannedAs, httpStatus, contentType, cause }) {
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
  }

  get name() {
    return this.constructor.name
  }

  toJSON() {
    const { name, code, reason, hint, retryable, path, scannedAs, httpStatus, contentType } = this
    return { name, code, reason, hint, retryable, path, scannedAs, httpStatus, contentType }
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
class TransportError extends AlipayError {}
class InternalError extends AlipayError {}

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

/** What an aborted call rejects with; `cause` is the signal's reason. */
class AbortError extends Error {
  constructor(cause) {
    super('the call was aborted; a payment that was under way can be resumed', { cause })
    this.code = 'ABORT_ERR'
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

/** The error that a JSON text of the native part stands for. */
function fromJson(text, cause) {
  const { code, reason, hint, path, scanned_as: scannedAs, http_status: httpStatus, content_type: contentType } = JSON.parse(text)
  return failure(code, reason, { hint, path, scannedAs, httpStatus, contentType, cause })
}

/** Whatever the native part threw. What is not one of its own errors is a panic, or a defect of this package. */
function fromNative(thrown, cause) {
  if (thrown instanceof AlipayError || thrown instanceof AbortError || thrown instanceof TypeError) return thrown
  const text = thrown instanceof Error ? thrown.message : String(thrown)
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
  TransportError,
  InternalError,
  AbortError,
  catalogue,
  classes,
  failure,
  fromJson,
  fromNative,
  call,
  callAsync,
}
