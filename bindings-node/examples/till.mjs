// A till: scans a code, routes it, pays, and says what to do. Run it as it is: it pays at a gateway on this machine.
// In a shop the merchant comes from Merchant.fromEnv(), and the client is new Client(merchant, { store }).
import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AlipayError, Amount, CodeError, FileStore, PayRequest, PaymentCode, Router, advice } from 'alipay-instore'
import { Sandbox } from 'alipay-instore-testing'

const gateway = await Sandbox.start({ speed: 20 })
const client = gateway.client('ams', { store: new FileStore(mkdtempSync(join(tmpdir(), 'till-'))) })
const router = new Router({ ruleset: 'ams' })

/** @param {string} price @param {string} scanned */
async function sell(price, scanned) {
  try {
    // What the scanner delivers: an AIM identifier, line ends and groups of four are no obstacle.
    const code = PaymentCode.fromScan(scanned)
    const route = router.route(code)
    if (route.target === 'wallet') return `take it to ${route.wallet}`
    const request = PayRequest.forPaymentCode({
      amount: Amount.fromMajor(price, 'USD'),
      paymentCode: code,
      paymentNotifyUrl: 'http://127.0.0.1:9/notify',
      order: {
        orderDescription: 'Two coffees',
        merchant: {
          referenceMerchantId: 'M1',
          merchantMCC: '5814',
          merchantName: 'Coffee House',
          store: { referenceStoreId: 'S1', storeName: 'Harbour', storeMCC: '5814' },
        },
        env: { storeTerminalId: 'TILL7' },
      },
    })
    const result = await client.pay(request)
    if (result.outcome === 'succeeded') return 'paid'
    if (result.outcome === 'failed') {
      return advice({ protocol: 'ams', operation: 'pay', resultStatus: 'F', resultCode: result.failureCode ?? '' }).cashierEn
    }
    return result.outcome === 'unresolved' ? 'call the manager' : 'not paid'
  } catch (error) {
    if (error instanceof CodeError && error.scannedAs === 'shop_code') return 'ask the customer for the payment code'
    if (error instanceof AlipayError) return `${error.code}: ${error.hint}`
    throw error
  }
}

const said = [
  await sell('19.99', ']C1281006029000000000000001\r\n'),
  await sell('19.99', '281006029000000000000003'),
  await sell('19.99', '281006029000000000000004'),
  await sell('19.99', '12345'),
  await sell('19.99', 'https://qr.shop.example/7'),
]
console.log(said.join('\n'))
assert.deepEqual(said.slice(0, 2), ['paid', 'paid'])
assert.match(said[2] ?? '', /balance/)
assert.match(said[3] ?? '', /^code\.length/)
assert.match(said[4] ?? '', /payment code/)

await client.close()
await gateway.stop()
