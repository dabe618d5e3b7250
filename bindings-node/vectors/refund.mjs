// A refund by the merchant driven by a list of events: the kind `refund`.
import { Merchant, Payment, RefundLedger, SigningKey, generateKey } from 'alipay-instore'
import { Sends, amountOf, feedAll, policyOf, text, ticks } from './case.mjs'

const [own, gateway] = [generateKey(), generateKey()].map(({ privatePem }) => SigningKey.load(privatePem))

/** Whoever enters a refund needs a merchant, for the path of the gateway. */
export const merchantOf = (protocol) =>
  new Merchant({ protocol, clientId: 'C1', gateway: 'sea', signingKey: own, gatewayKey: gateway.verifyingKey() })

export function refund(object) {
  return new Drive(object).run(object)
}

/** The ledger of a payment that was just paid. */
function ledgerOf(policy, paid) {
  const order = { paymentRequestId: 'p', amount: paid, scenario: 'PaymentCode', apiPrefix: '/v1', request: { paymentRequestId: 'p' } }
  const payment = new Payment({ order, policy })
  payment.begin(0)
  const body = {
    result: { resultStatus: 'S', resultCode: 'SUCCESS' },
    paymentId: '2026',
    paymentAmount: paid,
    paymentTime: '2026-11-22T00:00:00Z',
  }
  payment.handle({ type: 'reply', sendId: 1, operation: 'pay', body }, 1)
  return RefundLedger.of(payment)
}

/** What a host would keep of a refund. */
class Drive {
  sends = new Sends('refund', 'refund.unknown_send')

  constructor(object) {
    const { refund: described } = object
    const policy = policyOf(object)
    this.id = text(described, 'refund_request_id')
    this.ledger = ledgerOf(policy, amountOf(described.paid))
    const request = { refundRequestId: this.id, refundAmount: amountOf(described.amount) }
    this.ledger.enter({ merchant: merchantOf(policy.preset), request })
  }

  get refund() {
    return this.ledger.refund(this.id)
  }

  run(object) {
    feedAll(object.events, (event, at) => this.feed(event, at))
    const { state, outcome, failureCode, alerts, nextWakeup } = this.refund
    const left = this.ledger.left.toString()
    return { state, outcome, code: failureCode, sends: this.sends.operations, alerts, left, next_wakeup: nextWakeup }
  }

  feed(event, at) {
    switch (text(event, 'type')) {
      case 'ticks':
        return ticks(at, () => this.refund.nextWakeup, (due) => this.handle({ type: 'tick' }, due))
      case 'resolve': {
        const found = { resolved: text(event, 'resolved'), who: text(event, 'who'), note: text(event, 'note') }
        return this.ledger.resolve(this.id, found, at)
      }
      case 'resumed':
        this.ledger = RefundLedger.restore(this.ledger.snapshot())
    }
    // Where nothing was sent yet the machine says what is wrong.
    const early = this.refund.state === 'ready' && event.send_id === undefined
    this.handle(this.sends.eventOf(early ? { ...event, send_id: 1, operation: 'refund' } : event), at)
  }

  handle(event, at) {
    this.sends.carryOut(this.ledger.handle(this.id, event, at))
  }
}
