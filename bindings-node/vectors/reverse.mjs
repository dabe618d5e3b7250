// A reverse driven by a list of events: the kind `reverse`. A payment that has ended, the refunds that were made of it,
// and then the reverse in the same ledger.
import { Amount, RefundLedger } from 'alipay-instore'
import { MOST_TICKS, Sends, bodyOf, feedAll, policyOf, text, ticks } from './case.mjs'
import { paymentBefore } from './flow.mjs'
import { merchantOf } from './refund.mjs'

const ANSWERS = {
  made: { result: { resultStatus: 'S', resultCode: 'SUCCESS' } },
  refused: { result: { resultStatus: 'F', resultCode: 'REFUND_WINDOW_EXCEED' } },
}

export function reverse(object) {
  return new Drive(object).run(object)
}

/** What a host would keep of a payment that is to be reversed. */
class Drive {
  sends = new Sends('cancel', 'reverse.unknown_send')
  /** Absent while there is neither a refund nor a reverse. */
  #ledger = null

  constructor(object) {
    this.payment = paymentBefore(object)
    this.merchant = merchantOf(policyOf(object).preset)
  }

  get ledger() {
    this.#ledger ??= RefundLedger.of(this.payment)
    return this.#ledger
  }

  run(object) {
    for (const refund of object.refunds ?? []) this.earlierRefund(refund)
    feedAll(object.events, (event, at) => this.feed(event, at))
    const left = this.ledger.left.toString()
    const { reverse: found } = this.ledger
    if (!found) return { state: 'ready', outcome: null, code: null, sends: [], alerts: [], left, next_wakeup: null }
    const { state, outcome, failureCode, alerts, nextWakeup } = found
    return { state, outcome, code: failureCode, sends: this.sends.operations, alerts, left, next_wakeup: nextWakeup }
  }

  /** Brings a refund to the state that the case names. */
  earlierRefund(refund) {
    const [id, state] = [text(refund, 'refund_request_id'), text(refund, 'state')]
    this.enterRefund(refund, 0)
    const body = ANSWERS[state]
    if (body) {
      this.ledger.handle(id, { type: 'reply', sendId: 1, operation: 'refund', body }, 1)
    } else if (state === 'unresolved') {
      for (let count = 0; count < MOST_TICKS; count += 1) {
        const at = this.ledger.refund(id).nextWakeup
        if (at === null) break
        this.ledger.handle(id, { type: 'tick' }, at)
      }
    }
  }

  enterRefund(refund, at) {
    const refundRequestId = text(refund, 'refund_request_id')
    const refundAmount = Amount.fromMinor(text(refund, 'amount'), this.payment.amount.currency)
    this.ledger.enter({ merchant: this.merchant, request: { refundRequestId, refundAmount } })
    this.ledger.begin(refundRequestId, at)
  }

  feed(event, at) {
    switch (text(event, 'type')) {
      case 'begin':
        this.#ledger ??= RefundLedger.forReverse(this.payment)
        this.ledger.enterReverse(this.payment)
        return this.handle({ type: 'begin' }, at)
      case 'refund':
        return this.enterRefund(event, at)
      case 'refund_reply':
        return this.refundReply(event, at)
      case 'ticks':
        return ticks(at, () => this.ledger.reverse?.nextWakeup ?? null, (due) => this.handle({ type: 'tick' }, due))
      case 'resumed':
        this.#ledger = RefundLedger.restore(this.ledger.snapshot())
    }
    this.handle(this.sends.eventOf(event), at)
  }

  /** Answers the latest send of a refund, which comes again when the refund is resumed. */
  refundReply(event, at) {
    const id = text(event, 'refund_request_id')
    const again = this.ledger.handle(id, { type: 'resumed' }, at).findLast((action) => action.type === 'send')
    const { sendId, operation } = again ?? { sendId: 1, operation: 'refund' }
    this.ledger.handle(id, { type: 'reply', sendId, operation, body: bodyOf(event) }, at)
  }

  handle(event, at) {
    this.sends.carryOut(this.ledger.handleReverse(event, at))
  }
}
