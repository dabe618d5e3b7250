// Money given back: refunds and their notifications, what a person found out, and reverse.
import assert from 'node:assert/strict'
import test, { after, before } from 'node:test'
import * as ai from 'alipay-instore'
import { Sandbox, payRequest } from 'alipay-instore-testing'
import { MapStore, booked } from './support.mjs'

let gateway
before(async () => {
  gateway = await Sandbox.start({ speed: 100 })
})
after(() => gateway.stop())

const usd = (value) => ai.Amount.fromMinor(value, 'USD')
const NOTIFY_URL = 'http://127.0.0.1:9/notify'
const clientOf = (protocol, more) => gateway.client(protocol, { store: new MapStore(), notifyUrl: NOTIFY_URL, ...more })

const notified = (client, refundRequestId, body) =>
  handled(client, { notifyType: 'REFUND_RESULT', refundStatus: 'SUCCESS', refundRequestId, refundId: 'R1', refundAmount: { currency: 'USD', value: '99' }, ...body })

const handled = (client, body) => {
  const sent = gateway.notification({ notifyUrl: NOTIFY_URL, body })
  return client.handleNotification(sent.headers, sent.body)
}

test('a notification of a refund reaches the refund', async () => {
  const client = clientOf('ams')
  const request = payRequest()
  await client.pay(request)
  await client.refund(request.paymentRequestId, { refundRequestId: 'r1', refundAmount: usd(99n), refundNotifyUrl: NOTIFY_URL })
  const answer = await notified(client, 'r1')
  assert.deepEqual([answer.status, answer.error], [200, null])
  assert.deepEqual(answer.result, {
    kind: 'taken', paymentRequestId: request.paymentRequestId, refundRequestId: 'r1', outcome: 'succeeded', failureCode: null,
    unresolvedReason: null, alerts: [],
  })
  assert.deepEqual([answer.notification.kind, answer.notification.refundRequestId, answer.notification.paymentRequestId], ['refund_result', 'r1', null])
  const stranger = await notified(client, 'another')
  assert.deepEqual([stranger.status, stranger.error.code], [500, 'request.unknown_payment'])
  assert.equal(ai.readVerified({ protocol: 'ams', operation: 'notify', body: answer.notification.text }).refundRequestId, 'r1')
})

test('an unresolved refund counts as spent until a person has found out', () => {
  const own = ai.SigningKey.load(ai.generateKey().privatePem)
  const merchant = new ai.Merchant({
    protocol: 'ams', clientId: 'C1', gateway: 'sea', signingKey: own, gatewayKey: ai.VerifyingKey.load(ai.generateKey().publicPem),
  })
  const order = { paymentRequestId: 'p1', amount: usd(1000n), scenario: 'PaymentCode', apiPrefix: '/ams/api/v1', request: {} }
  const payment = new ai.Payment({ order, policy: { preset: 'ams' } })
  payment.begin(0)
  payment.handle({ type: 'reply', sendId: 1, operation: 'pay', body: { result: { resultStatus: 'S', resultCode: 'SUCCESS' }, paymentId: 'g1' } }, 1)
  const unresolved = () => {
    const ledger = ai.RefundLedger.of(payment)
    ledger.enter({ merchant, request: { refundRequestId: 'a', refundAmount: usd(600n) } })
    ledger.begin('a', 10)
    for (let at = ledger.refund('a').nextWakeup; at !== null; at = ledger.refund('a').nextWakeup) ledger.handle('a', { type: 'tick' }, at)
    return ledger
  }
  for (const [resolved, left, refunded] of [['made', 400n, 600n], ['not_made', 1000n, 0n]]) {
    const ledger = unresolved()
    const before = ledger.refund('a')
    assert.deepEqual([before.outcome, before.spent, before.givenBack, before.resolution, ledger.left, ledger.refunded], ['unresolved', true, false, null, 400n, 0n])
    ledger.resolve('a', { resolved, who: 'M. Tan', note: 'asked the support' }, 99)
    const restored = ai.RefundLedger.restore(ledger.snapshot())
    assert.deepEqual({ ...restored.refund('a').resolution }, { resolved, who: 'M. Tan', note: 'asked the support', at: 99 })
    assert.deepEqual([restored.left, restored.refunded, restored.refund('a').givenBack], [left, refunded, resolved === 'made'])
    assert.throws(() => ledger.resolve('a', { resolved: resolved === 'made' ? 'not_made' : 'made', who: 'M. Tan', note: '' }), { code: 'refund.not_unresolved' })
  }
  const ledger = unresolved()
  assert.throws(() => ledger.resolve('a', { resolved: 'perhaps', who: 'x', note: '' }), { code: 'request.invalid', path: 'resolved' })
  assert.throws(() => ledger.resolve('a', { resolved: 'made', who: ' ', note: '' }), { code: 'request.missing', path: 'who' })
  assert.throws(() => ledger.resolve('b', { resolved: 'made', who: 'x', note: '' }), { code: 'refund.not_begun' })
  assert.throws(() => ledger.resolve('a'), TypeError)
  // Evidence that comes later counts as well.
  ledger.handle('a', { type: 'notified', body: { notifyType: 'REFUND_RESULT', refundStatus: 'SUCCESS', refundRequestId: 'a', refundAmount: { currency: 'USD', value: '600' } } }, 100_000_000_000)
  assert.deepEqual([ledger.refund('a').outcome, ledger.refund('a').givenBack], ['unresolved', true])
})

