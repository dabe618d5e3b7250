// The walk of an entry code: the customer scans the shop's code, which opens the merchant's page; the page starts the
// payment; the wallet is redirected; the customer confirms; an inquiry or a notification tells the result.
import assert from 'node:assert/strict'
import diagnosticsChannel from 'node:diagnostics_channel'
import { Amount, MemoryStore, PayRequest } from 'alipay-instore'
import { Sandbox } from 'alipay-instore-testing'

const gateway = await Sandbox.start({ speed: 20 })
const client = gateway.client('ams', { store: new MemoryStore() })
const request = PayRequest.forEntryCode({
  amount: Amount.fromMajor('4.50', 'USD'),
  paymentNotifyUrl: 'http://127.0.0.1:9/notify',
  paymentRedirectUrl: 'https://shop.example/thanks',
  order: {
    orderDescription: 'Coffee',
    merchant: {
      referenceMerchantId: 'M1',
      merchantMCC: '5814',
      merchantName: 'Coffee House',
      store: { referenceStoreId: 'S1', storeName: 'Harbour', storeMCC: '5814' },
    },
    env: { terminalType: 'WEB', osType: 'IOS', userAgent: 'Mozilla/5.0 AlipayClient/10', storeTerminalId: 'PAGE1' },
  },
})

diagnosticsChannel.subscribe('alipay-instore:step', (message) => {
  const { paymentRequestId, step } = /** @type {import('alipay-instore').StepMessage} */ (message)
  if (step.event.type !== 'presented' || paymentRequestId !== request.paymentRequestId) return
  // The page redirects the customer's browser to this address.
  console.log('redirect to', Object.keys(step.event.form))
  void gateway.customer(paymentRequestId, { does: 'pay' })
})

const result = await client.pay(request)
console.log(result.timeline.map((step) => step.event.type).join(', '))
assert.equal(result.outcome, 'succeeded')
await client.close()
await gateway.stop()
