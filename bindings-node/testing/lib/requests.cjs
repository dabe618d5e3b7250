'use strict'
// A request for tests.

const { checks, main } = require('./parts.cjs')
const { Amount, PayRequest } = main

/** A payment code that the gateway's wallet pays at once. */
const PAID_AT_ONCE = '281006020000000000125733'

/** A request that both protocols take, to be changed where a test needs it. */
function payRequest(input) {
  const { price = '19.99', currency = 'USD', paymentCode = PAID_AT_ONCE, ...rest } = checks.options(input, 'payRequest')
  const request = {
    amount: rest.amount ?? Amount.fromMajor(price, currency),
    paymentNotifyUrl: 'http://127.0.0.1:9/notify',
    settlementStrategy: { settlementCurrency: currency },
    order: {
      referenceOrderId: 'ORDER-1',
      orderDescription: 'Two coffees',
      merchant: {
        referenceMerchantId: 'M1',
        merchantMCC: '5814',
        merchantName: 'Coffee House',
        merchantDisplayName: 'Coffee House',
        merchantAddress: { region: 'SG', city: 'Singapore' },
        store: { referenceStoreId: 'S1', storeName: 'Harbour', storeMCC: '5814', storeTerminalId: 'TILL7' },
      },
      env: { storeTerminalId: 'TILL7', userAgent: 'Mozilla/5.0' },
    },
    ...rest,
  }
  return paymentCode === null ? PayRequest.forOrderCode(request) : PayRequest.forPaymentCode({ paymentCode, ...request })
}

module.exports = { PAID_AT_ONCE, payRequest }
