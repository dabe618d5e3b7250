// Sales that several processes, a notification, or an impatient caller have a part in.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { after, before } from 'node:test'
import { fileURLToPath } from 'node:url'
import * as ai from 'alipay-instore'
import { Sandbox, payRequest } from 'alipay-instore-testing'
import { PAID_AFTER_INQUIRIES, booked, until } from './support.mjs'

const NOTIFY_URL = 'http://127.0.0.1:9/notify'
let gateway
const folders = []
before(async () => {
  gateway = await Sandbox.start({ speed: 20 })
})
after(async () => {
  for (const folder of folders) rmSync(folder, { recursive: true })
  await gateway.stop()
})

const folder = () => {
  folders.push(mkdtempSync(join(tmpdir(), 'alipay-instore-test-')))
  return folders.at(-1)
}
const clientOf = (store, more) => gateway.client('ams', { store, notifyUrl: NOTIFY_URL, ...more })
const forever = (more) => gateway.freshCode('in_process_forever').then((paymentCode) => payRequest({ paymentCode, ...more }))

/** Hands the client a genuine notification that this payment was paid. */
const told = (client, paymentRequestId, body) => {
  const sent = gateway.notification({
    notifyUrl: NOTIFY_URL,
    body: {
      notifyType: 'PAYMENT_RESULT', result: { resultCode: 'SUCCESS', resultStatus: 'S', resultMessage: 'success' },
      paymentRequestId, paymentId: '2026112619401080010011', paymentAmount: { currency: 'USD', value: '1999' }, ...body,
    },
  })
  return client.handleNotification(sent.headers, sent.body)
}

test('m3: a notification that reaches another process ends the pay that waits here', async () => {
  const shared = folder()
  const [till, receiver] = [clientOf(new ai.FileStore(shared)), clientOf(new ai.FileStore(shared), { claims: false })]
  const request = await forever()
  const paying = till.pay(request)
  await until(() => booked(gateway, request.paymentRequestId))
  const answer = await told(receiver, request.paymentRequestId)
  assert.deepEqual([answer.status, answer.error, answer.result.outcome], [200, null, 'succeeded'])
  const result = await paying
  assert.deepEqual([result.outcome, result.mayHaveCharged, result.stored], ['succeeded', true, true])
  // One that settles nothing leaves the payment with its driver.
  const other = await forever()
  const waiting = till.pay(other)
  await until(() => booked(gateway, other.paymentRequestId))
  const nothing = await told(receiver, other.paymentRequestId, { result: { resultCode: 'PAYMENT_IN_PROCESS', resultStatus: 'U' } })
  assert.equal(nothing.status, 200)
  assert.equal((await receiver.cancel(other.paymentRequestId)).outcome, 'cancelled')
  assert.equal((await waiting).outcome, 'cancelled')
  await Promise.all([till.close(), receiver.close()])
})

test('m6: evidence against an outcome is an alert, until somebody acknowledges it, and the money can be given back', async () => {
  const store = new ai.MemoryStore()
  const client = clientOf(store)
  const request = payRequest({ paymentCode: await gateway.freshCode('balance_too_low') })
  const id = request.paymentRequestId
  const failed = await client.pay(request)
  assert.deepEqual([failed.outcome, failed.mayHaveCharged, failed.alerts], ['failed', false, []])
  const answer = await told(client, id)
  assert.equal(answer.status, 200)
  const [raised] = answer.result.alerts
  assert.deepEqual([answer.result.alerts.length, raised.part, raised.refundRequestId, raised.acknowledged], [1, 'payment', null, null])
  const open = await client.alerts()
  assert.deepEqual(open, { alerts: [{ paymentRequestId: id, ...raised }], unreadable: [] })
  const now = await client.status(id)
  assert.deepEqual([now.outcome, now.mayHaveCharged, now.alerts], ['failed', true, [raised]])
  // The same notification again changes nothing.
  assert.deepEqual((await told(client, id)).result.alerts, [])
  await assert.rejects(client.acknowledgeAlert(id, 7, 'M. Tan'), { code: 'request.invalid' })
  await client.acknowledgeAlert(id, raised.number, 'M. Tan')
  await client.acknowledgeAlert(id, raised.number, 'somebody else')
  assert.deepEqual((await client.alerts()).alerts, [])
  const [{ acknowledged }] = (await client.status(id)).alerts
  assert.equal(acknowledged.who, 'M. Tan')
  assert.ok(Number.isInteger(acknowledged.at))
  // It is not refused: what the gateway says decides, which here took nothing.
  assert.equal((await client.reverse(id)).inProgress, false)
  await client.close()
})

