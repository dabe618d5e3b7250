// Cases met in use, named as in the list of cases: networks, clocks, and answers that are not what they seem.
import assert from 'node:assert/strict'
import { createServer as createHttpServer } from 'node:http'
import { createServer } from 'node:net'
import test, { after, before } from 'node:test'
import * as ai from 'alipay-instore'
import { Sandbox, TestClock, payRequest } from 'alipay-instore-testing'
import { booked, until } from './support.mjs'

const NOTIFY_URL = 'http://127.0.0.1:9/notify'
const HOUR = 3_600_000
let gateway
before(async () => {
  gateway = await Sandbox.start({ speed: 20 })
})
after(() => gateway.stop())

const clientOf = (protocol, more) => gateway.client(protocol, { store: new ai.MemoryStore(), notifyUrl: NOTIFY_URL, ...more })
const forever = async () => payRequest({ paymentCode: await gateway.freshCode('in_process_forever') })
const sent = (steps) => steps.filter(({ event }) => event.type === 'sent').map(({ event }) => event.operation)
const kinds = (result) => result.alerts.map(({ kind }) => kind)

test('m10: a refused copy of a refund says nothing of the first', () => {
  const merchant = gateway.merchant('alipay_plus', { notifyUrl: NOTIFY_URL })
  for (const resultCode of ['ACCESS_DENIED', 'SYSTEM_ERROR']) {
    const order = { paymentRequestId: 'p1', amount: ai.Amount.fromMinor(1000n, 'USD'), scenario: 'PaymentCode', apiPrefix: '/aps/api/v1', request: { paymentRequestId: 'p1' } }
    const payment = new ai.Payment({ order, policy: { preset: 'alipay_plus' } })
    payment.begin(0)
    payment.handle({ type: 'reply', sendId: 1, operation: 'pay', body: { result: { resultStatus: 'S', resultCode: 'SUCCESS' }, paymentId: 'g1' } }, 1)
    const ledger = ai.RefundLedger.of(payment)
    ledger.enter({ merchant, request: { refundRequestId: 'r1', refundAmount: ai.Amount.fromMinor(600n, 'USD') } })
    const [first] = ledger.begin('r1', 10)
    ledger.handle('r1', { type: 'no_reply', sendId: first.sendId, operation: 'refund', certainty: 'unknown' }, 20)
    const at = ledger.refund('r1').nextWakeup
    const [copy] = ledger.handle('r1', { type: 'tick' }, at)
    assert.equal(copy.body, first.body)
    ledger.handle('r1', { type: 'reply', sendId: copy.sendId, operation: 'refund', body: { result: { resultStatus: 'F', resultCode } } }, at + 1)
    // What may have been given back is not free.
    assert.deepEqual([ledger.refund('r1').state, ledger.refund('r1').outcome, ledger.left], ['refunding', null, 400n], resultCode)
  }
})

test('m11: an answer is no notification', async () => {
  const client = clientOf('ams')
  const request = await forever()
  const id = request.paymentRequestId
  await client.start(request)
  const body = {
    result: { resultStatus: 'S', resultCode: 'SUCCESS' }, paymentStatus: 'SUCCESS', paymentId: 'g1', paymentRequestId: id,
    paymentAmount: { currency: 'USD', value: '1999' },
  }
  const answer = gateway.notification({ notifyUrl: '/ams/api/v1/payments/inquiryPayment', body })
  const refused = await client.handleNotification(answer.headers, answer.body)
  assert.deepEqual([refused.status, refused.error.code, refused.result], [400, 'signature.mismatch', null])
  // Nor where it was signed over the path of the notify URL.
  const posted = gateway.notification({ notifyUrl: NOTIFY_URL, body })
  const { result } = await client.handleNotification(posted.headers, posted.body)
  assert.notEqual(result?.kind, 'taken')
  assert.equal((await client.status(id)).inProgress, true)
  assert.equal((await client.cancel(id)).outcome, 'cancelled')
  await client.close()
})