test('only what has no known result is resolved', async () => {
  const client = clientOf('ams')
  const request = payRequest()
  await client.pay(request)
  const found = { refundRequestId: 'r', who: 'M. Tan', note: '' }
  const id = request.paymentRequestId
  await assert.rejects(client.resolve('unknown', 'made', found), { code: 'request.unknown_payment' })
  await assert.rejects(client.resolve(id, 'made', found), { code: 'refund.not_begun' })
  await client.refund(id, { refundRequestId: 'r', refundAmount: usd(1n) })
  await assert.rejects(client.resolve(id, 'made', found), { code: 'refund.not_unresolved', paymentRequestId: id, mayHaveRefunded: true })
  await assert.rejects(client.resolve(id, 'made', { ...found, refundRequestId: undefined }), { code: 'payment.not_unresolved' })
  await assert.rejects(client.resolve(id, 'perhaps', found), { code: 'request.invalid', path: 'resolved' })
  await assert.rejects(client.resolve(id), TypeError)
})

test('a refund that waits is in progress, and ends all the same', async () => {
  const client = clientOf('ams')
  const request = payRequest()
  await client.pay(request)
  for (const operation of ['refund', 'inquiryRefund']) await gateway.inject({ operation, fault: 'reply_lost', times: 20 })
  const refund = { refundRequestId: 'slow', refundAmount: usd(99n) }
  const early = await client.refund(request.paymentRequestId, refund, { waitMs: 30_000 })
  await gateway.clearFaults()
  assert.deepEqual(
    [early.inProgress, early.outcome, early.failureCode, early.left, early.mayHaveRefunded, early.stored],
    [true, null, null, '1900', true, true],
  )
  const ended = await client.refund(request.paymentRequestId, refund)
  assert.deepEqual([ended.inProgress, ended.outcome, ended.left], [false, 'refunded', '1900'])
  assert.equal((await booked(gateway, request.paymentRequestId)).net, '1900')
})

test('m17: every result is JSON', async () => {
  const client = clientOf('ams')
  const [first, second] = [payRequest(), payRequest()]
  const paid = [await client.pay(first), await client.pay(second)]
  const refunded = await client.refund(first.paymentRequestId, { refundRequestId: 'json', refundAmount: usd(99n) })
  const reversed = await client.reverse(second.paymentRequestId)
  const recovered = await client.resumeAll()
  for (const result of [...paid, refunded, reversed, recovered, await client.alerts(), await client.status(first.paymentRequestId)]) {
    assert.deepEqual(JSON.parse(JSON.stringify(result)), result)
  }
  assert.deepEqual([BigInt(refunded.left), reversed.left], [1900n, '0'])
})

