'use strict'
// 100 payments at once, from CommonJS, with the steps counted as a metrics hook does.
const assert = require('node:assert/strict')
const diagnosticsChannel = require('node:diagnostics_channel')
const { Amount, MemoryStore, PayRequest } = require('alipay-instore')
const { Sandbox } = require('alipay-instore-testing')

async function main() {
  const gateway = await Sandbox.start()
  const client = gateway.client('alipay_plus', { store: new MemoryStore() })
  /** @type {Map<string, number>} */
  const counts = new Map()
  diagnosticsChannel.subscribe('alipay-instore:step', (message) => {
    const { step } = /** @type {import('alipay-instore').StepMessage} */ (message)
    counts.set(step.event.type, (counts.get(step.event.type) ?? 0) + 1)
  })

  const started = performance.now()
  const results = await Promise.all(
    Array.from({ length: 100 }, () =>
      client.pay(
        PayRequest.forPaymentCode({
          amount: Amount.fromMajor('4.50', 'USD'),
          paymentCode: '281006029000000000000001',
          paymentNotifyUrl: 'http://127.0.0.1:9/notify',
          settlementStrategy: { settlementCurrency: 'USD' },
          order: {
            referenceOrderId: 'order',
            orderDescription: 'Coffee',
            merchant: {
              referenceMerchantId: 'M1',
              merchantMCC: '5814',
              merchantName: 'Coffee House',
              merchantAddress: { region: 'SG', city: 'Singapore' },
              store: { referenceStoreId: 'S1', storeName: 'Harbour', storeMCC: '5814' },
            },
            env: { storeTerminalId: 'TILL7' },
          },
        }),
      ),
    ),
  )
  const took = performance.now() - started
  const { payments } = await gateway.ledger()
  console.log(`${results.length} payments in ${took.toFixed(0)} ms`, Object.fromEntries(counts))
  assert.ok(results.every((result) => result.succeeded))
  assert.equal(payments.filter((row) => row.net === '450').length, 100)
  await client.close()
  await gateway.stop()
}

void main()
