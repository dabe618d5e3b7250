'use strict'
// The client: pays, refunds, reverses, inquires. Each call can be aborted; what was stored is enough to resume it.

const { inspect } = require('node:util')
const diagnosticsChannel = require('node:diagnostics_channel')
const native = require('../native.cjs')
const { AbortError, call, failure, fromJson, fromNative } = require('./errors.cjs')
const { flag, optionalText, options, text, toCamel, utf8, whole, wrong } = require('./arguments.cjs')
const { Merchant, merchantHandle, notificationHandle, response } = require('./merchant.cjs')
const { ended } = require('./machine.cjs')
const { exposed } = require('./money.cjs')
const { policyJson } = require('./payment.cjs')
const { requestJson } = require('./requests.cjs')
const { Shop } = require('./shop.cjs')
const { openStore } = require('./store.cjs')

const CLOCK = Symbol.for('alipay-instore.clock')
const LONGEST_TIMER = 2 ** 31 - 1
const steps = diagnosticsChannel.channel('alipay-instore:step')

/** What happened in a step, under the names of this language. */
function eventOfStep({ outcome, code, reason, error, ...rest }) {
  return {
    ...toCamel(rest),
    ...(error && { error: toCamel(error) }),
    ...(outcome !== undefined && ended({ outcome, code, reason })),
  }
}

const step = ({ event, ...rest }) => ({ ...rest, event: eventOfStep(event) })

function paymentResult(text) {
  const { outcome, code, reason, timeline, ...rest } = JSON.parse(text)
  const succeeded = outcome === 'succeeded'
  return { ...toCamel(rest), ...ended({ outcome, code, reason }), succeeded, timeline: timeline.map(step) }
}

function refundResult({ result, left }) {
  const { code, ...rest } = JSON.parse(result)
  return { ...toCamel(rest), failureCode: code, left: BigInt(left) }
}

function reverseResult({ result, left }) {
  const { code, timeline, ...rest } = JSON.parse(result)
  return { ...toCamel(rest), failureCode: code, left: BigInt(left), timeline: timeline.map(step) }
}

const taken = ({ code, reason, ...rest }) => toCamel(rest)

class Client {
  #handle
  #merchant
  #store
  #shop
  #timeoutMs
  #closed = false
  #calls = new Map()

  constructor(merchant, input) {
    const {
      store, timeoutMs, requestTimeoutMs, connectTimeoutMs, idleTimeoutMs, proxy, extraRootCertificates = [], policy,
      notifyUrlConfigured, clock, shop,
    } = options(input, 'options')
    const certificates = Array.isArray(extraRootCertificates) ? extraRootCertificates : [extraRootCertificates]
    if (!(merchant instanceof Merchant)) throw new TypeError('merchant must be a Merchant')
    if (store === undefined) {
      throw failure('config.missing', 'the client has no store', {
        path: 'store',
        hint: 'pass new FileStore(folder), or new MemoryStore() where a payment may be lost with the process',
      })
    }
    const checked = {
      connectTimeoutMs: whole(connectTimeoutMs, 'connectTimeoutMs', 1, LONGEST_TIMER),
      requestTimeoutMs: whole(requestTimeoutMs, 'requestTimeoutMs', 1, LONGEST_TIMER),
      idleTimeoutMs: whole(idleTimeoutMs, 'idleTimeoutMs', 1, LONGEST_TIMER),
      proxy: optionalText(proxy, 'proxy'),
      // Node.js itself reads it for its own TLS alone.
      extraRootFile: process.env.NODE_EXTRA_CA_CERTS || undefined,
      extraRootCertificates: certificates.map((pem) => utf8(pem, 'extraRootCertificates', 'transport.configuration')),
      policy: policyJson(policy, merchant.protocol),
      notifyUrlConfigured: flag(notifyUrlConfigured, 'notifyUrlConfigured'),
    }
    this.#shop = shop === undefined ? undefined : new Shop(shop)
    this.#timeoutMs = whole(timeoutMs, 'timeoutMs', 1, LONGEST_TIMER)
    this.#merchant = merchant
    this.#store = openStore(store)
    const { protocol, clientId } = merchant
    const onStep = (paymentRequestId, json) => {
      if (steps.hasSubscribers) steps.publish({ paymentRequestId, protocol, clientId, step: step(JSON.parse(json)) })
    }
    this.#handle = call(() =>
      native.Client.build(merchantHandle(merchant), this.#store.handle, clock?.[CLOCK], checked, onStep),
    )
  }

