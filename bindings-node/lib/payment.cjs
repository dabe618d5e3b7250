'use strict'
// The payment machine, for hosts that bring their own HTTP client.

const { inspect } = require('node:util')
const native = require('./library.cjs')
const { call } = require('./errors.cjs')
const { optionalText, options, text, time, toSnake, wrong } = require('./arguments.cjs')
const { ended, eventOf, fed } = require('./machine.cjs')
const { merchantHandle } = require('./merchant.cjs')
const { Amount, amountOf } = require('./money.cjs')
const { checkInput, requestJson } = require('./requests.cjs')
const { refuseClone } = require('./clone.cjs')

const GUARD = Symbol('payment')

/** A policy as JSON: a preset and what replaces its numbers. */
function policyJson(policy, preset) {
  if (policy === undefined || policy === null) return undefined
  return JSON.stringify(toSnake({ preset, ...options(policy, 'policy') }))
}

function orderOf({ order, policy }) {
  const { paymentRequestId, amount, scenario, paymentExpiryTime, apiPrefix, refundRequestId, request } = options(order, 'order')
  if (!(amount instanceof Amount)) throw new TypeError('order.amount must be an Amount')
  return [
    {
      paymentRequestId: text(paymentRequestId, 'order.paymentRequestId'),
      currency: amount.currency,
      value: amount.value.toString(),
      scenario: text(scenario, 'order.scenario'),
      paymentExpiryTime: time(paymentExpiryTime, 'order.paymentExpiryTime'),
      apiPrefix: text(apiPrefix, 'order.apiPrefix'),
      refundRequestId: optionalText(refundRequestId, 'order.refundRequestId'),
      request: requestJson(request, 'order.request'),
    },
    policyJson(policy ?? {}, undefined),
  ]
}

class Payment {
  #handle

  constructor(input, handle) {
    refuseClone(this, 'keep its snapshot(), as a secret, and restore that')
    if (input === GUARD) {
      this.#handle = handle
      return
    }
    const given = options(input, 'payment', ['merchant', 'request', 'policy', 'now', 'wallet', 'notifyUrlConfigured', 'order'])
    const { merchant, request, policy, now, order, ...rest } = given
    if (merchant === undefined) {
      if (order === undefined) throw new TypeError('payment must have a merchant and a request, or an order')
      const checked = orderOf(given)
      this.#handle = call(() => native.Payment.ofOrder(...checked))
      return
    }
    const checked = [
      merchantHandle(merchant),
      requestJson(request, 'request'),
      checkInput(rest),
      policyJson(policy, merchant.protocol),
      time(now, 'now'),
    ]
    this.#handle = call(() => native.Payment.ofRequest(...checked))
  }

  /** For the ledger of its refunds. */
  get [GUARD]() {
    return this.#handle
  }

  static restore(snapshot) {
    const checked = text(snapshot, 'snapshot')
    return new Payment(GUARD, call(() => native.Payment.restore(checked)))
  }

  begin(now) {
    return this.handle({ type: 'begin' }, now)
  }

  handle(event, now) {
    const checked = eventOf(event, now)
    return fed(() => this.#handle.handle(...checked))
  }

  snapshot() {
    return call(() => this.#handle.snapshot())
  }

  get state() {
    return call(() => this.#handle.state)
  }

  get #ended() {
    return ended(JSON.parse(call(() => this.#handle.outcome)))
  }

  get outcome() {
    return this.#ended.outcome
  }

  get failureCode() {
    return this.#ended.failureCode
  }

  get unresolvedReason() {
    return this.#ended.unresolvedReason
  }

  get nextWakeup() {
    return call(() => this.#handle.nextWakeup) ?? null
  }

  get paymentRequestId() {
    return call(() => this.#handle.paymentRequestId)
  }

  get paymentId() {
    return call(() => this.#handle.paymentId) ?? null
  }

  get amount() {
    return amountOf(call(() => this.#handle.amount))
  }

  get alerts() {
    return call(() => this.#handle.alerts)
  }

  get expiry() {
    return call(() => this.#handle.expiry) ?? null
  }

  get expiryWarning() {
    const warning = call(() => this.#handle.expiryWarning)
    return warning == null ? null : JSON.parse(warning)
  }

  get begunAt() {
    return call(() => this.#handle.begunAt) ?? null
  }

  [inspect.custom]() {
    return `Payment(${this.paymentRequestId}, ${this.state})`
  }
}

function paymentHandle(payment) {
  if (!(payment instanceof Payment)) throw wrong('payment', 'a Payment', payment)
  return payment[GUARD]
}

module.exports = { Payment, paymentHandle, policyJson }
