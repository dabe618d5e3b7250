'use strict'
// The client: pays, refunds, reverses, inquires. It waits for what the engine in the native part drives; to stop waiting
// stops nothing.

const { inspect } = require('node:util')
// Not the globals: jsdom has none, and test runners put clocks of their own in the place of others.
const { setImmediate } = require('node:timers')
const diagnosticsChannel = require('node:diagnostics_channel')
const native = require('./library.cjs')
const { AbortError, call, callAsync, failure, fromJson, fromNative, fromObject } = require('./errors.cjs')
const {
  abortSignal, flag, headers: headerList, messageBody, optionalText, options, text, toCamel, utf8, waiting, whole, wrong,
} = require('./arguments.cjs')
const { Merchant, answer, merchantHandle, notificationHandle, notificationOf, response } = require('./merchant.cjs')
const { ended } = require('./machine.cjs')
const { exposed } = require('./money.cjs')
const { policyJson } = require('./payment.cjs')
const { bodyJson, requestJson } = require('./requests.cjs')
const { Shop } = require('./shop.cjs')
const { openStore } = require('./store.cjs')
const { onAbort } = require('./aborts.cjs')
const { refuseClone } = require('./clone.cjs')

const CLOCK = Symbol.for('alipay-instore.clock')
const LONGEST_TIMER = 2 ** 31 - 1
/** A client that closes returns after this time at the latest. */
const CLOSING_MS = 5_000
const OPTIONS = [
  'store', 'requestTimeoutMs', 'connectTimeoutMs', 'idleTimeoutMs', 'ownerTimeoutMs', 'claims', 'proxy',
  'extraRootCertificates', 'policy', 'notifyUrlConfigured', 'acknowledgeUnknown', 'clock', 'shop',
  'limits',
]
/** What can be limited; the core has the defaults. */
const LIMITS = ['inFlight', 'perSecond', 'burst']
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

const alert = (found) => toCamel(found)

/**
 * A result under the names of this language. `outcome`, and what belongs to it, is `null` while it is in progress. A member has
 * the name of the outcome that was hoped for.
 */
function result(text, well) {
  const { outcome, code, reason, alerts, timeline, ...rest } = JSON.parse(text)
  return {
    ...toCamel(rest),
    ...ended({ outcome, code, reason }),
    [well]: outcome === well,
    alerts: alerts.map(alert),
    timeline: timeline.map(step),
  }
}

const paymentResult = (text) => result(text, 'succeeded')

function notifiedResult(text) {
  const { kind, outcome, code, reason, alerts, ...rest } = JSON.parse(text)
  return kind === 'taken' ? { kind, ...toCamel(rest), ...ended({ outcome, code, reason }), alerts: alerts.map(alert) } : { kind }
}

/** What an error of a call about money can mean. */
const CHARGES = { mayHaveCharged: true }
const REFUNDS = { mayHaveCharged: true, mayHaveRefunded: true }

function checkLimits(limits) {
  const given = options(limits, 'limits', LIMITS)
  return Object.fromEntries(LIMITS.map((name) => [name, whole(given[name], `limits.${name}`, 1, 2 ** 32 - 1)]))
}

class Client {
  #handle
  #merchant
  #calls
  #shop
  #closing

