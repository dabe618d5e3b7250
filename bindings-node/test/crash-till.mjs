// The till that `make crash-test-node` kills: it begins a payment, or takes one up again, and says how it ended. Its
// command line and its one line of output are those that tests/src/bin/crash-till.rs describes.
import { AlipayError, Amount, Client, FileStore, Merchant, PayRequest } from 'alipay-instore'
import { TestClock } from 'alipay-instore/testing'

const [command, sandbox, store, protocol, paymentRequestId, paymentCode, value, currency] = process.argv.slice(2)

function client() {
  const clock = TestClock.fromFile(sandbox)
  return new Client(Merchant.fromFile(sandbox, protocol), { store: new FileStore(store), clock })
}

function request() {
  return PayRequest.forPaymentCode({
    paymentRequestId,
    amount: Amount.fromMinor(value, currency),
    paymentCode,
    order: {
      referenceOrderId: paymentRequestId,
      orderDescription: 'Coffee',
      merchant: {
        referenceMerchantId: 'M1',
        merchantMCC: '5411',
        merchantName: 'Shop',
        store: { referenceStoreId: 'S1', storeName: 'Shop 1', storeMCC: '5411' },
      },
      env: { storeTerminalId: 'T1' },
    },
    ...(protocol === 'alipay_plus'
      ? { settlementStrategy: { settlementCurrency: currency } }
      : { paymentNotifyUrl: 'http://127.0.0.1:9/nobody-listens' }),
  })
}

async function ended() {
  if (command === 'pay') return client().pay(request())
  if (command === 'resume') return client().resume(paymentRequestId)
  throw new TypeError('pay or resume, and what belongs to it')
}

try {
  const { outcome } = await ended()
  console.log(JSON.stringify({ outcome }))
} catch (error) {
  if (!(error instanceof AlipayError)) throw error
  console.error(String(error))
  console.log(JSON.stringify({ error: error.code }))
}
