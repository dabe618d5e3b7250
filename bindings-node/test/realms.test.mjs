// The package in another realm than its caller: the sandboxes of Jest and of vitest's vm pools evaluate it in a context with
// globals of its own, while Buffer, node: modules and the library stay those of the process. Two copies look the same.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import test, { after, before } from 'node:test'
import { fileURLToPath } from 'node:url'
import vm from 'node:vm'
import * as ai from 'alipay-instore'
import { PAID_AT_ONCE, Sandbox, payRequest } from 'alipay-instore-testing'
import { MapStore, around } from './support.mjs'

const folder = fileURLToPath(new URL('..', import.meta.url))
const outer = createRequire(import.meta.url)

/** Loads CommonJS as Jest does it. */
function inRealm() {
  // As with jsdom: neither timers nor decoders nor buffers but those of node: modules.
  const context = vm.createContext({ process })
  const loaded = new Map()
  const load = (file) => {
    if (file.endsWith('.node')) return outer(file)
    if (loaded.has(file)) return loaded.get(file).exports
    const module = { exports: {} }
    loaded.set(file, module)
    const require = (name) => (name.startsWith('.') ? load(path.resolve(path.dirname(file), name)) : outer(name))
    if (file.endsWith('.json')) return JSON.parse(readFileSync(file, 'utf8'))
    const wrapped = vm.runInContext(`(function (exports, require, module) {${readFileSync(file, 'utf8')}\n})`, context, { filename: file })
    wrapped(module.exports, require, module)
    return module.exports
  }
  const inside = load(path.join(folder, 'index.cjs'))
  return { inside, evaluate: (code) => vm.runInContext(code, context) }
}

let gateway
before(async () => {
  gateway = await Sandbox.start({ speed: 20 })
})
after(() => gateway.stop())

const thrownBy = (work) => {
  try {
    work()
  } catch (error) {
    return error
  }
  return assert.fail('nothing was thrown')
}

test('u7: errors keep their classes in a sandbox, and between it and the process', async () => {
  const { inside, evaluate } = inRealm()
  const error = thrownBy(() => inside.SigningKey.load('x'))
  assert.equal(error.code, 'key.not_a_key')
  assert.ok(evaluate('Error') !== Error && error instanceof evaluate('Error'))
  for (const { KeyError, AlipayError } of [inside, ai]) {
    assert.ok(error instanceof KeyError)
    assert.ok(error instanceof AlipayError)
  }
  assert.ok(!(error instanceof ai.AmountError))
  assert.ok(thrownBy(() => ai.SigningKey.load('x')) instanceof inside.KeyError)
  assert.equal(error.name, 'KeyError')
  assert.equal(thrownBy(() => inside.SigningKey.load()).name, 'TypeError')

  const client = new inside.Client(inside.Merchant.fromFile(gateway.file, 'ams'), { store: new inside.MemoryStore() })
  const unknown = await client.status('nobody').catch((thrown) => thrown)
  assert.ok(unknown instanceof ai.RequestError)
  await client.close()
})

test('a class of the host that extends one of the package is told apart from it by the class', () => {
  class OutOfPaper extends ai.StoreError {}
  class KeyError extends ai.AlipayError {}
  const mine = new OutOfPaper({ code: 'store.failed', reason: 'no paper' })
  assert.ok(mine instanceof OutOfPaper && mine instanceof ai.StoreError && mine instanceof ai.AlipayError)
  assert.ok(!(new ai.StoreError({ code: 'store.failed', reason: 'x' }) instanceof OutOfPaper))
  assert.ok(!(thrownBy(() => ai.SigningKey.load('x')) instanceof KeyError))
  for (const value of [null, undefined, 'KeyError', {}, new Error('x')]) assert.ok(!(value instanceof ai.AlipayError))
})

test('bytes, dates and signals of another realm are taken', async () => {
  const { inside, evaluate } = inRealm()
  const key = ai.SigningKey.load(ai.generateKey().privatePem)
  const signed = { path: '/p', clientId: 'C', time: 'T' }
  const header = key.sign({ ...signed, body: evaluate('new Uint8Array([123, 125])') })
  key.verifyingKey().verify(header, { ...signed, body: '{}' })
  inside.SigningKey.load(Buffer.from(ai.generateKey().privatePem))
  assert.match(ai.newPaymentRequestId({ now: evaluate('new Date(1795729629863)') }), /^1795729629863/)

  const client = gateway.client('ams', { store: new ai.MemoryStore() })
  const foreign = { aborted: false, addEventListener() {}, removeEventListener() {} }
  assert.equal((await client.pay(payRequest(), { signal: foreign })).outcome, 'succeeded')
  await assert.rejects(client.status('x', { signal: 5 }), { name: 'TypeError', message: 'signal must be an AbortSignal, not a number' })
  await client.close()
})

test('an own store of the process, in a client of a sandbox, throws the classes of the process', async () => {
  const { inside } = inRealm()
  const store = around(new MapStore(), {
    insert: async () => {
      throw new ai.StoreNotWritten('the disk is full')
    },
  })
  const client = new inside.Client(inside.Merchant.fromFile(gateway.file, 'ams'), { store })
  const request = inside.PayRequest.forPaymentCode({ ...payRequest({ paymentCode: null }), amount: inside.Amount.parse('1 USD'), paymentCode: PAID_AT_ONCE })
  delete request.paymentFactor
  const error = await client.pay({ ...request, paymentFactor: { inStorePaymentScenario: 'PaymentCode' } }).catch((thrown) => thrown)
  assert.equal(error.code, 'store.failed')
  assert.ok(error.cause instanceof inside.StoreNotWritten)
  await client.close()
})