  constructor(merchant, input) {
    const {
      store, requestTimeoutMs, connectTimeoutMs, idleTimeoutMs, ownerTimeoutMs, claims, proxy, extraRootCertificates = [],
      policy, notifyUrlConfigured, acknowledgeUnknown, clock, shop, limits,
    } = options(input, 'options', OPTIONS)
    const certificates = Array.isArray(extraRootCertificates) ? extraRootCertificates : [extraRootCertificates]
    if (!(merchant instanceof Merchant)) throw wrong('merchant', 'a Merchant', merchant)
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
      ownerTimeoutMs: whole(ownerTimeoutMs, 'ownerTimeoutMs', 1, LONGEST_TIMER),
      claims: flag(claims, 'claims'),
      proxy: optionalText(proxy, 'proxy'),
      // Node.js itself reads it only for its own TLS.
      extraRootFile: process.env.NODE_EXTRA_CA_CERTS || undefined,
      extraRootCertificates: certificates.map((pem) => utf8(pem, 'extraRootCertificates', 'transport.configuration')),
      policy: policyJson(policy, merchant.protocol),
      notifyUrlConfigured: flag(notifyUrlConfigured, 'notifyUrlConfigured'),
      acknowledgeUnknown: flag(acknowledgeUnknown, 'acknowledgeUnknown'),
      limits: checkLimits(limits),
    }
    refuseClone(this, 'it has threads and connections; make one in each process, on the same store')
    this.#shop = shop === undefined ? undefined : new Shop(shop)
    this.#merchant = merchant
    const opened = openStore(store)
    const { contexts } = opened.calls
    this.#calls = opened.calls
    const { protocol, clientId } = merchant
    if (clock !== undefined && clock?.[CLOCK] === undefined) throw wrong('clock', 'a TestClock of alipay-instore-testing', clock)
    // Holds nothing of this client, which could not be collected else.
    const onStep = (paymentRequestId, json) => {
      if (!steps.hasSubscribers) return
      contexts.run(paymentRequestId, () => steps.publish({ paymentRequestId, protocol, clientId, step: step(JSON.parse(json)) }))
    }
    this.#handle = call(() => native.Client.build(merchantHandle(merchant), opened.handle, clock?.[CLOCK], checked, onStep))
  }

  get merchant() {
    return this.#merchant
  }

  get gatewayTime() {
    return call(() => this.#handle.gatewayTime()) ?? null
  }

  async pay(request, input) {
    const { wallet, waitMs, signal } = options(input, 'options', ['wallet', 'waitMs', 'signal'])
    const json = requestJson(request, 'request')
    const call = { request: json, wallet: optionalText(wallet, 'wallet'), wait_ms: waiting(waitMs, 'waitMs') }
    return paymentResult(await this.#ask('pay', { signal, id: request.paymentRequestId, ...CHARGES }, call))
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
    const { paymentRequestId, waitMs, signal } = options(input, 'options', ['paymentRequestId', 'waitMs', 'signal'])
    if (this.#shop === undefined) {
      throw failure('config.missing', 'the client was made without a shop', {
        path: 'shop',
        hint: 'nothing was sent; pass shop: {…} to the client, or a whole request to pay',
      })
    }
    const { id, json } = this.#shop.request({ ...sale, paymentRequestId })
    const call = { request: json, wait_ms: waiting(waitMs, 'waitMs'), fresh: paymentRequestId === undefined }
    return paymentResult(await this.#ask('pay', { signal, id, ...CHARGES }, call))
  }

  async start(request, input) {
    const json = requestJson(request, 'request')
    const about = { ...only(input, ['signal']), id: request.paymentRequestId, ...CHARGES }
    return paymentResult(await this.#ask('start', about, { request: json }))
  }

  async status(paymentRequestId, input) {
    const about = of(paymentRequestId, input)
    return paymentResult(await this.#ask('status', about, { payment_request_id: about.id }))
  }

  async resume(paymentRequestId, input) {
    const { wait, ...about } = waitingFor(paymentRequestId, input)
    return paymentResult(await this.#ask('resume', { ...about, ...CHARGES }, { payment_request_id: about.id, wait_ms: wait }))
  }

  async resumeAll(input) {
    const found = JSON.parse(await this.#ask('resume_all', listing(input)))
    const payments = found.payments.map(({ payment_request_id: paymentRequestId, result, error }) =>
      error ? { paymentRequestId, error: fromObject(error) } : { paymentRequestId, result: paymentResult(JSON.stringify(result)) },
    )
    return { payments, drivenElsewhere: found.driven_elsewhere }
  }

  async cancel(paymentRequestId, input) {
    const { wait, ...about } = waitingFor(paymentRequestId, input)
    return paymentResult(await this.#ask('cancel', { ...about, ...CHARGES }, { payment_request_id: about.id, wait_ms: wait }))
  }

  async refund(paymentRequestId, request, input) {
    const { wait, ...about } = waitingFor(paymentRequestId, input)
    const json = requestJson(request, 'request')
    const call = { payment_request_id: about.id, request: json, wait_ms: wait }
    return result(await this.#ask('refund', { ...about, ...REFUNDS }, call), 'refunded')
  }

  async reverse(paymentRequestId, input) {
    const { wait, ...about } = waitingFor(paymentRequestId, input)
    return result(await this.#ask('reverse', { ...about, ...REFUNDS }, { payment_request_id: about.id, wait_ms: wait }), 'reversed')
  }

  async resolve(paymentRequestId, resolved, input) {
    const { who, note, refundRequestId, ...about } = of(paymentRequestId, input, ['who', 'note', 'refundRequestId', 'signal'])
    const found = {
      payment_request_id: about.id,
      refund_request_id: optionalText(refundRequestId, 'refundRequestId'),
      resolved: text(resolved, 'resolved'),
      who: text(who, 'who'),
      note: text(note, 'note'),
    }
    await this.#ask('resolve', about, found)
  }

  async check(input) {
    return JSON.parse(await this.#ask('check', listing(input)))
  }

  async alerts(input) {
    const found = JSON.parse(await this.#ask('alerts', listing(input)))
    return {
      alerts: found.alerts.map(({ payment_request_id: paymentRequestId, alert: open }) => ({ paymentRequestId, ...alert(open) })),
      unreadable: found.unreadable.map(({ payment_request_id: paymentRequestId, error }) => ({ paymentRequestId, error: fromObject(error) })),
    }
  }

  async acknowledgeAlert(paymentRequestId, number, who, input) {
    const about = of(paymentRequestId, input)
    if (typeof number !== 'number') throw wrong('number', 'the number of an alert', number)
    const checked = { number: whole(number, 'number', 0, 0xffffffff), who: text(who, 'who') }
    await this.#ask('acknowledge_alert', about, { payment_request_id: about.id, ...checked })
  }

  /** Verifies, stores, and says what to answer. Never rejects: what went wrong is in `error`. */
  async handleNotification(headers, body, input) {
    let notification = null
    try {
      const { notifyUrl } = options(input, 'options', ['notifyUrl'])
      const checked = [optionalText(notifyUrl, 'notifyUrl'), headerList(headers), messageBody(body)]
      notification = notificationOf(call(() => this.#handle.verifyNotification(...checked)))
      const handled = await this.#told(notification, undefined, (handle, abort) => this.#handle.handleVerified(handle, abort))
      return {
        ...answer(handled.answer),
        notification,
        result: handled.result ? notifiedResult(handled.result) : null,
        error: handled.error ? fromJson(handled.error, this.#causeOf(notification)) : null,
      }
    } catch (error) {
      return { ...Merchant.refuse(error), notification, result: null, error }
    }
  }

  async notified(notification, input) {
    const { signal } = only(input, ['signal'])
    return notifiedResult(await this.#told(notification, signal, (handle, abort) => this.#handle.notified(handle, abort)))
  }

  #told(notification, signal, start) {
    const handle = notificationHandle(notification)
    const { paymentRequestId, refundRequestId } = notification
    return this.#run({ signal, id: paymentRequestId, also: refundRequestId }, (abort) => start(handle, abort))
  }

  #causeOf({ paymentRequestId, refundRequestId }) {
    return this.#calls.causeOf(paymentRequestId) ?? this.#calls.causeOf(refundRequestId)
  }

  /** The steps of a stored payment as they happen, until it has its result. */
  watch(paymentRequestId, input) {
    return this.#watch(of(paymentRequestId, input))
  }

  async *#watch(about) {
    const watch = await this.#run(about, (abort) => this.#handle.watch(about.id, abort))
    for (;;) {
      const json = await this.#run(about, (abort) => watch.next(abort), { closed: true })
      if (json === null) return
      yield step(JSON.parse(json))
    }
  }

  async runWorker(input) {
    const { signal } = only(input, ['signal'])
    try {
      await this.#ask('run_worker', { signal })
    } catch (error) {
      // It was asked to stop, and it has.
      if (!(error instanceof AbortError)) throw error
    }
  }

  async inquire(paymentRequestId, input) {
    const about = of(paymentRequestId, input)
    return JSON.parse(await this.#ask('inquire', about, { payment_request_id: about.id }))
  }

  async inquireRefund(refundRequestId, input) {
    const { id: also, signal } = of(refundRequestId, input, ['signal'], 'refundRequestId')
    return JSON.parse(await this.#ask('inquire_refund', { signal, also }, { refund_request_id: also }))
  }

  async call(path, body, input) {
    const checked = [text(path, 'path'), typeof body === 'string' ? text(body, 'body', 'request.invalid') : bodyJson(body, 'body')]
    return response(await this.#run(only(input, ['signal']), (abort) => this.#handle.call(...checked, abort)))
  }

  /** Gives back what this client drives, so that other processes go on with it at once, and lets go of everything. */
  close() {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close() {
    const begun = Date.now()
    await callAsync(() => this.#handle.close())
    // A clock that is set meanwhile can only shorten this.
    await this.#calls.settled(Math.max(0, CLOSING_MS - Math.abs(Date.now() - begun)))
  }

  /** Makes the call of this name; what is undefined is not among its arguments. A request is JSON already. */
  #ask(name, about, { request, ...others } = {}) {
    const text = JSON.stringify(others)
    const json = request === undefined ? text : `{"request":${request}${text === '{}' ? '' : ','}${text.slice(1)}`
    return this.#run(about, (abort) => this.#handle.ask(name, json, abort))
  }

  /** Waits for one call until it is done or aborted. `id` and `also` are the payment and the refund that it is about. */
  async #run({ signal, id, also, ...money }, start, { closed = false } = {}) {
    abortSignal(signal)
    if (this.#closing !== undefined && !closed) throw failure('client.closed', 'the client was closed')
    if (signal?.aborted) throw new AbortError(signal.reason, { paymentRequestId: id })

    const abort = call(() => new native.Abort())
    const forget = signal && onAbort(signal, () => abort.abort())
    const leave = this.#calls.contexts.enter([id, also])
    try {
      return await start(abort)
    } catch (thrown) {
      const error = fromNative(thrown)
      if (signal?.aborted && error.code === 'client.closed') throw new AbortError(signal.reason, { paymentRequestId: id, ...money })
      throw this.#withCause(thrown, error, id ?? also ?? '')
    } finally {
      // Steps that came before the result may be told one turn of the event loop after it.
      setImmediate(() => setImmediate(leave))
      forget?.()
    }
  }

  /** What an own store threw is the cause of an error that comes of it. */
  #withCause(thrown, error, id) {
    const ofStore = error.code?.startsWith('store.') || error.code === 'payment.interrupted'
    const cause = ofStore ? this.#calls.causeOf(id) : undefined
    return cause === undefined ? error : fromNative(thrown, cause)
  }

  [inspect.custom]() {
    return `Client(${inspect(this.#merchant)})`
  }
}

const only = (input, names) => options(input, 'options', names)
/** A call about whatever the store lists. */
const listing = (input) => ({ ...only(input, ['signal']), also: 'list' })

/** The payment that a call is about, and its options. */
function of(paymentRequestId, input, names = ['signal'], name = 'paymentRequestId') {
  return { ...only(input, names), id: text(paymentRequestId, name) }
}

/** The same for a call that waits for an end. */
function waitingFor(paymentRequestId, input) {
  const { waitMs, ...about } = of(paymentRequestId, input, ['waitMs', 'signal'])
  return { ...about, wait: waiting(waitMs, 'waitMs') }
}

if (Symbol.dispose) {
  Client.prototype[Symbol.dispose] = function () {
    // Whoever wants to wait for it uses close().
    this.close().catch(() => {})
  }
}
if (Symbol.asyncDispose) {
  Client.prototype[Symbol.asyncDispose] = function () {
    return this.close()
  }
}

module.exports = { Client, CLOCK }