test('m9: of two payments with one id and different amounts, the second is told that the id is used', async () => {
  const shared = folder()
  for (const [first, second] of [[0, 0], [0, 1]]) {
    const clients = [clientOf(new ai.FileStore(shared)), clientOf(new ai.FileStore(shared))]
    const request = payRequest()
    const other = payRequest({ paymentRequestId: request.paymentRequestId, price: '5.00' })
    const ended = await Promise.allSettled([clients[first].pay(request), clients[second].pay(other)])
    const [paid] = ended.filter(({ status }) => status === 'fulfilled').map(({ value }) => value)
    const [refused] = ended.filter(({ status }) => status === 'rejected').map(({ reason }) => reason)
    assert.equal(paid.outcome, 'succeeded')
    assert.deepEqual([refused.name, refused.code, refused.paymentRequestId], ['PaymentError', 'payment.id_reused', request.paymentRequestId])
    assert.doesNotMatch(refused.hint, /use a new id/)
    const row = await booked(gateway, request.paymentRequestId)
    assert.deepEqual([row.pays, row.net], [1, ended[0].status === 'fulfilled' ? '1999' : '500'])
    // Another code alone is the same request.
    const mine = ended[0].status === 'fulfilled' ? request : other
    const again = await clients[0].pay({ ...mine, paymentMethod: { paymentMethodId: '281006020000000000125741' } })
    assert.deepEqual([again.outcome, again.codeIgnored], ['succeeded', true])
    await Promise.all(clients.map((client) => client.close()))
  }
})

test('u14: a sale is begun, looked at and waited for', async () => {
  const client = clientOf(new ai.MemoryStore())
  const request = payRequest({ paymentCode: PAID_AFTER_INQUIRIES })
  const id = request.paymentRequestId
  const begun = await client.start(request)
  assert.deepEqual([begun.inProgress, begun.outcome, begun.stored, begun.paymentRequestId], [true, null, true, id])
  assert.equal((await client.status(id)).inProgress, true)
  assert.equal((await client.resume(id, { waitMs: 1 })).inProgress, true)
  const result = await client.resume(id)
  assert.deepEqual([result.outcome, (await client.status(id)).outcome, (await client.start(request)).outcome], ['succeeded', 'succeeded', 'succeeded'])
  assert.deepEqual([(await booked(gateway, id)).pays, (await booked(gateway, id)).net], [1, '1999'])
  await assert.rejects(client.status('unknown'), { code: 'request.unknown_payment', mayHaveCharged: false })
  await client.close()
})

test('u14: a till shows the code of an order that was begun, and follows it to its end', async () => {
  const client = clientOf(new ai.MemoryStore())
  const request = payRequest({ paymentCode: null })
  const id = request.paymentRequestId
  await client.start(request)
  const seen = []
  for await (const step of client.watch(id)) {
    seen.push(step.event.type)
    if (step.event.type === 'presented') {
      assert.ok(step.event.form.orderCodeForm)
      await gateway.customer(id, { does: 'pay' })
    }
  }
  assert.deepEqual([seen.includes('presented'), seen.at(-1)], [true, 'concluded'])
  // One that has ended shows its end at once.
  const ended = []
  for await (const step of client.watch(id)) ended.push(step.event)
  assert.deepEqual(ended, [{ type: 'concluded', outcome: 'succeeded', failureCode: null, unresolvedReason: null }])
  await assert.rejects(client.watch('unknown').next(), { code: 'request.unknown_payment' })
  assert.throws(() => client.watch(5), TypeError)
  // Who stops watching, or whose client is closed, is not held.
  const open = await forever()
  await client.start(open)
  const controller = new AbortController()
  const aborted = client.watch(open.paymentRequestId, { signal: controller.signal })
  const next = (async () => { for await (const _ of aborted); })()
  setTimeout(() => controller.abort(), 50)
  await assert.rejects(next, { name: 'AbortError', paymentRequestId: open.paymentRequestId })
  for await (const step of client.watch(open.paymentRequestId)) {
    assert.ok(step)
    break
  }
  const closing = (async () => { for await (const _ of client.watch(open.paymentRequestId)); })()
  setTimeout(() => client.close(), 50)
  await closing.catch((error) => assert.equal(error.code, 'client.closed'))
})

