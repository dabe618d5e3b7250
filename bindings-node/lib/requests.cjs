'use strict'
// Requests as objects whose members are the documents' own names, and the JSON that is made of them.

const native = require('../native.cjs')
const { call } = require('./errors.cjs')
const { options, text, time, wellFormed } = require('./arguments.cjs')
const { Amount, PaymentCode, refuseFloat } = require('./money.cjs')

/** The JSON of a request. Amounts become minor units, payment codes are exposed, since the gateway must read them. */
function requestJson(request, name) {
  options(request, name)
  return JSON.stringify(request, function (key, value) {
    const original = this[key]
    if (original instanceof PaymentCode) return original.expose()
    if (typeof original === 'bigint') return original.toString()
    if (typeof original === 'string') return wellFormed(original, key)
    if (typeof original === 'number') {
      if (key === 'value' && 'currency' in this) refuseFloat(original, 'the value')
      if (!Number.isFinite(original)) throw new TypeError(`${key} is no finite number`)
    }
    return value
  })
}

function newPaymentRequestId({ terminal = '', now } = {}) {
  const checked = [text(terminal, 'terminal'), time(now, 'now')]
  return call(() => native.newPaymentRequestId(...checked))
}

function inScenario(scenario, { paymentRequestId, amount, order, ...rest }, method) {
  if (amount !== undefined && !(amount instanceof Amount)) throw new TypeError('amount must be an Amount')
  return {
    ...rest,
    paymentRequestId: paymentRequestId ?? newPaymentRequestId({ terminal: order?.env?.storeTerminalId ?? '' }),
    paymentAmount: amount,
    paymentFactor: { ...rest.paymentFactor, inStorePaymentScenario: scenario },
    paymentMethod: { ...rest.paymentMethod, ...method },
    order,
  }
}

/** The three ways to begin a request to pay. */
const PayRequest = Object.freeze({
  forPaymentCode: ({ paymentCode, ...input }) => {
    const code = paymentCode instanceof PaymentCode ? paymentCode : new PaymentCode(paymentCode)
    return inScenario('PaymentCode', input, { paymentMethodId: code })
  },
  forOrderCode: (input) => inScenario('OrderCode', input, {}),
  forEntryCode: (input) => inScenario('EntryCode', input, {}),
})

module.exports = { PayRequest, newPaymentRequestId, requestJson }
