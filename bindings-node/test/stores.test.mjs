// Own stores: the check of their contract, what happens when they fail, and in whose context they run.
import assert from 'node:assert/strict'
import { AsyncLocalStorage } from 'node:async_hooks'
import diagnosticsChannel from 'node:diagnostics_channel'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { after, before } from 'node:test'
import * as ai from 'alipay-instore'
import { Sandbox, checkStore, payRequest } from 'alipay-instore-testing'
import { MapStore, OPERATIONS, PAID_AFTER_INQUIRIES, around, booked, until } from './support.mjs'

let gateway
before(async () => {
  gateway = await Sandbox.start({ speed: 100 })
})
after(() => gateway.stop())

/** The store of a place, which stays the same. */
const places = (make) => {
  const made = new Map()
  return (place) => made.get(place) ?? made.set(place, make(place)).get(place)
}

test('the check of the contract: the stores of the package, and own ones', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'alipay-instore-test-'))
  try {
    const names = await checkStore((place) => new ai.FileStore(join(folder, place)))
    assert.ok(names.includes('compare_and_set') && names.length >= 25, String(names))
    const sql = (place) => new ai.SqlStore(`sqlite://${folder}/${place}.db`, { migrate: true })
    assert.deepEqual(await checkStore(sql), names)
    const memory = places(() => new ai.MemoryStore())
    for (const make of [memory, places(() => around(new ai.MemoryStore())), places(() => new MapStore()), async (place) => around(new ai.FileStore(join(folder, `own-${place}`)))]) {
      assert.deepEqual(await checkStore(make), names)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('a store in a database: clients of two processes share it, and errors show no password', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'alipay-instore-test-'))
  try {
    const url = `sqlite://${folder}/payments.db`
    assert.throws(() => new ai.SqlStore(url), (error) => error.code === 'store.schema' && !error.message.includes(folder))
    const till = gateway.client('ams', { store: new ai.SqlStore(url, { migrate: true }) })
    const other = gateway.client('ams', { store: new ai.SqlStore(url, { connections: 2 }) })
    try {
      const request = payRequest({ paymentCode: PAID_AFTER_INQUIRIES })
      const { paymentRequestId } = await till.start(request)
      assert.equal((await other.resume(paymentRequestId)).outcome, 'succeeded')
      assert.equal((await other.pay(request)).outcome, 'succeeded')
    } finally {
      await till.close()
      await other.close()
    }
    for (const wrong of ['oracle://user:hunter2@host/payments', 'mysql://user:hunter2@host']) {
      assert.throws(() => new ai.SqlStore(wrong), (error) => error.code === 'store.url' && !error.message.includes('hunter2'))
    }
    assert.throws(() => new ai.SqlStore(url, { prefix: 'no-good' }), { code: 'store.url' })
    assert.throws(() => new ai.SqlStore(url, { connections: 0 }), { code: 'config.invalid' })
    assert.throws(() => new ai.SqlStore(1), TypeError)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('the check says what a store does wrong', async () => {
  const broken = (change) => checkStore(places(() => {
    const inner = new MapStore()
    return around(inner, change(inner))
  }))
  const cause = new Error('the database is away')
  for (const [change, message, thrown] of [
    // A save that does not compare.
    [(inner) => ({ save: ({ row, by }) => inner.save({ row, by: null, expected: inner.rows.get(row.id)?.revision ?? by }) }), /compare_and_set: a save of another revision: a conflict was expected/],
    // A claim that does not set the owner.
    [(inner) => ({ claim: async (input) => structuredClone(inner.rows.size > 0 ? [...inner.rows.values()].slice(0, input.limit) : []) }), /a_due_record_is_claimed_once/],
    [() => ({ load: () => { throw cause } }), /what_is_written_is_read: an operation failed: Error: the database is away/, cause],
    // u15: what drivers of databases give in place of a list.
    [() => ({ claim: async function* () {} }), /what store\.claim gives must be an array, not an object/],
    [(inner) => ({ list: async (input) => (await inner.list(input)).rows }), /what store\.list gives must be an object, not an array/],
    [(inner) => ({ load: async (input) => ({ rows: [await inner.load(input)] }) }), /what store\.load gives\.\w+ must be/],
    [(inner) => ({ load: async (input) => ((row) => row && { ...row, dueAt: row.dueAt && String(row.dueAt) })(await inner.load(input)) }), /what store\.load gives\.dueAt must be a whole number, not a string/],
    [(inner) => ({ load: async (input) => ((row) => row && { ...row, finished: Number(row.finished) })(await inner.load(input)) }), /finished must be true or false, not a number/],
    [(inner) => ({ insert: async ({ row, owner }) => { if (inner.rows.has(row.id)) throw new ai.StoreConflict({ id: row.id }); return inner.insert({ row, owner }) } }), /StoreConflict\.found\.merchant must be a string, not undefined/],
  ]) {
    const error = await broken(change).then(() => assert.fail(`not found: ${message}`), (found) => found)
    assert.match(error.message, /^the store breaks \d+ of \d+ properties of its contract:\n/)
    assert.match(error.message, message)
    if (thrown) assert.equal(error.cause, thrown)
  }
  await assert.rejects(checkStore(), /makeStore must be a function/)
  await assert.rejects(checkStore(() => ({})), /the store can't be opened: .*store\.insert must be a function/)
})

test('the stores of the package have the operations, and say what is wrong', async () => {
  const store = new ai.MemoryStore()
  assert.equal(await store.load({ id: 'p1' }), null)
  const client = gateway.client('ams', { store })
  const { paymentRequestId: id } = await client.pay(payRequest())
  const row = await store.load({ id })
  assert.deepEqual([row.id, row.state, row.outcome, row.amount, row.finished, row.owner], [id, 'succeeded', 'succeeded', { currency: 'USD', value: '1999' }, true, null])
  const conflict = await store.save({ row, expected: row.revision + 1, by: null }).catch((error) => error)
  assert.ok(conflict instanceof ai.StoreConflict && conflict instanceof ai.StoreError && conflict.code === 'store.conflict')
  assert.deepEqual(conflict.found, row)
  await assert.rejects(store.insert({ row, owner: null }), ai.StoreConflict)
  await assert.rejects(store.insert({ row: { ...row, id: 'a b' }, owner: null }), { name: 'StoreNotWritten', code: 'store.id' })
  await assert.rejects(store.load(), /load must be an object/)
  await assert.rejects(store.claim({ owner: 'a' }), { code: 'config.invalid', path: 'now' })
  assert.deepEqual((await store.list({})).rows.map((columns) => [columns.id, columns.text]), [[id, undefined]])
  assert.ok(!JSON.stringify(conflict).includes(row.text.slice(0, 40)))
  await client.close()
})

/** What is thrown where a store fails, and whether it wrote before. */
const FAILURES = [[false, () => new Error('the disk is full')], [true, () => new Error('the answer of COMMIT was lost')]]

test('m1, m2: a store that fails after pay was sent, for a while: paid once, whether it wrote or not', async () => {
  for (const [writes, failure] of FAILURES) {
    const inner = new ai.MemoryStore()
    let failing = 3
    const store = around(inner, {
      save: async (input) => {
        if (failing-- <= 0) return inner.save(input)
        if (writes) await inner.save(input)
        throw failure()
      },
    })
    const client = gateway.client('ams', { store })
    const request = payRequest()
    const result = await client.pay(request)
    assert.deepEqual([result.outcome, result.mayHaveCharged], ['succeeded', true])
    await until(async () => (await inner.load({ id: request.paymentRequestId })).finished)
    const row = await booked(gateway, request.paymentRequestId)
    assert.deepEqual([row.pays, row.net], [1, '1999'])
    await client.close()
  }
})

test('m1: a store that fails for good after pay was sent: the end is told as not stored, and the same call again is safe', async () => {
  const inner = new ai.MemoryStore()
  let away = true
  const cause = new Error('the disk is full')
  const store = around(inner, { save: async (input) => { if (away) throw cause; return inner.save(input) } })
  const client = gateway.client('ams', { store })
  const request = payRequest()
  const result = await client.pay(request)
  assert.deepEqual([result.outcome, result.stored, result.mayHaveCharged], ['succeeded', false, true])
  assert.deepEqual(result.alerts.map((alert) => [alert.kind, alert.part, alert.acknowledged]), [['not_stored', 'payment', null]])

  // Without an end the call is interrupted after a minute, and its hint is to call with the same id.
  const open = payRequest({ paymentCode: await gateway.freshCode('in_process_forever') })
  const error = await client.pay(open).catch((thrown) => thrown)
  assert.deepEqual([error.name, error.code, error.mayHaveCharged, error.retryable], ['PaymentError', 'payment.interrupted', true, true])
  assert.equal(error.paymentRequestId, open.paymentRequestId)
  assert.equal(error.cause, cause)
  assert.match(error.hint, /call pay with this id again, do not begin another/)

  away = false
  const again = await client.pay(request)
  assert.equal(again.outcome, 'succeeded')
  await client.pay(open, { waitMs: 0 })
  assert.equal((await client.cancel(open.paymentRequestId)).outcome, 'cancelled')
  for (const [{ paymentRequestId }, net] of [[request, '1999'], [open, '0']]) {
    const row = await booked(gateway, paymentRequestId)
    assert.deepEqual([row.pays, row.net], [1, net])
  }
  await client.close()
})

test('m1: an insert that fails sends nothing; one that may have written is looked at', async () => {
  for (const [writes, failure] of [...FAILURES, [false, () => new ai.StoreNotWritten('no room')]]) {
    const inner = new ai.MemoryStore()
    let failing = 1
    const store = around(inner, {
      insert: async (input) => {
        if (failing-- <= 0) return inner.insert(input)
        if (writes) await inner.insert(input)
        throw failure()
      },
    })
    const client = gateway.client('ams', { store })
    const request = payRequest()
    const found = await client.pay(request).catch((error) => error)
    if (found instanceof Error) {
      // Another call with this id may have paid: that much is not known.
      assert.deepEqual([found.code, found.retryable, found.paymentRequestId], ['store.failed', true, request.paymentRequestId])
      assert.doesNotMatch(found.hint, /new id/)
      assert.equal(await booked(gateway, request.paymentRequestId), undefined)
    }
    assert.equal((await client.pay(request)).outcome, 'succeeded')
    const row = await booked(gateway, request.paymentRequestId)
    assert.deepEqual([row.pays, row.net], [1, '1999'])
    await client.close()
  }
})

test('u15: a store that does not give lists is named, by calls and in the background', async () => {
  const warned = []
  const listen = (warning) => warned.push(warning)
  process.on('warning', listen)
  const inner = new ai.MemoryStore()
  const store = around(inner, {
    list: async (input) => (await inner.list(input)).rows,
    claim: async function* () {},
  })
  const client = gateway.client('ams', { store })
  const error = await client.resumeAll().catch((thrown) => thrown)
  assert.deepEqual([error.code, error.cause.name], ['store.failed', 'TypeError'])
  assert.match(error.reason, /what store\.list gives must be an object, not an array/)
  await assert.rejects(client.alerts(), { code: 'store.failed' })
  await assert.rejects(client.status('p'), { code: 'request.unknown_payment' })
  await until(() => warned.some((warning) => /store\.claim gives must be an array/.test(warning.message)))
  assert.equal(warned.filter((warning) => /store\.list/.test(warning.message)).length, 1)
  await client.close()
  process.off('warning', listen)
})

test('u9: an own store and the steps run in the context of the call they serve', async () => {
  const contexts = new AsyncLocalStorage()
  const seen = []
  const inner = new MapStore()
  inner.before = async (name, _number, { row }) => {
    if (row) seen.push([row.id, name, contexts.getStore()])
  }
  const client = contexts.run('the client', () => gateway.client('ams', { store: inner }))
  const listen = ({ paymentRequestId, step }) => seen.push([paymentRequestId, step.event.type, contexts.getStore()])
  diagnosticsChannel.subscribe('alipay-instore:step', listen)
  const requests = Array.from({ length: 8 }, () => payRequest({ paymentCode: PAID_AFTER_INQUIRIES }))
  await Promise.all(requests.map((request) => contexts.run(request.paymentRequestId, () => client.pay(request))))
  await until(() => seen.filter(([, what]) => what === 'concluded').length === requests.length)
  diagnosticsChannel.unsubscribe('alipay-instore:step', listen)
  // An answer can come after the end, when nobody waits any more.
  const end = (id) => seen.findIndex(([of, what]) => of === id && what === 'concluded')
  const during = seen.filter(([id], index) => index < end(id))
  assert.ok(during.length >= 8, `${during.length} calls`)
  for (const [id, what, context] of during) assert.equal(context, id, what)
  // What nobody waits for runs in the context of the client.
  const { paymentRequestId: id } = await contexts.run('start', () => client.start(payRequest({ paymentCode: PAID_AFTER_INQUIRIES })))
  // The first save can come before the call has ended.
  seen.length = 0
  await until(async () => (await client.status(id)).outcome)
  assert.deepEqual(new Set(seen.filter(([of, name]) => of === id && name === 'save').map(([, , context]) => context).filter((context) => context !== undefined)), new Set(['the client']))
  await client.close()
})

test('u6: an own store that calls the client, is slow or never answers holds up nobody else', async () => {
  const inner = new ai.MemoryStore()
  const never = new Set()
  let client
  const asked = []
  const store = around(inner, {
    save: async (input) => {
      if (never.has(input.row.id)) return new Promise(() => {})
      asked.push(await client.status('another').catch((error) => error.code))
      await new Promise((resolve) => setTimeout(resolve, 5))
      return inner.save(input)
    },
  })
  client = gateway.client('ams', { store })
  const stuck = payRequest()
  never.add(stuck.paymentRequestId)
  const waiting = client.pay(stuck).catch((error) => error)
  const results = await Promise.all(Array.from({ length: 5 }, () => client.pay(payRequest())))
  assert.ok(results.every((result) => result.succeeded))
  assert.ok(asked.length >= 5 && asked.every((code) => code === 'request.unknown_payment'), String(asked))
  const started = Date.now()
  await client.close()
  assert.ok(Date.now() - started < 8_000)
  // It was paid, and the store never said that it has it.
  const found = await waiting
  assert.ok(found instanceof Error ? found.mayHaveCharged : found.stored === false, String(found))
})

test('an observer that throws is reported as an uncaught exception, and the payment goes on', async () => {
  const client = gateway.client('ams', { store: new ai.MemoryStore() })
  const request = payRequest()
  const uncaught = []
  const before = process.listeners('uncaughtException')
  process.removeAllListeners('uncaughtException')
  process.on('uncaughtException', (error) => uncaught.push(error.message))
  const listen = ({ paymentRequestId }) => {
    if (paymentRequestId === request.paymentRequestId) throw new Error('the observer')
  }
  diagnosticsChannel.subscribe('alipay-instore:step', listen)
  assert.equal((await client.pay(request)).outcome, 'succeeded')
  await until(() => uncaught.length >= 3)
  diagnosticsChannel.unsubscribe('alipay-instore:step', listen)
  process.removeAllListeners('uncaughtException')
  for (const listener of before) process.on('uncaughtException', listener)
  assert.deepEqual([...new Set(uncaught)], ['the observer'])
  await client.close()
})

test('13 operations, as the contract names them', () => {
  assert.deepEqual(Object.getOwnPropertyNames(Object.getPrototypeOf(ai.MemoryStore.prototype)).filter((name) => name !== 'constructor').sort(), [...OPERATIONS].sort())
})
