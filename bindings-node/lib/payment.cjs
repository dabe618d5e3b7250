'use strict'
// The payment machine, for hosts that bring their own HTTP client.

const { inspect } = require('node:util')
const native = require('../native.cjs')
const { call } = require('./errors.cjs')
const { bytes, flag, optionalText, options, text, time, toSnake, whole, wrong } = require('./arguments.cjs')
const { Amount } = require('./money.cjs')
const { requestJson } = require('./requests.cjs')
const { Merchant, merchantHandle } = require('./merchant.cjs')

const GUARD = Symbol('payment')

/** A policy as JSON: a preset and what replaces its numbers. */
function policyJson(policy, preset) {
  if (policy === undefined || policy === null) return undefined
  return JSON.stringify(toSnake({ preset, ...options(policy, 'policy') }))
}

/** The JSON of a message: as it arrived, or as an object. */
function messageJson(body) {
  if (typeof body === 'string' || body instanceof Uint8Array) return Buffer.from(bytes(body, 'body')).toString('utf8')
  if (typeof body !== 'object' || body === null) throw wrong('body', 'an object, a string or a Uint8Array', body)
  return JSON.stringify(body)
}

function action(output) {
  const { sequence, kind } = output
  switch (kind) {
    case 'send': {
      const { sendId, operation, path, body } = output
      return { sequence, type: kind, sendId, operation, path, body }
    }
    case 'present':
      return { sequence, type: kind, form: JSON.parse(output.form) }
    case 'conclude':
      return { sequence, type: kind, ...ended({ name: output.outcome, code: output.code, reason: output.reason }) }
    default:
      return { sequence, type: kind, kind: output.alert, detail: output.detail }
  }
}

/** How a payment ended, as it stands in results and actions. */
function ended(outcome) {
  return { outcome: outcome.name, failureCode: outcome.code ?? null, unresolvedReason: outcome.reason ?? null }
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
    if (input === GUARD) {
      this.#handle = handle
      return
    }
    const { merchant, request, policy, now, wallet, notifyUrlConfigured } = options(input, 'payment')
    if (merchant === undefined) {
      const checked = orderOf(input)
      this.#handle = call(() => native.Payment.ofOrder(...checked))
      return
    }
    if (!(merchant instanceof Merchant)) throw new TypeError('merchant must be a Merchant')
    const checked = [
      requestJson(request, 'request'),
      policyJson(policy, merchant.protocol),
      time(now, 'now'),
      optionalText(wallet, 'wallet'),
      flag(notifyUrlConfigured, 'notifyUrlConfigured'),
    ]
    this.#handle = call(() => native.Payment.ofRequest(merchantHandle(merchant), ...checked))
  }

  static restore(snapshot) {
    const checked = text(snapshot, 'snapshot')
    return new Payment(GUARD, call(() => native.Payment.restore(checked)))
  }

  begin(now) {
    return this.handle({ type: 'begin' }, now)
  }

  handle(event, now) {
    const { type, sendId, operation, certainty, body } = options(event, 'event')
    const checked = {
      kind: text(type, 'type'),
      sendId: whole(sendId, 'sendId', 0, 0xffffffff),
      operation: optionalText(operation, 'operation'),
      certainty: optionalText(certainty, 'certainty'),
      body: body === undefined ? undefined : messageJson(body),
    }
    const at = time(now, 'now') ?? Date.now()
    return call(() => this.#handle.handle(checked, at)).map(action)
  }

  snapshot() {
    return call(() => this.#handle.snapshot())
  }

  get state() {
    return this.#handle.state
  }

  get outcome() {
    return this.#handle.outcome?.name ?? null
  }

  get failureCode() {
    return this.#handle.outcome?.code ?? null
  }

  get unresolvedReason() {
    return this.#handle.outcome?.reason ?? null
  }

  get nextWakeup() {
    return this.#handle.nextWakeup ?? null
  }

  get paymentRequestId() {
    return this.#handle.paymentRequestId
  }

  get paymentId() {
    return this.#handle.paymentId ?? null
  }

  get alerts() {
    return this.#handle.alerts
  }

  get expiry() {
    return this.#handle.expiry ?? null
  }

  get begunAt() {
    return this.#handle.begunAt ?? null
  }

  [inspect.custom]() {
    return `Payment(${this.paymentRequestId}, ${this.state})`
  }
}

module.exports = { Payment, ended, policyJson }