test('u29: resumeAll before the first sale returns at once, whatever is open', async () => {
  const store = new ai.FileStore(folder())
  const crashed = clientOf(store)
  const open = await forever()
  await crashed.start(open)
  await until(() => booked(gateway, open.paymentRequestId))
  await crashed.close()
  const client = clientOf(store)
  const started = Date.now()
  const { payments, drivenElsewhere } = await client.resumeAll()
  assert.ok(Date.now() - started < 2_000)
  assert.deepEqual([payments.length, drivenElsewhere], [1, 0])
  assert.deepEqual([payments[0].paymentRequestId, payments[0].result.inProgress, payments[0].result.mayHaveCharged], [open.paymentRequestId, true, true])
  assert.equal((await client.pay(payRequest())).outcome, 'succeeded')
  // Another process sees that this one drives it.
  const other = clientOf(store, { claims: false })
  assert.deepEqual(await other.resumeAll(), { payments: [], drivenElsewhere: 1 })
  await assert.rejects(other.runWorker(), { code: 'config.invalid', path: 'claims' })
  await client.cancel(open.paymentRequestId)
  await Promise.all([client.close(), other.close()])
})

test('a worker drives what nobody drives, until it is stopped', async () => {
  const store = new ai.MemoryStore()
  const till = clientOf(store, { claims: false })
  const request = payRequest({ paymentCode: PAID_AFTER_INQUIRIES })
  await till.start(request)
  await till.close()
  const client = clientOf(store)
  const controller = new AbortController()
  const working = client.runWorker({ signal: controller.signal })
  await until(async () => (await client.status(request.paymentRequestId)).outcome === 'succeeded')
  controller.abort()
  assert.equal(await working, undefined)
  const again = client.runWorker()
  setTimeout(() => client.close(), 20)
  assert.equal(await again, undefined)
})

test('who makes an id for one sale knows that nothing was sent when the store fails', async () => {
  const shop = { merchantId: 'M1', merchantName: 'Coffee House', mcc: '5814', storeId: 'S1', storeName: 'Harbour', terminal: 'TILL7', notifyUrl: NOTIFY_URL }
  const away = () => { throw new ai.StoreNotWritten('the disk is full') }
  const inner = new ai.MemoryStore()
  const names = Object.getOwnPropertyNames(Object.getPrototypeOf(ai.MemoryStore.prototype)).filter((name) => name !== 'constructor')
  const store = { ...Object.fromEntries(names.map((name) => [name, (input) => inner[name](input)])), insert: away }
  const client = clientOf(store, { shop })
  const sale = (options) => client.payCode('281006020000000000125733', ai.Amount.parse('19.99 USD'), 'Tea', options).catch((error) => error)
  const [made, given] = [await sale(), await sale({ paymentRequestId: 'given' })]
  assert.deepEqual([made.code, made.mayHaveCharged, given.code, given.mayHaveCharged], ['store.failed', false, 'store.failed', true])
  assert.match(made.hint, /nothing was sent/)
  assert.deepEqual([given.paymentRequestId, given.cause.name], ['given', 'StoreNotWritten'])
  await client.close()
})

test('u8: clients are collected, closed or not, with stores of the package and own ones', () => {
  const program = `
    import { MemoryStore } from 'alipay-instore'
    import { Sandbox, payRequest } from 'alipay-instore-testing'
    import { MapStore } from './support.mjs'
    const gateway = await Sandbox.start()
    const left = new Set()
    const gone = new FinalizationRegistry((number) => left.delete(number))
    async function sell(number, make) {
      const client = gateway.client('ams', { store: make() })
      gone.register(client, number)
      left.add(number)
      if (number % 10 === 0) await client.pay(payRequest())
      if (number % 2 === 0) await client.close()
    }
    for (let number = 0; number < 200; number += 1) await sell(number, number % 4 < 2 ? () => new MemoryStore() : () => new MapStore())
    // An own store that refers to the client is let go of when that is closed.
    for (let number = 200; number < 220; number += 1) {
      const store = new MapStore()
      store.client = gateway.client('ams', { store })
      gone.register(store.client, number)
      left.add(number)
      await store.client.close()
    }
    for (let tries = 0; tries < 100 && left.size > 2; tries += 1) {
      gc()
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    console.log(left.size <= 2 ? 'collected' : 'left: ' + [...left].join(' '))
    await gateway.stop()`
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', '--input-type=module', '-e', program], {
    cwd: fileURLToPath(new URL('.', import.meta.url)), encoding: 'utf8', timeout: 60_000,
  })
  assert.deepEqual([status, stdout, stderr], [0, 'collected\n', ''])
})

test('a start waits for its turn, also where another request takes the only slot for ten seconds', async () => {
  const client = await clientOf(new ai.MemoryStore(), { limits: { inFlight: 1 } })
  const [first, second] = [await forever(), payRequest()]
  await gateway.inject({ fault: 'reply_lost', operation: 'pay', payment_request_id: first.paymentRequestId })
  assert.ok((await client.start(first)).inProgress)
  await client.start(second)
  assert.ok((await client.resume(second.paymentRequestId, { waitMs: Number.POSITIVE_INFINITY })).succeeded)
  await client.cancel(first.paymentRequestId)
  await client.close()
})
