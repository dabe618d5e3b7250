// A payment driven by a list of events: the kinds `flow` and `snapshot`.
import { Payment } from 'alipay-instore'
import { Sends, amountOf, feedAll, policyOf, text, ticks } from './case.mjs'

export function flow(object) {
  return new Drive(paymentOf(object)).run(object)
}

export function snapshot(object) {
  return new Drive(Payment.restore(text(object, 'snapshot'))).run(object)
}

/** The payment of a case after the events of its member `before`. */
export function paymentBefore(object) {
  const drive = new Drive(paymentOf(object))
  drive.run({ events: object.before })
  return drive.payment
}

function paymentOf(object) {
  const { payment } = object
  const expiry = payment.payment_expiry_time
  const order = {
    paymentRequestId: text(payment, 'payment_request_id'),
    amount: amountOf(payment.amount),
    scenario: text(payment, 'scenario'),
    paymentExpiryTime: typeof expiry === 'string' ? new Date(expiry) : expiry,
    apiPrefix: '/ams/api/v1',
    request: { paymentRequestId: payment.payment_request_id, paymentMethodId: payment.payment_code ?? '' },
  }
  return new Payment({ order, policy: policyOf(object) })
}

/** What a host would keep of a payment. */
class Drive {
  sends = new Sends('pay', 'payment.unknown_send')

  constructor(payment) {
    this.payment = payment
  }

  run(object) {
    feedAll(object.events, (event, at) => this.feed(event, at))
    const { state, outcome, alerts, nextWakeup } = this.payment
    return { state, outcome, sends: this.sends.operations, alerts, next_wakeup: nextWakeup }
  }

  feed(event, at) {
    if (text(event, 'type') === 'ticks') {
      return ticks(at, () => this.payment.nextWakeup, (due) => this.handle({ type: 'tick' }, due))
    }
    const told = this.sends.eventOf(event)
    if (told.type === 'resumed') this.payment = Payment.restore(this.payment.snapshot())
    this.handle(told, at)
  }

  handle(event, at) {
    this.sends.carryOut(this.payment.handle(event, at))
  }
}
