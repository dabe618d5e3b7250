import assert from 'node:assert/strict'
import diagnosticsChannel from 'node:diagnostics_channel'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { after, before } from 'node:test'
import {
  AggregationTemporality, InMemoryMetricExporter, MeterProvider, PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import * as ai from 'alipay-instore'
import { Sandbox, TestClock, payRequest } from 'alipay-instore-testing'
import { MapStore, OPERATIONS, PAID_AFTER_INQUIRIES, around, booked, until } from './support.mjs'

/** What a call says whose client is closed: while it waits, or as it begins. */
const INTERRUPTED = ['payment.interrupted', 'client.closed']

let gateway
before(async () => {
  gateway = await Sandbox.start({ speed: 100 })
})
after(() => gateway.stop())

test('a check says what is right, and what to do about the rest', async () => {
  const client = gateway.client('ams', { store: new ai.MemoryStore() })
  const report = await client.check()
  assert.ok(report.healthy, JSON.stringify(report))
  assert.deepEqual(Object.keys(report.checks[0]), ['name', 'status', 'detail', 'hint', 'code'])
  assert.equal(report.checks.find((check) => check.name === 'gateway_key').status, 'passed')
  const closed = new ai.Client(gateway.merchant('ams', { gateway: 'http://127.0.0.1:9' }), { store: new ai.MemoryStore() })
  const { healthy, checks } = await closed.check()
  const first = checks.find((check) => check.status === 'failed')
  assert.deepEqual([healthy, first.name, first.code], [false, 'connection', 'transport.refused'])
  assert.ok(first.hint)
})

for (const protocol of ['ams', 'alipay_plus']) {
  test(`${protocol}: a payment, inquired and refunded, agrees with the ledger`, async () => {
    const client = gateway.client(protocol, { store: new ai.MemoryStore() })
    const request = payRequest()
    const result = await client.pay(request)
    assert.deepEqual([result.outcome, result.succeeded, result.failureCode, result.alerts], ['succeeded', true, null, []])
    assert.deepEqual(result.timeline.map((step) => step.event.type), ['sent', 'answered', 'concluded'])
    assert.equal((await client.inquire(request.paymentRequestId)).paymentId, result.paymentId)
    // The same call again is the same payment.
    const again = await client.pay(request)
    assert.deepEqual([again.outcome, again.paymentId], ['succeeded', result.paymentId])
    assert.ok(!again.timeline.some((step) => step.event.type === 'sent'))
    const refund = { refundRequestId: `r-${protocol}`, refundAmount: ai.Amount.fromMinor(99n, 'USD') }
    const refunded = await client.refund(request.paymentRequestId, refund)
    assert.deepEqual([refunded.outcome, refunded.left, refunded.inProgress, refunded.stored], ['refunded', '1900', false, true])
    assert.deepEqual((await client.refund(request.paymentRequestId, refund)).refundId, refunded.refundId)
    await assert.rejects(client.refund(request.paymentRequestId, { ...refund, refundAmount: ai.Amount.fromMinor(98n, 'USD') }), {
      code: 'refund.id_reused', mayHaveCharged: true, mayHaveRefunded: true, paymentRequestId: request.paymentRequestId,
    })
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
  for (const wrong of [undefined, null, 'x', []]) {
    await assert.rejects(client.pay(wrong), (error) => error instanceof TypeError && /^request must be an object, not /.test(error.message))
  }
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

test('steps are measured for OpenTelemetry', async () => {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  const reader = new PeriodicExportingMetricReader({ exporter })
  const provider = new MeterProvider({ readers: [reader] })
  const stop = ai.measure(provider.getMeter('till'))
  const client = gateway.client('ams', { store: new ai.MemoryStore() })
  const request = payRequest({ paymentCode: PAID_AFTER_INQUIRIES })
  const { timeline } = await client.pay(request)
  await client.refund(request.paymentRequestId, { refundRequestId: 'r-measured', refundAmount: ai.Amount.fromMinor(99n, 'USD') })
  await new Promise((resolve) => setTimeout(resolve, 20))
  stop()
  await client.pay(payRequest())
  await provider.forceFlush()
  const metrics = Object.fromEntries(
    exporter.getMetrics().at(-1).scopeMetrics[0].metrics.map(({ descriptor, dataPoints }) => [
      descriptor.name,
      dataPoints.map(({ attributes, value }) => [Object.values(attributes).join(' '), value.count ?? value]),
    ]),
  )
  const inquiries = timeline.filter(({ event }) => event.type === 'answered' && event.operation === 'inquiry').length
  assert.ok(inquiries >= 3)
  assert.deepEqual(metrics['alipay_instore.payments'], [['succeeded', 1]])
  assert.deepEqual(metrics['alipay_instore.refunds'], [['refunded', 1]])
  assert.deepEqual(Object.fromEntries(metrics['alipay_instore.requests']), { 'pay U': 1, 'inquiry S': inquiries, 'refund S': 1 })
  assert.deepEqual(Object.fromEntries(metrics['alipay_instore.request.duration']), { pay: 1, inquiry: inquiries, refund: 1 })
  await provider.shutdown()
  await client.close()
  assert.throws(() => ai.measure({}), { name: 'TypeError', message: /meter must be a Meter of OpenTelemetry/ })
})

test('who aborts stops waiting, and the payment goes on', async () => {
  for (const point of [1, 2, 3, 5, 8, 12]) {
    const store = new MapStore()
    const request = payRequest({ paymentCode: PAID_AFTER_INQUIRIES })
    const controller = new AbortController()
    store.before = async (_name, number) => {
      if (number === point) controller.abort(new Error('stop'))
    }
    const client = gateway.client('ams', { store })
    const first = await client.pay(request, { signal: controller.signal }).catch((error) => error)
    if (!(first instanceof Error)) assert.equal(first.outcome, 'succeeded')
    else {
      assert.deepEqual([first.name, first.code, first.cause.message], ['AbortError', 'ABORT_ERR', 'stop'])
      assert.deepEqual([first.paymentRequestId, first.mayHaveCharged], [request.paymentRequestId, true])
    }
    const ended = async () => (await client.status(request.paymentRequestId)).outcome
    assert.equal(await until(() => ended().catch(() => null)), 'succeeded', `point ${point}`)
    assert.equal((await booked(gateway, request.paymentRequestId)).net, '1999', `point ${point}`)
    await client.close()
  }
})

test('closed at any point, a payment is resumed with nothing but the store and agrees with the ledger', async () => {
  let stopped = 0
  for (let point = 1; point < 60; point += 1) {
    const store = new MapStore()
    const request = payRequest({ paymentCode: PAID_AFTER_INQUIRIES })
    const client = gateway.client('ams', { store, ownerTimeoutMs: 500 })
    let closed
    store.before = async (_name, number) => {
      if (number === point) closed = client.close()
    }
    const first = await client.pay(request).catch((error) => error)
    await closed
    store.before = async () => {}
    if (!(first instanceof Error)) {
      assert.equal(first.outcome, 'succeeded')
      await client.close()
      if (point > 12) break
      continue
    }
    stopped += 1
    assert.ok(INTERRUPTED.includes(first.code), String(first))
    assert.equal(first.paymentRequestId, request.paymentRequestId)
    const other = gateway.client('ams', { store, ownerTimeoutMs: 500 })
    if (store.rows.size === 0) {
      await assert.rejects(other.resume(request.paymentRequestId), { code: 'request.unknown_payment' })
      assert.equal(await booked(gateway, request.paymentRequestId), undefined)
    } else {
      const result = await other.resume(request.paymentRequestId, { waitMs: Infinity })
      assert.ok(['succeeded', 'cancelled', 'failed'].includes(result.outcome), `point ${point}: ${result.outcome}`)
      const row = await booked(gateway, request.paymentRequestId)
      assert.equal(row?.net ?? '0', result.succeeded ? '1999' : '0', `point ${point}`)
    }
    await other.close()
  }
  assert.ok(stopped >= 4, `${stopped} points`)
})

test('closed after any time, with files', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'alipay-instore-test-'))
  try {
    for (const wait of [0, 1, 2, 5, 10, 20, 40, 80]) {
      const store = new ai.FileStore(folder)
      const request = payRequest({ paymentCode: PAID_AFTER_INQUIRIES })
      const client = gateway.client('ams', { store, ownerTimeoutMs: 500 })
      setTimeout(() => client.close(), wait)
      await client.pay(request).catch((error) => assert.ok(INTERRUPTED.includes(error.code), String(error)))
      await client.close()
      const again = gateway.client('ams', { store: new ai.FileStore(folder), ownerTimeoutMs: 500 })
      const result = await again.resume(request.paymentRequestId, { waitMs: Infinity }).catch((error) => {
        assert.equal(error.code, 'request.unknown_payment')
        return null
      })
      await again.close()
      // One that was resumed after its expiry was never sent.
      const row = await booked(gateway, request.paymentRequestId)
      assert.equal(row?.net ?? '0', result?.succeeded ? '1999' : '0')
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('how long a call waits, and a signal that was aborted before', async () => {
  const client = gateway.client('ams', { store: new MapStore() })
  const request = payRequest({ paymentCode: await gateway.freshCode('in_process_forever') })
  const early = await client.pay(request, { waitMs: 10_000 })
  assert.deepEqual(
    [early.inProgress, early.outcome, early.failureCode, early.unresolvedReason, early.succeeded],
    [true, null, null, null, false],
  )
  assert.ok(early.phase)
  assert.equal((await client.resume(request.paymentRequestId, { waitMs: 0 })).inProgress, true)
  await client.cancel(request.paymentRequestId, { waitMs: 0 })
  // An inquiry may be on its way to the store at any moment before.
  const ended = await client.resume(request.paymentRequestId, { waitMs: Infinity })
  assert.deepEqual([ended.outcome, ended.stored], ['cancelled', true])
  const unsold = payRequest()
  await assert.rejects(client.pay(unsold, { signal: AbortSignal.abort('why') }), { name: 'AbortError', cause: 'why', mayHaveCharged: false })
  assert.equal(await booked(gateway, unsold.paymentRequestId), undefined)
  await assert.rejects(client.pay(payRequest(), { signal: {} }), TypeError)
  for (const waitMs of [null, -1, 1.5, NaN, '5']) await assert.rejects(client.pay(unsold, { waitMs }), { code: 'config.invalid', path: 'waitMs' })
  assert.equal(await booked(gateway, unsold.paymentRequestId), undefined)
  await client.close()
})

test('u18: a misspelt option is named, and nothing is sent', async () => {
  const store = new ai.MemoryStore()
  const client = gateway.client('ams', { store })
  const request = payRequest()
  for (const [path, call] of [
    ['timeoutMs', () => client.pay(request, { timeoutMs: 5 })],
    ['wait', () => client.resume('p', { wait: 5 })],
    ['waitMs', () => client.status('p', { waitMs: 5 })],
    ['notifyURL', async () => { throw (await client.handleNotification({}, '', { notifyURL: '/n' })).error }],
    ['by', () => client.resolve('p', 'made', { by: 'M. Tan' })],
  ]) await assert.rejects(call(), { code: 'config.invalid', path }, path)
  assert.throws(() => gateway.client('ams', { store, timeoutMs: 5 }), { code: 'config.invalid', path: 'timeoutMs' })
  assert.throws(() => gateway.merchant('ams', { notifyURL: '/n' }), { code: 'config.invalid', path: 'notifyURL' })
  await assert.rejects(Sandbox.start({ fast: true }), { code: 'config.invalid', path: 'fast' })
  for (const [options, path] of [
    [{ ownerTimeoutMs: 0 }, 'ownerTimeoutMs'],
    [{ requestTimeoutMs: 1.5 }, 'requestTimeoutMs'],
    [{ limits: { perSecond: 0 } }, 'limits.perSecond'],
    [{ limits: { inflight: 2 } }, 'inflight'],
  ]) {
    assert.throws(() => gateway.client('ams', { store, ...options }), { code: 'config.invalid', path })
  }
  assert.throws(() => gateway.client('ams', { store, claims: 'no' }), /claims must be true or false/)
  await assert.rejects(client.resolve('p', 'made'), /who must be a string, not undefined/)
  await assert.rejects(client.acknowledgeAlert('p', '1', 'M. Tan'), /number must be the number of an alert/)
  await assert.rejects(client.status(), /paymentRequestId must be a string/)
  assert.equal(await booked(gateway, request.paymentRequestId), undefined)
  await client.close()
})

test('an own store that fails before the first send sends nothing and gives its cause', async () => {
  const cause = new Error('the database is away')
  for (const name of ['insert', 'load']) {
    const store = new MapStore()
    store.before = async (operation) => {
      if (operation === name) throw cause
    }
    const request = payRequest()
    const client = gateway.client('ams', { store })
    const error = await client.pay(request, { waitMs: 5_000 }).catch((thrown) => thrown)
    if (name === 'insert') {
      assert.ok(['store.failed', 'payment.interrupted'].includes(error.code), String(error))
      assert.deepEqual([error.cause, error.paymentRequestId], [cause, request.paymentRequestId])
    }
    await client.close()
    if (name === 'insert') assert.equal(await booked(gateway, request.paymentRequestId), undefined)
  }
  for (const record of [{}, { revision: 0, text: 'x' }, 7, []]) {
    const client = gateway.client('ams', { store: around(new ai.MemoryStore(), { load: async () => record, take: async () => record }) })
    const error = await client.status('p').catch((thrown) => thrown)
    assert.ok(error.code === 'store.failed' && error.cause instanceof TypeError && /what store\.(load|take) gives/.test(error.cause.message), String(error.cause))
    await client.close()
  }
  const away = () => { throw cause }
  const sync = gateway.client('ams', { store: around(new ai.MemoryStore(), { load: away, take: away }) })
  await assert.rejects(sync.status('p'), { code: 'store.failed', cause })
  await sync.close()
  for (const name of OPERATIONS) {
    assert.throws(() => gateway.client('ams', { store: around(new ai.MemoryStore(), { [name]: undefined }) }), {
      name: 'TypeError', message: `store.${name} must be a function, not undefined`,
    })
  }
  assert.throws(() => gateway.client('ams', { store: 'folder' }), TypeError)
  assert.throws(() => gateway.client('ams', {}), { code: 'config.missing', path: 'store' })
})

test('cancel reaches a payment that is being paid', async () => {
  const client = gateway.client('ams', { store: new MapStore() })
  const request = payRequest({ paymentCode: await gateway.freshCode('in_process_forever') })
  const paying = client.pay(request)
  await until(() => booked(gateway, request.paymentRequestId))
  const cancelled = await client.cancel(request.paymentRequestId)
  assert.equal((await paying).outcome, cancelled.outcome)
  assert.equal((await booked(gateway, request.paymentRequestId)).net, '0')
  assert.deepEqual(await client.resumeAll(), { payments: [], drivenElsewhere: 0 })
  await client.close()
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
  const secure = await Sandbox.start({ tls: true })
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
  const still = await Sandbox.start({ clock })
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

test("the gateway's time is known once two answers have confirmed each other", async () => {
  const client = gateway.client('ams', { store: new ai.MemoryStore() })
  try {
    assert.equal(client.gatewayTime, null)
    await client.inquire('nobody')
    assert.equal(client.gatewayTime, null)
    await until(async () => {
      await client.inquire('nobody')
      return client.gatewayTime !== null
    })
    assert.ok(Math.abs(client.gatewayTime - gateway.clock.now()) < 20_000)
  } finally {
    await client.close()
  }
})

test('a client is disposed of', async () => {
  const client = gateway.client('ams', { store: new ai.MemoryStore() })
  const paying = client.pay(payRequest({ paymentCode: PAID_AFTER_INQUIRIES }))
  const told = assert.rejects(paying, (error) => INTERRUPTED.includes(error.code))
  await client[Symbol.asyncDispose]()
  await told
  await assert.rejects(client.status('p'), { code: 'client.closed' })
  assert.equal(client.gatewayTime, null)
})