// The sandbox signed it a day ago, to another payment of the same price; an answer to pay names none in Alipay+.
test('m12: an answer that was recorded earlier settles nothing', async () => {
  const client = clientOf('alipay_plus')
  for (const [operation, alert] of [['pay', 'stale_answer'], ['inquiryPayment', 'id_mismatch']]) {
    const request = await forever()
    await gateway.inject({ fault: 'replayed', operation, payment_request_id: request.paymentRequestId })
    const result = await client.pay(request, { waitMs: Infinity })
    assert.equal(result.outcome, 'cancelled', operation)
    assert.ok(kinds(result).includes(alert), `${operation}: ${kinds(result)}`)
  }
  await client.close()
})

test('m13: a payment that is resumed after its expiry is not sent', async () => {
  const clock = new TestClock({ now: Date.now() })
  const still = await Sandbox.start({ clock })
  try {
    const store = new ai.MemoryStore()
    const request = payRequest()
    const id = request.paymentRequestId
    await still.inject({ fault: 'request_lost', operation: 'pay', payment_request_id: id })
    const till = still.client('ams', { store, clock, notifyUrl: NOTIFY_URL })
    await till.start(request)
    await new Promise((resolve) => setTimeout(resolve, 200))
    await till.close()
    clock.advance(14 * HOUR)
    const later = still.client('ams', { store, clock, notifyUrl: NOTIFY_URL })
    const resuming = later.resume(id, { waitMs: Infinity })
    let done = false
    resuming.finally(() => (done = true))
    while (!done) {
      await new Promise((resolve) => setTimeout(resolve, 5))
      clock.advance(500)
    }
    const { outcome, timeline } = await resuming
    assert.equal(outcome, 'cancelled')
    const afterwards = sent(timeline.filter(({ elapsed }) => elapsed >= HOUR))
    assert.ok(afterwards.length > 0 && !afterwards.includes('pay'), String(afterwards))
    assert.equal(await booked(still, id), undefined)
    await later.close()
  } finally {
    await still.stop()
  }
})

test('m18: two cancels of one payment at once both end', async () => {
  const store = new ai.MemoryStore()
  const clients = [clientOf('ams', { store }), clientOf('ams', { store })]
  const request = await forever()
  await clients[0].start(request)
  const results = await Promise.all(clients.map((client) => client.cancel(request.paymentRequestId)))
  assert.deepEqual(results.map(({ outcome }) => outcome), ['cancelled', 'cancelled'])
  await Promise.all(clients.map((client) => client.close()))
})

test('m19: an order code that nobody scans is not paid once it is closed', async () => {
  const client = clientOf('ams')
  const closing = Math.ceil((gateway.clock.now() + 60_000) / 1000) * 1000
  const request = payRequest({ paymentCode: null, paymentExpiryTime: new Date(closing).toISOString().replace('.000Z', 'Z') })
  const id = request.paymentRequestId
  await gateway.customer(id, { plan: 'never_scans' })
  const result = await client.pay(request, { waitMs: Infinity })
  assert.equal(result.outcome, 'cancelled')
  assert.ok(gateway.clock.now() > closing)
  assert.ok(sent(result.timeline).filter((operation) => operation === 'cancel').length < 30)
  assert.equal((await booked(gateway, id))?.net ?? '0', '0')
  await client.close()
})

/** A port where everybody is told the same, whatever he says. */
async function answering(answer) {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => socket.end(answer))
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { port: server.address().port, close: () => server.close() }
}

