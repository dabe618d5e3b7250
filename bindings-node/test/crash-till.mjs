// The till that `make crash-test-node` kills: it begins a payment, or takes one up again, and says how it ended. Its
// command line and its one line of output are those that tests/src/bin/crash-till.rs describes.
import { AlipayError, Amount, Client, FileStore, Merchant } from 'alipay-instore'
import { TestClock, payRequest } from 'alipay-instore-testing'

const [command, sandbox, store, protocol, paymentRequestId, paymentCode, value, currency] = process.argv.slice(2)

const client = new Client(Merchant.fromFile(sandbox, protocol), { store: new FileStore(store), clock: TestClock.fromFile(sandbox) })

async function ended() {
  // However long it takes: a till that was killed counts as alive for a while.
  const options = { waitMs: Infinity }
  if (command === 'resume') return client.resume(paymentRequestId, options)
  return client.pay(payRequest({ paymentRequestId, amount: Amount.fromMinor(value, currency), currency, paymentCode }), options)
}

try {
  const { outcome } = await ended()
  console.log(JSON.stringify({ outcome }))
} catch (error) {
  if (!(error instanceof AlipayError)) throw error
  console.error(String(error))
  console.log(JSON.stringify({ error: error.code }))
}

await client.close()
