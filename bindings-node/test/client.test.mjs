import assert from 'node:assert/strict'
import diagnosticsChannel from 'node:diagnostics_channel'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { after, before } from 'node:test'
import * as ai from 'alipay-instore'
import { TestClock, payRequest, startGateway } from 'alipay-instore/testing'
import { MapStore, PAID_AFTER_INQUIRIES, booked } from './support.mjs'

let gateway
before(async () => {
  gateway = await startGateway({ speed: 100 })
})
after(() => gateway.stop())

for (const protocol of ['ams', 'alipay_plus']) {
  test(`${protocol}: a payment, inquired and refunded, agrees with the ledger`, async () => {
    const client = gateway.client(protocol, { store: new ai.MemoryStore() })
    const request = payRequest()
    const result = await client.pay(request)
    assert.deepEqual([result.outcome, result.succeeded, result.failureCode, result.alerts], ['succeeded', true, null, []])
    assert.deepEqual(result.timeline.map((step) => step.event.type), ['sent', 'answered', 'concluded'])
    assert.equal((await client.inquire(request.paymentRequestId)).paymentId, result.paymentId)
    await assert.rejects(client.pay(request), { code: 'store.exists', name: 'StoreError' })
    const refund = { refundRequestId: `r-${protocol}`, refundAmount: ai.Amount.fromMinor(99n, 'USD') }
    const refunded = await client.refund(request.paymentRequestId, refund)
    assert.deepEqual([refunded.outcome, refunded.left], ['refunded', 1900n])
    await assert.rejects(
      client.refund(request.paymentRequestId, { refundRequestId: 'r2', refundAmount: ai.Amount.fromMinor(1901n, 'USD') }),
      { code: 'request.refund_exceeds', name: 'RequestError' },
    )
    if (protocol === 'ams') assert.equal((await client.inquireRefund('r-ams')).refundStatus, 'SUCCESS')
    const row = await booked(gateway, request.paymentRequestId)
    assert.deepEqual([row.state, row.net, row.pays], ['succeeded', '1900', 1])
    await client.close()
    await assert.rejects(client.pay(payRequest()), { code: 'client.closed', name: 'TransportError' })
  })
}

const SHOP = {
  merchantId: 'M1', merchantName: 'Coffee House', mcc: '5814', storeId: 'S1', storeName: 'Harbour', terminal: 'TILL7',
  settlementCurrency: 'USD', notifyUrl: 'https://shop.example/notify',
}

for (const protocol of ['ams', 'alipay_plus']) {
  test(`${protocol}: a sale in one call`, async () => {
    const client = gateway.client(protocol, { store: new ai.MemoryStore(), shop: SHOP })
    const result = await client.payCode('281006020000000000125733', ai.Amount.parse('19.99 USD'), 'Two coffees')
    assert.ok(result.succeeded)
    assert.match(result.paymentRequestId, /_TILL7_/)
    assert.equal((await booked(gateway, result.paymentRequestId)).net, '1999')
    await assert.rejects(client.payCode('https://shop.example', ai.Amount.parse('1.00 USD'), 'Tea'), { name: 'CodeError' })
    await assert.rejects(client.payCode('281006020000000000125733', 19.99, 'Tea'), TypeError)
  })
}

test('a shop says what is wrong with it', async () => {
  const store = new ai.MemoryStore()
  assert.throws(() => gateway.client('ams', { store, shop: { ...SHOP, storeName: undefined } }), {
    code: 'config.missing', path: 'storeName',
  })
  assert.throws(() => gateway.client('ams', { store, shop: { ...SHOP, terminalId: 'T' } }), { code: 'config.invalid', path: 'terminalId' })
  await assert.rejects(gateway.client('ams', { store }).payCode('281006020000000000125733', ai.Amount.parse('1.00 USD'), 'Tea'), {
    code: 'config.missing', path: 'shop', hint: /nothing was sent/,
  })
  assert.throws(() => ai.Amount.parse('19.99'), { code: 'amount.format' })
})

test('a request that the documents forbid names its member, and nothing is sent', async () => {
  const client = gateway.client('ams', { store: new ai.MemoryStore() })
  const request = payRequest()
  request.order.orderDescription = 'x'.repeat(257)
  await assert.rejects(client.pay(request), { code: 'request.too_long', path: 'order.orderDescription' })
  await assert.rejects(client.pay({ ...payRequest(), paymentAmount: { currency: 'USD', value: 19.99 } }), { code: 'amount.float' })
  for (const wrong of [undefined, null, 'x', []]) await assert.rejects(client.pay(wrong), TypeError)
  await assert.rejects(client.resume('unknown'), { code: 'request.unknown_payment' })
  assert.equal(await booked(gateway, request.paymentRequestId), undefined)
})

