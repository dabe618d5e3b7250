'use strict'
// The refunds of a payment and its reverse, for hosts that bring their own HTTP client.

const { inspect } = require('node:util')
const native = require('./library.cjs')
const { call } = require('./errors.cjs')
const { options, text, time } = require('./arguments.cjs')
const { ended, eventOf, fed } = require('./machine.cjs')
const { merchantHandle } = require('./merchant.cjs')
const { amountOf } = require('./money.cjs')
const { paymentHandle } = require('./payment.cjs')
const { requestJson } = require('./requests.cjs')
const { refuseClone } = require('./clone.cjs')

const GUARD = Symbol('refunds')

function refundOf({ refundRequestId, amount, state, outcome, refundId, nextWakeup, alerts, spent, givenBack, resolution }) {
  const { outcome: name, failureCode } = ended(JSON.parse(outcome))
  return Object.freeze({
    refundRequestId,
    amount: amountOf(amount),
    state,
    outcome: name,
    failureCode,
    refundId: refundId ?? null,
    nextWakeup: nextWakeup ?? null,
    alerts,
    spent,
    givenBack,
    resolution: resolution ?? null,
  })
}

function reverseOf({ amount, state, outcome, refundRequestId, refundId, nextWakeup, alerts }) {
  const { outcome: name, failureCode } = ended(JSON.parse(outcome))
  return Object.freeze({
    amount: amountOf(amount),
    state,
    outcome: name,
    failureCode,
    refundRequestId: refundRequestId ?? null,
    refundId: refundId ?? null,
    nextWakeup: nextWakeup ?? null,
    alerts,
  })
}

class RefundLedger {
  #handle

  constructor(guard, handle) {
    if (guard !== GUARD) throw new TypeError('a ledger comes from RefundLedger.of(…) or RefundLedger.restore(…)')
    this.#handle = handle
    refuseClone(this, 'keep its snapshot(), as a secret, and restore that')
  }

  static of(payment) {
    const checked = paymentHandle(payment)
    return new RefundLedger(GUARD, call(() => native.RefundLedger.of(checked)))
  }

  static forReverse(payment) {
    const checked = paymentHandle(payment)
    return new RefundLedger(GUARD, call(() => native.RefundLedger.forReverse(checked)))
  }

  static restore(snapshot) {
    const checked = text(snapshot, 'snapshot')
    return new RefundLedger(GUARD, call(() => native.RefundLedger.restore(checked)))
  }

  enter(input) {
    const { merchant, request } = options(input, 'enter')
    const checked = [merchantHandle(merchant), requestJson(request, 'request')]
    return refundOf(call(() => this.#handle.enter(...checked)))
  }

  begin(refundRequestId, now) {
    return this.handle(refundRequestId, { type: 'begin' }, now)
  }

  handle(refundRequestId, event, now) {
    const checked = [text(refundRequestId, 'refundRequestId'), ...eventOf(event, now)]
    return fed(() => this.#handle.handle(...checked))
  }

  resolve(refundRequestId, found, now) {
    const { resolved, who, note } = options(found, 'found')
    const checked = [
      text(refundRequestId, 'refundRequestId'),
      text(resolved, 'resolved'),
      text(who, 'who'),
      text(note, 'note'),
      time(now, 'now') ?? Date.now(),
    ]
    call(() => this.#handle.resolve(...checked))
  }

  enterReverse(payment) {
    const checked = paymentHandle(payment)
    return reverseOf(call(() => this.#handle.enterReverse(checked)))
  }

  beginReverse(now) {
    return this.handleReverse({ type: 'begin' }, now)
  }

  handleReverse(event, now) {
    const checked = eventOf(event, now)
    return fed(() => this.#handle.handleReverse(...checked))
  }

  refund(refundRequestId) {
    return this.refunds.find((refund) => refund.refundRequestId === refundRequestId) ?? null
  }

  snapshot() {
    return call(() => this.#handle.snapshot())
  }

  get refunds() {
    return call(() => this.#handle.refunds).map(refundOf)
  }

  get reverse() {
    const found = call(() => this.#handle.reverse)
    return found ? reverseOf(found) : null
  }

  get paymentRequestId() {
    return call(() => this.#handle.paymentRequestId)
  }

  get paymentId() {
    return call(() => this.#handle.paymentId) ?? null
  }

  get paid() {
    return amountOf(call(() => this.#handle.paid))
  }

  get refunded() {
    return BigInt(call(() => this.#handle.refunded))
  }

  get left() {
    return BigInt(call(() => this.#handle.left))
  }

  [inspect.custom]() {
    return `RefundLedger(${this.paymentRequestId}, ${this.left} left)`
  }
}

module.exports = { RefundLedger }
