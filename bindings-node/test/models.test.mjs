// Messages of the documents as objects: what is documented in its place, everything else under `extra`, in answers and in
// requests. That nothing else compiles is in types/exact.mts.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import test, { after, before } from 'node:test'
import * as ai from 'alipay-instore'
import { Sandbox, TestClock, payRequest } from 'alipay-instore-testing'

let gateway
before(async () => {
  gateway = await Sandbox.start({ clock: new TestClock() })
})
after(() => gateway.stop())

const notified = (body, merchant = gateway.merchant('ams')) =>
  merchant.verifyNotification({ ...gateway.notification({ notifyUrl: '/n', body }), now: gateway.clock.now() })

test('a notification has its documented members in their place and the others under extra, in each of its objects', () => {
  const raw = `{"notifyType":"PAYMENT_RESULT","result":{"resultStatus":"S","resultCode":"SUCCESS","retryAfter":5},"paymentRequestId":"p",
    "paymentId":20260101,"paymentAmount":{"currency":"USD","value":1999},"settlementQuote":{"quotePrice":0.88156063,"baseCurrency":"USD","desk":"SG"},
    "acquirerId":null,"pspId":["A1"],"brandNew":{"a":[1]},"extra":"theirs"}`
  const { body, text } = notified(raw)
  assert.deepEqual(body, {
    notifyType: 'PAYMENT_RESULT',
    result: { resultStatus: 'S', resultCode: 'SUCCESS', extra: { retryAfter: 5 } },
    paymentRequestId: 'p',
    paymentId: '20260101',
    paymentAmount: { currency: 'USD', value: '1999' },
    settlementQuote: { quotePrice: '0.88156063', baseCurrency: 'USD', extra: { desk: 'SG' } },
    extra: { pspId: ['A1'], brandNew: { a: [1] }, extra: 'theirs' },
  })
  // As it arrived, for whoever wants it.
  assert.deepEqual(JSON.parse(text), JSON.parse(raw))
})

test('without anything unknown there is no extra', () => {
  for (const body of [{ notifyType: 'PAYMENT_RESULT', paymentRequestId: 'p' }, { notifyType: 'REFUND_RESULT', refundRequestId: 'r', refundStatus: 'SUCCESS' }]) {
    assert.deepEqual(notified(body).body, body)
  }
  assert.deepEqual(notified({ notifyType: 'REFUND_RESULT', refundStatus: 'LATER', brandNew: '1' }).body, {
    notifyType: 'REFUND_RESULT', refundStatus: 'LATER', extra: { brandNew: '1' },
  })
})

test('an amount that is none stays as it came', () => {
  for (const paymentAmount of ['19.99', { currency: 'USD', value: '1999', taxes: '7' }, { currency: {}, value: '1' }]) {
    assert.deepEqual(notified({ notifyType: 'PAYMENT_RESULT', paymentAmount }).body, { notifyType: 'PAYMENT_RESULT', extra: { paymentAmount } })
  }
  // A letter alone is a result as well.
  assert.deepEqual(notified({ paymentResult: 'S' }, gateway.merchant('alipay_plus')).body, { paymentResult: { resultStatus: 'S' } })
})

test('so have the answers to inquiries', async () => {
  const own = ai.SigningKey.load(ai.generateKey().privatePem)
  const theirs = ai.SigningKey.load(ai.generateKey().privatePem)
  const answers = {
    inquiryPayment: {
      result: { resultStatus: 'S', resultCode: 'SUCCESS' }, paymentStatus: 'SUCCESS', paymentId: 7,
      transactions: [{ transactionType: 'REFUND', transactionResult: { resultStatus: 'S', traced: true }, brandNew: 1 }], brandNew: [true],
    },
    inquiryRefund: { result: { resultStatus: 'S' }, refundStatus: 'SUCCESS', refundAmount: { currency: 'USD', value: '5' }, brandNew: null },
  }
  const server = createServer((request, response) => {
    const body = JSON.stringify(answers[request.url.split('/').pop()])
    const time = new Date().toISOString()
    const signature = theirs.sign({ path: request.url, clientId: 'C1', time, body })
    response.writeHead(200, { 'Content-Type': 'application/json', 'Client-Id': 'C1', 'Response-Time': time, Signature: signature }).end(body)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const merchant = new ai.Merchant({
    protocol: 'ams', clientId: 'C1', gateway: `http://127.0.0.1:${server.address().port}`, signingKey: own, gatewayKey: theirs.verifyingKey(),
  })
  const client = new ai.Client(merchant, { store: new ai.MemoryStore() })
  try {
    assert.deepEqual(await client.inquire('p'), {
      result: { resultStatus: 'S', resultCode: 'SUCCESS' }, paymentStatus: 'SUCCESS', paymentId: '7',
      transactions: [{ transactionType: 'REFUND', transactionResult: { resultStatus: 'S', extra: { traced: true } }, extra: { brandNew: 1 } }],
      extra: { brandNew: [true] },
    })
    assert.deepEqual(await client.inquireRefund('r'), {
      result: { resultStatus: 'S' }, refundStatus: 'SUCCESS', refundAmount: { currency: 'USD', value: '5' }, extra: { brandNew: null },
    })
  } finally {
    await client.close()
    server.close()
  }
})

test('what a request holds under extra is sent beside its other members', () => {
  const merchant = gateway.merchant('ams')
  const { order, ...rest } = payRequest()
  const request = { ...rest, order: { ...order, extra: { orderDescription: 'not this one', brandNew: { deep: 1n } } }, extra: { another: ['x'] } }
  const sent = ai.checkRequest({ merchant, request })
  assert.deepEqual([sent.another, sent.order.brandNew, sent.order.orderDescription], [['x'], { deep: '1' }, 'Two coffees'])
  assert.ok(!('extra' in sent) && !('extra' in sent.order))
  const refused = (change, wanted) => assert.throws(() => ai.checkRequest({ merchant, request: { ...request, ...change } }), wanted)
  refused({ extra: { orders: {} } }, { code: 'request.invalid', path: 'orders' })
  refused({ extra: 'x' }, { name: 'TypeError', message: 'extra must be an object, not a string' })
  refused({ order: { ...order, extra: [] } }, { name: 'TypeError', message: 'order.extra must be an object, not an array' })
})
