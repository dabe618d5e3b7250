// What several workers and broken records do to recovery, and a refund that is entered again.
import assert from 'node:assert/strict'
import test, { after, before } from 'node:test'
import * as ai from 'alipay-instore'
import { Sandbox, payRequest } from 'alipay-instore-testing'
import { MapStore, booked } from './support.mjs'

let gateway
before(async () => {
  gateway = await Sandbox.start({ speed: 20 })
})
after(() => gateway.stop())

const clientOf = (store, more) => gateway.client('ams', { store, notifyUrl: 'http://127.0.0.1:9/notify', ...more })
const forever = (more) => gateway.freshCode('in_process_forever').then((paymentCode) => payRequest({ paymentCode, ...more }))

test('m4: a second worker takes nothing away from one that drives its payments', async () => {
  const store = new MapStore()
  const [till, worker] = [clientOf(store), clientOf(store)]
  const requests = await Promise.all(Array.from({ length: 4 }, () => forever()))
  for (const request of requests) assert.ok((await till.start(request)).inProgress)
  assert.deepEqual(await worker.resumeAll(), { payments: [], drivenElsewhere: 4 })
  for (const { paymentRequestId } of requests) assert.equal((await worker.cancel(paymentRequestId)).outcome, 'cancelled')
  await Promise.all([till.close(), worker.close()])
})

test('m5: a broken record is named, and stops nothing else', async () => {
  const store = new MapStore()
  const first = clientOf(store)
  const whole = await forever()
  await first.start(await forever({ paymentRequestId: 'broken' }))
  await first.start(whole)
  await first.close()
  Object.assign(store.rows.get('broken'), { text: '{', openAlerts: true })

  const client = clientOf(store)
  const { payments } = await client.resumeAll()
  const { error } = payments.find(({ paymentRequestId }) => paymentRequestId === 'broken')
  assert.equal(error.code, 'snapshot.malformed')
  assert.ok(payments.find(({ paymentRequestId }) => paymentRequestId === whole.paymentRequestId).result.inProgress)
  const { unreadable } = await client.alerts()
  assert.deepEqual(unreadable.map(({ paymentRequestId, error: { code } }) => [paymentRequestId, code]), [['broken', 'snapshot.malformed']])
  assert.equal(JSON.parse(JSON.stringify({ payments, unreadable })).unreadable[0].error.code, 'snapshot.malformed')
  assert.equal((await client.cancel(whole.paymentRequestId)).outcome, 'cancelled')
  await client.close()
})

test('m8: a refund that is entered again under its id gives back once', async () => {
  const client = clientOf(new ai.MemoryStore())
  const { paymentRequestId } = await client.pay(payRequest())
  const refund = { refundRequestId: 'R-again', refundAmount: ai.Amount.parse('5.00 USD') }
  for (let times = 0; times < 3; times += 1) assert.equal((await client.refund(paymentRequestId, refund)).outcome, 'refunded')
  assert.equal((await booked(gateway, paymentRequestId)).net, '1499')
  await assert.rejects(client.refund(paymentRequestId, { ...refund, refundAmount: ai.Amount.parse('6.00 USD') }), { code: 'refund.id_reused' })
  await client.close()
})