test('what was allowed and may be a mistake is a warning', async () => {
  const client = gateway.client('ams', { store: new ai.MemoryStore() })
  const request = payRequest({ price: '0.09', currency: 'HKD' })
  delete request.order.merchant.merchantName
  request.order.orderAmount = ai.Amount.fromMajor('0.10', 'HKD')
  const { warnings } = await client.pay(request, { wallet: 'ALIPAY_HK' })
  const expiry = warnings.find((note) => note.kind === 'default_expiry')
  assert.ok(expiry.expiry > Date.now())
  assert.deepEqual(warnings.filter((note) => note !== expiry).sort((a, b) => a.kind.localeCompare(b.kind)), [
    { kind: 'below_minimum', wallet: 'ALIPAY_HK', payment: '0.09 HKD', minimum: '0.10 HKD' },
    { kind: 'field_missing', path: 'order.merchant.merchantName' },
    { kind: 'order_amount_differs', order: '0.10 HKD', payment: '0.09 HKD' },
  ])
  await assert.rejects(client.pay(payRequest({ price: '1.05', currency: 'HKD' }), { wallet: 'OCTOPUS' }), { code: 'amount.rule', hint: /0\.10 HKD/ })
})

test('steps are published', async () => {
  const seen = []
  const listen = (message) => seen.push(message)
  diagnosticsChannel.subscribe('alipay-instore:step', listen)
  const client = gateway.client('ams', { store: new ai.MemoryStore() })
  const request = payRequest({ paymentCode: PAID_AFTER_INQUIRIES })
  const result = await client.pay(request)
  await new Promise((resolve) => setTimeout(resolve, 20))
  diagnosticsChannel.unsubscribe('alipay-instore:step', listen)
  assert.deepEqual(seen.map((message) => message.step), result.timeline)
  assert.deepEqual([seen[0].paymentRequestId, seen[0].protocol], [request.paymentRequestId, 'ams'])
  assert.ok(!JSON.stringify(seen).includes(PAID_AFTER_INQUIRIES))
})

test('aborted at any point, a payment is resumed from the store alone and agrees with the ledger', async () => {
  let stopped = 0
  for (let point = 1; point < 60; point += 1) {
    const store = new MapStore()
    const request = payRequest({ paymentCode: PAID_AFTER_INQUIRIES })
    const controller = new AbortController()
    store.before = async (_name, number) => {
      if (number === point) controller.abort(new Error('stop'))
    }
    const client = gateway.client('ams', { store })
    const first = await client.pay(request, { signal: controller.signal }).catch((error) => error)
    if (!(first instanceof Error)) {
      assert.equal(first.outcome, 'succeeded')
      break
    }
    stopped += 1
    assert.deepEqual([first.name, first.code, first.cause.message], ['AbortError', 'ABORT_ERR', 'stop'])
    store.before = async () => {}
    const other = gateway.client('ams', { store })
    if (store.records.size === 0) {
      await assert.rejects(other.resume(request.paymentRequestId), { code: 'request.unknown_payment' })
      assert.equal(await booked(gateway, request.paymentRequestId), undefined)
      continue
    }
    const result = await other.resume(request.paymentRequestId)
    assert.equal(result.outcome, 'succeeded', `point ${point}`)
    assert.equal((await booked(gateway, request.paymentRequestId)).net, '1999', `point ${point}`)
  }
  assert.ok(stopped >= 6, `${stopped} points`)
})