for (const protocol of ['ams', 'alipay_plus']) {
  test(`${protocol}: a paid payment is reversed once`, async () => {
    const store = new MapStore()
    const client = clientOf(protocol, { store })
    const request = payRequest()
    await client.pay(request)
    assert.equal((await client.cancel(request.paymentRequestId)).outcome, 'succeeded')
    const result = await client.reverse(request.paymentRequestId)
    assert.deepEqual([result.outcome, result.failureCode, result.refundRequestId, result.left, result.alerts], ['reversed', null, null, '0', []])
    assert.deepEqual(result.timeline.map((step) => step.event.type), ['sent', 'answered', 'reverse_concluded'])
    assert.equal(result.timeline.at(-1).event.outcome, 'reversed')
    const again = await clientOf(protocol, { store }).reverse(request.paymentRequestId)
    assert.deepEqual([again.outcome, again.timeline], ['reversed', []])
    assert.equal((await booked(gateway, request.paymentRequestId)).net, '0')
    await assert.rejects(client.refund(request.paymentRequestId, { refundRequestId: 'r', refundAmount: usd(1n) }), { code: 'reverse.done' })
    await assert.rejects(client.reverse('unknown'), { code: 'request.unknown_payment' })
  })

  test(`${protocol}: what is not cancelled any more is refunded, less what was refunded before`, async () => {
    const client = clientOf(protocol)
    const request = payRequest({ paymentCode: await gateway.freshCode('cancel_window_exceeded_after_payment') })
    await client.pay(request)
    await client.refund(request.paymentRequestId, { refundRequestId: `before-${protocol}`, refundAmount: usd(99n) })
    const result = await client.reverse(request.paymentRequestId)
    assert.equal(result.outcome, 'reversed')
    assert.ok(result.refundRequestId && result.refundId)
    assert.equal((await booked(gateway, request.paymentRequestId)).net, '0')
  })
}

test('the reverse as a machine, in the ledger of its payment', () => {
  const order = { paymentRequestId: 'p1', amount: usd(1000n), scenario: 'PaymentCode', apiPrefix: '/ams/api/v1', request: {} }
  const payment = new ai.Payment({ order, policy: { preset: 'ams' } })
  assert.throws(() => ai.RefundLedger.forReverse(payment), { code: 'payment.not_final' })
  payment.begin(0)
  payment.handle({ type: 'reply', sendId: 1, operation: 'pay', body: { result: { resultStatus: 'S', resultCode: 'SUCCESS' }, paymentId: 'g1' } }, 1)
  const ledger = ai.RefundLedger.forReverse(payment)
  assert.equal(ledger.reverse, null)
  assert.throws(() => ledger.beginReverse(2), { code: 'reverse.not_begun' })
  const entered = ledger.enterReverse(payment)
  assert.deepEqual([entered.state, entered.outcome, entered.amount.value, ledger.left], ['ready', null, 1000n, 0n])
  const [sent] = ledger.beginReverse(2)
  assert.deepEqual([sent.type, sent.operation, sent.path], ['send', 'cancel', '/ams/api/v1/payments/cancel'])
  const again = ai.RefundLedger.restore(ledger.snapshot())
  assert.deepEqual(again.handleReverse({ type: 'resumed' }, 3)[0], sent)
  const body = { result: { resultStatus: 'S', resultCode: 'SUCCESS' }, paymentRequestId: 'p1' }
  const ended = ledger.handleReverse({ type: 'reply', sendId: sent.sendId, operation: 'cancel', body }, 4)
  assert.deepEqual(ended.at(-1), { sequence: 2, type: 'conclude', outcome: 'reversed', failureCode: null, unresolvedReason: null })
  assert.deepEqual([ledger.reverse.state, ledger.refunded], ['reversed', 1000n])
  assert.throws(() => ledger.handleReverse({ type: 'cancel_requested' }, 5), { code: 'config.invalid', path: 'type' })
  assert.throws(() => ledger.enterReverse({}), TypeError)
})