  get merchant() {
    return this.#merchant
  }

  get gatewayTime() {
    return call(() => this.#handle.gatewayTime()) ?? null
  }

  async pay(request, input) {
    const { wallet, ...limits } = options(input, 'options')
    const checked = [requestJson(request, 'request'), optionalText(wallet, 'wallet')]
    return paymentResult(await this.#run(limits, request.paymentRequestId, (abort) => this.#handle.pay(...checked, abort)))
  }

  async payCode(scanned, amount, description, input) {
    return this.#sell({ scenario: 'PaymentCode', amount, description, code: text(exposed(scanned), 'code', 'code.not_digits') }, input)
  }

  async payOrderCode(amount, description, input) {
    return this.#sell({ scenario: 'OrderCode', amount, description }, input)
  }

  async payEntryCode(amount, description, userAgent, input) {
    return this.#sell({ scenario: 'EntryCode', amount, description, user_agent: text(userAgent, 'userAgent') }, input)
  }

  async #sell(sale, input) {
    const { paymentRequestId, ...limits } = options(input, 'options')
    if (this.#shop === undefined) {
      throw failure('config.missing', 'the client was made without a shop', {
        path: 'shop',
        hint: 'nothing was sent; pass shop: {…} to the client, or a whole request to pay',
      })
    }
    const { id, json } = this.#shop.request({ ...sale, paymentRequestId })
    return paymentResult(await this.#run(limits, id, (abort) => this.#handle.pay(json, undefined, abort)))
  }

  async resume(paymentRequestId, input) {
    const id = text(paymentRequestId, 'paymentRequestId')
    return paymentResult(await this.#run(input, id, (abort) => this.#handle.resume(id, abort)))
  }

  async resumeAll(input) {
    const results = await this.#run(input, '', (abort) => this.#handle.resumeAll(abort))
    return results.map(([paymentRequestId, ended, json]) =>
      ended ? { paymentRequestId, result: paymentResult(json) } : { paymentRequestId, error: fromJson(json) },
    )
  }

  async notified(notification, input) {
    const handle = notificationHandle(notification)
    const json = await this.#run(input, notification.paymentRequestId ?? '', (abort) => this.#handle.notified(handle, abort))
    return taken(JSON.parse(json))
  }

  /** Verifies, stores, and says what to answer. Never rejects: what went wrong is in `error`. */
  async answerNotification(input) {
    try {
      const { notifyUrl, headers, body, now, acknowledgeUnknown = false } = options(input, 'answerNotification')
      const notification = this.#merchant.verifyNotification({ notifyUrl, headers, body, now })
      const notified = await this.notified(notification)
      if (notified.kind === 'unknown' && !acknowledgeUnknown) {
        throw failure('request.unknown_payment', 'no payment or refund of this id is stored here')
      }
      return { ...this.#merchant.acknowledge({ notification, now }), notification, notified, error: null }
    } catch (error) {
      return { ...Merchant.refuse(error), notification: null, notified: null, error }
    }
  }

  async cancel(paymentRequestId, input) {
    const id = text(paymentRequestId, 'paymentRequestId')
    return paymentResult(await this.#run(input, id, (abort) => this.#handle.cancel(id, abort)))
  }

  async refund(paymentRequestId, request, input) {
    const id = text(paymentRequestId, 'paymentRequestId')
    const json = requestJson(request, 'request')
    return refundResult(await this.#run(input, native.refundRecordId(id), (abort) => this.#handle.refund(id, json, abort)))
  }

  async resumeRefund(paymentRequestId, refundRequestId, input) {
    const id = text(paymentRequestId, 'paymentRequestId')
    const refund = text(refundRequestId, 'refundRequestId')
    return refundResult(
      await this.#run(input, native.refundRecordId(id), (abort) => this.#handle.resumeRefund(id, refund, abort)),
    )
  }

  async resolveRefund(paymentRequestId, refundRequestId, found, input) {
    const id = text(paymentRequestId, 'paymentRequestId')
    const { resolved, who, note } = options(found, 'found')
    const checked = {
      refundRequestId: text(refundRequestId, 'refundRequestId'),
      resolved: text(resolved, 'resolved'),
      who: text(who, 'who'),
      note: text(note, 'note'),
    }
    await this.#run(input, native.refundRecordId(id), (abort) => this.#handle.resolveRefund(id, checked, abort))
  }

  async reverse(paymentRequestId, input) {
    const id = text(paymentRequestId, 'paymentRequestId')
    return reverseResult(await this.#run(input, native.refundRecordId(id), (abort) => this.#handle.reverse(id, abort)))
  }

  async inquire(paymentRequestId, input) {
    const id = text(paymentRequestId, 'paymentRequestId')
    return JSON.parse(await this.#run(input, id, (abort) => this.#handle.inquire(id, abort)))
  }

  async inquireRefund(refundRequestId, input) {
    const id = text(refundRequestId, 'refundRequestId')
    return JSON.parse(await this.#run(input, id, (abort) => this.#handle.inquireRefund(id, abort)))
  }

  async call(path, body, input) {
    const checked = [text(path, 'path'), typeof body === 'string' ? text(body, 'body', 'request.invalid') : requestJson(body, 'body')]
    return response(await this.#run(input, '', (abort) => this.#handle.call(...checked, abort)))
  }

  /** Stops every call of this client where it is, and returns when they have stopped. Payments can be resumed. */
  async close() {
    this.#stop()
    await Promise.allSettled([...this.#calls.values()])
    await this.#store.settled()
  }

  #stop() {
    this.#closed = true
    for (const stop of this.#calls.keys()) stop(() => failure('client.closed', 'the client was closed'))
  }

  /** One call, until it is done, aborted, out of time, or the client is closed. */
  async #run(input, id, start) {
    const { signal, timeoutMs = this.#timeoutMs } = options(input, 'options')
    whole(timeoutMs, 'timeoutMs', 1, LONGEST_TIMER)
    if (signal !== undefined && !(signal instanceof AbortSignal)) throw wrong('signal', 'an AbortSignal', signal)
    if (this.#closed) throw failure('client.closed', 'the client was closed')
    if (signal?.aborted) throw new AbortError(signal.reason)

    const abort = call(() => new native.Abort())
    let why
    const stop = (reason) => {
      why ??= reason
      abort.abort()
    }
    const onAbort = () => stop(() => new AbortError(signal.reason))
    const late = () =>
      failure('transport.timeout', `the call did not end within ${timeoutMs} ms`, {
        hint: 'a payment that was under way has no result yet: resume it',
      })
    signal?.addEventListener('abort', onAbort, { once: true })
    const timer = timeoutMs === undefined ? undefined : setTimeout(() => stop(late), timeoutMs)
    const work = this.#settle(start, abort, id, () => why)
    this.#calls.set(stop, work)
    try {
      return await work
    } finally {
      this.#calls.delete(stop)
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
    }
  }

  async #settle(start, abort, id, why) {
    try {
      return await start(abort)
    } catch (thrown) {
      const error = fromNative(thrown, this.#store.takeCause(id))
      if (error.code !== 'client.closed') throw error
      // What an own store was writing when the call ended must be there before anybody resumes it.
      await this.#store.settled()
      throw why()?.() ?? error
    }
  }

  [inspect.custom]() {
    return `Client(${inspect(this.#merchant)})`
  }
}

if (Symbol.dispose) {
  Client.prototype[Symbol.dispose] = function () {
    // What is under way ends by itself; whoever wants to wait for it uses close().
    this.close().catch(() => {})
  }
}
if (Symbol.asyncDispose) {
  Client.prototype[Symbol.asyncDispose] = function () {
    return this.close()
  }
}

module.exports = { Client, CLOCK }