test('aborted after any time, with files', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'alipay-instore-test-'))
  try {
    for (const wait of [0, 1, 2, 5, 10, 20, 40, 80]) {
      const store = new ai.FileStore(folder)
      const request = payRequest({ paymentCode: PAID_AFTER_INQUIRIES })
      const client = gateway.client('ams', { store })
      const controller = new AbortController()
      setTimeout(() => controller.abort(), wait)
      await client.pay(request, { signal: controller.signal }).catch((error) => assert.equal(error.name, 'AbortError'))
      const again = gateway.client('ams', { store })
      const result = await again.resume(request.paymentRequestId).catch((error) => {
        assert.equal(error.code, 'request.unknown_payment')
        return null
      })
      const row = await booked(gateway, request.paymentRequestId)
      assert.equal(row?.net, result === null ? undefined : '1999')
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('out of time, and a signal that was aborted before', async () => {
  const client = gateway.client('ams', { store: new MapStore(), timeoutMs: 1 })
  await assert.rejects(client.pay(payRequest({ paymentCode: PAID_AFTER_INQUIRIES })), { code: 'transport.timeout', retryable: true, hint: /resume/ })
  await assert.rejects(client.pay(payRequest(), { signal: AbortSignal.abort('why') }), { name: 'AbortError', cause: 'why' })
  await assert.rejects(client.pay(payRequest(), { signal: {} }), TypeError)
  for (const timeoutMs of [0, -1, 1.5, '5']) await assert.rejects(client.pay(payRequest(), { timeoutMs }), { code: 'config.invalid' })
})

test('an own store that fails sends nothing and gives its cause', async () => {
  const cause = new Error('the database is away')
  for (const name of ['get', 'put']) {
    const store = new MapStore()
    store.before = async (operation) => {
      if (operation === name) throw cause
    }
    const request = payRequest()
    await assert.rejects(gateway.client('ams', { store }).pay(request), { code: 'store.failed', cause })
    assert.equal(await booked(gateway, request.paymentRequestId), undefined)
  }
  for (const record of [{}, { revision: 0, snapshot: 'x' }, { revision: 1.5, snapshot: 'x' }, { revision: 1, snapshot: 7 }]) {
    const store = { get: async () => record, put: async () => {}, ids: async () => [] }
    await assert.rejects(gateway.client('ams', { store }).resume('p'), { code: 'store.failed' })
  }
  const sync = { get: () => { throw cause }, put: () => {}, ids: () => [] }
  await assert.rejects(gateway.client('ams', { store: sync }).resume('p'), { code: 'store.failed', cause })
  assert.throws(() => gateway.client('ams', { store: {} }), TypeError)
  assert.throws(() => gateway.client('ams', {}), { code: 'config.missing', path: 'store' })
})

test('cancel reaches a payment that is being paid, and resumeAll resumes the others', async () => {
  const store = new MapStore()
  const client = gateway.client('ams', { store })
  const forever = (await gateway.behaviours()).find((row) => row.name === 'in_process_forever')
  const request = payRequest({ paymentCode: forever.code })
  const paying = client.pay(request)
  while (!(await booked(gateway, request.paymentRequestId))) await new Promise((resolve) => setTimeout(resolve, 5))
  const cancelled = await client.cancel(request.paymentRequestId)
  assert.equal((await paying).outcome, cancelled.outcome)
  assert.equal((await booked(gateway, request.paymentRequestId)).net, '0')
  const [{ result }] = await client.resumeAll()
  assert.equal(result.outcome, cancelled.outcome)
})

test('call signs, sends and verifies any API', async () => {
  const client = gateway.client('ams', { store: new ai.MemoryStore() })
  const request = payRequest()
  await client.pay(request)
  const answer = await client.call('v1/payments/inquiryPayment', { paymentRequestId: request.paymentRequestId })
  assert.equal(answer.body.paymentStatus, 'SUCCESS')
  await assert.rejects(client.call('/../x', {}), { code: 'gateway.path' })
})

test('TLS with the authority of the gateway', async () => {
  const secure = await startGateway({ tls: true })
  try {
    const client = secure.client('ams', { store: new ai.MemoryStore() })
    assert.equal((await client.pay(payRequest())).outcome, 'succeeded')
    const stranger = new ai.Client(secure.merchant('ams'), { store: new ai.MemoryStore() })
    await assert.rejects(stranger.inquire('p'), { code: 'transport.certificate', retryable: false })
    assert.throws(() => new ai.Client(secure.merchant('ams'), { store: new ai.MemoryStore(), extraRootCertificates: 'no pem' }), { code: 'transport.configuration' })
  } finally {
    await secure.stop()
  }
})

test('a test clock stands still until it is advanced', async () => {
  const clock = new TestClock({ now: Date.UTC(2026, 0, 1) })
  const still = await startGateway({ clock })
  try {
    assert.equal(still.clock.now(), Date.UTC(2026, 0, 1))
    const client = still.client('ams', { store: new ai.MemoryStore(), clock })
    const paying = client.pay(payRequest({ paymentCode: PAID_AFTER_INQUIRIES }))
    let done = false
    paying.finally(() => (done = true))
    while (!done) {
      await new Promise((resolve) => setTimeout(resolve, 5))
      clock.advance(500)
    }
    assert.equal((await paying).outcome, 'succeeded')
  } finally {
    await still.stop()
  }
})

test('a client is disposed of', async () => {
  const client = gateway.client('ams', { store: new ai.MemoryStore() })
  const paying = client.pay(payRequest({ paymentCode: PAID_AFTER_INQUIRIES }))
  await client[Symbol.asyncDispose]()
  await assert.rejects(paying, { code: 'client.closed' })
})
