// An order code: the till shows a code of this order, the customer scans it with any wallet, and a notification or an
// inquiry tells the result. A customer who does not pay in time is let go: the payment is cancelled.
import assert from 'node:assert/strict'
import { Amount, MemoryStore, PayRequest } from 'alipay-instore'
import { Sandbox } from 'alipay-instore-testing'

const gateway = await Sandbox.start({ speed: 20 })
const client = gateway.client('ams', { store: new MemoryStore() })

/** @param {string} price */
const order = (price) => PayRequest.forOrderCode({
  amount: Amount.fromMajor(price, 'USD'),
  paymentNotifyUrl: 'http://127.0.0.1:9/notify',
  order: {
    orderDescription: 'Coffee',
    merchant: {
      referenceMerchantId: 'M1',
      merchantMCC: '5814',
      merchantName: 'Coffee House',
      store: { referenceStoreId: 'S1', storeName: 'Harbour', storeMCC: '5814' },
    },
    env: { storeTerminalId: 'TILL7' },
  },
})
const [bought, left] = [order('4.50'), order('9.00')]

/** @param {import('alipay-instore').StartedRequest} request @param {() => unknown} then */
async function sell(request, then) {
  const { paymentRequestId } = await client.start(request)
  for await (const { event } of client.watch(paymentRequestId)) {
    if (event.type !== 'presented') continue
    const { orderCodeForm } = /** @type {import('alipay-instore').PayResponse} */ (event.form)
    console.log('show', orderCodeForm?.codeDetails?.map((code) => `${code.displayType}: ${code.codeValue}`).join(', '))
    void then()
  }
  return client.status(paymentRequestId)
}

const results = await Promise.all([
  // The customer scans it and pays.
  sell(bought, () => gateway.customer(bought.paymentRequestId, { does: 'pay' })),
  // The customer walks off, and the cashier presses cancel.
  sell(left, () => setTimeout(() => void client.cancel(left.paymentRequestId), 100)),
])
console.log(results.map((result) => result.outcome).join(', '))
assert.deepEqual(results.map((result) => result.outcome), ['succeeded', 'cancelled'])
await client.close()
await gateway.stop()
