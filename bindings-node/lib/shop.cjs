'use strict'
// The shop of a till, stated once, so that a sale is one call.

const native = require('./library.cjs')
const { call, failure } = require('./errors.cjs')
const { options, optionalText, text, toSnake, wrong } = require('./arguments.cjs')
const { Amount } = require('./money.cjs')
const { newPaymentRequestId } = require('./requests.cjs')

const SHOP = [
  'merchantId', 'merchantName', 'mcc', 'storeId', 'storeName', 'storeMcc', 'terminal', 'settlementCurrency', 'notifyUrl', 'redirectUrl',
]

class Shop {
  #json
  #terminal

  constructor(input) {
    const stated = options(input, 'shop', SHOP)
    this.#terminal = optionalText(stated.terminal, 'terminal') ?? ''
    this.#json = JSON.stringify(toSnake(stated))
    try {
      call(() => native.checkShop(this.#json))
    } catch (error) {
      const path = error.path?.replace(/_(\w)/g, (_, letter) => letter.toUpperCase())
      throw failure(error.code, error.reason, { path, hint: error.hint })
    }
  }

  /** The body of pay for a sale, as JSON. It may hold the payment code. */
  request({ scenario, amount, description, paymentRequestId, ...more }) {
    if (!(amount instanceof Amount)) throw wrong('amount', 'an Amount, such as Amount.parse("19.99 USD")', amount)
    const sale = {
      scenario,
      payment_request_id: optionalText(paymentRequestId, 'paymentRequestId') ?? newPaymentRequestId({ terminal: this.#terminal }),
      currency: amount.currency,
      value: String(amount.value),
      description: text(description, 'description'),
      ...more,
    }
    return { id: sale.payment_request_id, json: call(() => native.saleRequest(this.#json, JSON.stringify(sale))) }
  }
}

module.exports = { Shop }