test('u3: each way of not connecting has its code', async () => {
  const [own, theirs] = [ai.generateKey(), ai.generateKey()].map(({ privatePem }) => ai.SigningKey.load(privatePem))
  const codeOf = async (url, options) => {
    const merchant = new ai.Merchant({ protocol: 'ams', clientId: 'C1', gateway: url, signingKey: own, gatewayKey: theirs.verifyingKey() })
    const client = new ai.Client(merchant, { store: new ai.MemoryStore(), proxy: 'none', ...options })
    const error = await client.inquire('p').catch((thrown) => thrown)
    await client.close()
    return error.code
  }
  const plain = await answering('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n')
  const proxy = await answering('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n')
  const closed = await answering('')
  closed.close()
  const secure = await Sandbox.start({ tls: true })
  const unknown = 'https://gateway.invalid'
  try {
    assert.deepEqual(
      [
        await codeOf(unknown, { connectTimeoutMs: 30_000 }),
        await codeOf(`http://127.0.0.1:${closed.port}`),
        await codeOf(secure.baseUrl),
        await codeOf(`https://127.0.0.1:${plain.port}`),
        await codeOf(unknown, { proxy: `http://127.0.0.1:${closed.port}` }),
        await codeOf(unknown, { proxy: `http://127.0.0.1:${proxy.port}` }),
      ],
      [
        'transport.name_not_found', 'transport.refused', 'transport.certificate', 'transport.protocol', 'transport.proxy',
        'transport.proxy_authentication',
      ],
    )
  } finally {
    plain.close()
    proxy.close()
    await secure.stop()
  }
})

test('u4: a connection that was idle for too long is not used again', async () => {
  const real = await Sandbox.start()
  try {
    await real.settings({ idle_reset_ms: 1_000 })
    const client = real.client('ams', { store: new ai.MemoryStore(), idleTimeoutMs: 300 })
    for (let times = 0; times < 3; times += 1) {
      const begun = Date.now()
      const { outcome, timeline } = await client.pay(payRequest())
      assert.equal(outcome, 'succeeded')
      assert.ok(Date.now() - begun < 10_000)
      assert.ok(!timeline.some(({ event }) => event.type === 'unanswered'), JSON.stringify(timeline))
      await new Promise((resolve) => setTimeout(resolve, 1_500))
    }
    await client.close()
  } finally {
    await real.stop()
  }
})

test('u5: where a clock is ten minutes off, the sale is made and the clock is named', async () => {
  for (const off of [600_000, -600_000]) {
    const wrong = await Sandbox.start({ speed: 20 })
    try {
      await wrong.settings({ clock_off_ms: off })
      for (const protocol of ['ams', 'alipay_plus']) {
        const client = wrong.client(protocol, { store: new ai.MemoryStore() })
        const result = await client.pay(payRequest({ paymentCode: await wrong.freshCode('paid_after_inquiries') }))
        assert.equal(result.outcome, 'succeeded', `${off} ${protocol}`)
        assert.ok(kinds(result).includes('clock_skew'), `${off} ${protocol}: ${kinds(result)}`)
        await client.close()
      }
    } finally {
      await wrong.stop()
    }
  }
})

// It answers each after a while, so that those that are under way at once are counted.
test('u17: many payments share a bounded number of connections', async () => {
  let [underWay, most, asked] = [0, 0, 0]
  const slow = createHttpServer((request, response) => {
    underWay += 1
    asked += 1
    most = Math.max(most, underWay)
    request.resume()
    setTimeout(() => {
      underWay -= 1
      response.end('{}')
    }, 50)
  })
  await new Promise((resolve) => slow.listen(0, '127.0.0.1', resolve))
  try {
    const [own, theirs] = [ai.generateKey(), ai.generateKey()].map(({ privatePem }) => ai.SigningKey.load(privatePem))
    const gatewayUrl = `http://127.0.0.1:${slow.address().port}`
    const merchant = new ai.Merchant({ protocol: 'ams', clientId: 'C1', gateway: gatewayUrl, signingKey: own, gatewayKey: theirs.verifyingKey() })
    const sell = async (count, options) => {
      const client = new ai.Client(merchant, { store: new ai.MemoryStore(), notifyUrlConfigured: true, ...options })
      asked = 0
      await Promise.all(Array.from({ length: count }, () => client.start(payRequest())))
      await until(() => asked >= count)
      await client.close()
      return most
    }
    const limited = await sell(20, { limits: { inFlight: 2 } })
    assert.equal(limited, 2)
    const usual = await sell(400)
    assert.ok(usual > 2 && usual <= 128, `${usual} at once`)
  } finally {
    slow.close()
    slow.closeAllConnections()
  }
})
