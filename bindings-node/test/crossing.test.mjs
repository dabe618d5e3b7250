// What leaves the process or comes from outside of it: JSON, structuredClone, bodies that a framework has parsed, misspelt
// members, a signal that many calls share, and a gateway in a script.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { after, before } from 'node:test'
import { fileURLToPath } from 'node:url'
import * as ai from 'alipay-instore'
import * as testing from 'alipay-instore-testing'

let gateway
let client
before(async () => {
  gateway = await testing.Sandbox.start({ speed: 20 })
  client = gateway.client('ams', { store: new ai.MemoryStore(), notifyUrl: 'http://127.0.0.1:9/notify' })
})
after(async () => {
  await client.close()
  await gateway.stop()
})

const verified = () => {
  const sent = gateway.notification({ notifyUrl: 'http://127.0.0.1:9/notify', body: { notifyType: 'OTHER', paymentRequestId: 'P' } })
  return client.merchant.verifyNotification({ ...sent, now: gateway.clock.now() })
}

test('what JSON says about the objects that logs and answers hold', () => {
  const { kind, body, path, paymentRequestId } = JSON.parse(JSON.stringify(verified()))
  assert.deepEqual({ kind, body, path, paymentRequestId }, { kind: 'other', body: { notifyType: 'OTHER', paymentRequestId: 'P' }, path: '/notify', paymentRequestId: 'P' })
  const merchant = JSON.parse(JSON.stringify(client.merchant))
  assert.deepEqual(merchant, { protocol: 'ams', clientId: gateway.clientId, gateway: gateway.baseUrl, keyVersion: 1, notifyUrl: 'http://127.0.0.1:9/notify', isSandbox: true })
  assert.equal(JSON.stringify(ai.Amount.parse('19.99 USD')), '{"currency":"USD","value":"1999"}')
})

test('structuredClone works or refuses with a reason, and never makes an empty object', async () => {
  const result = await client.pay(testing.payRequest())
  assert.deepEqual(structuredClone(result), result)
  const order = testing.payRequest({ paymentCode: null, amount: ai.Amount.parse('4.50 USD') })
  const cloned = structuredClone(order)
  assert.deepEqual(cloned.paymentAmount, { currency: 'USD', value: 450n })
  // The same payment to the library: it states the same.
  for (const request of [cloned, order]) assert.equal((await client.start(request)).paymentRequestId, order.paymentRequestId)
  await client.cancel(order.paymentRequestId)

  const machine = new ai.Payment({ merchant: client.merchant, request: testing.payRequest() })
  const { privatePem, publicPem } = ai.generateKey()
  for (const object of [
    client, client.merchant, new ai.Merchants([client.merchant]), verified(), new ai.MemoryStore(), new ai.Router(), new ai.ScannedLines(),
    new ai.PaymentCode(testing.PAID_AT_ONCE), machine, ai.SigningKey.load(privatePem), ai.VerifyingKey.load(publicPem),
  ]) {
    const { name } = object.constructor
    assert.throws(() => structuredClone(object), { name: 'DataCloneError', message: new RegExp(`a ${name} can't be cloned: \\w`) }, name)
  }
  assert.throws(() => structuredClone(testing.payRequest()), /a PaymentCode can't be cloned/)
})

test('a body that was parsed already, or is missing, is an error of the package', async () => {
  for (const body of [{}, { notifyType: 'PAYMENT_RESULT' }, null, undefined, [], 5, new ArrayBuffer(2)]) {
    const answer = await client.handleNotification({}, body)
    assert.equal(answer.status, 500)
    assert.ok(answer.error instanceof ai.ConfigurationError)
    assert.equal(answer.error.path, 'body')
    assert.match(answer.error.hint, /raw body/)
    assert.throws(() => client.merchant.verifyNotification({ headers: {}, body }), ai.ConfigurationError)
    assert.throws(() => client.merchant.verifyResponse({ path: '/p', headers: {}, body }), ai.ConfigurationError)
  }
  for (const body of ['', Buffer.alloc(0), '\ud800', '['.repeat(100_000), `{"a":${'1'.repeat(5_001)}}`]) {
    const { status, error } = await client.handleNotification({}, body)
    assert.equal(status, 400)
    assert.ok(error instanceof ai.AlipayError)
  }
})

test('u18: what is missing or misspelt is named in the words of this language', () => {
  const named = (work, path) => assert.throws(work, (error) => error instanceof ai.ConfigurationError && error.path === path && !/_[a-z]/.test(error.reason))
  named(() => new ai.Router({ direct: [{ wallt: 'MPAY' }] }), 'wallt')
  named(() => new ai.Router({ ruleSet: 'ams' }), 'ruleSet')
  named(() => new ai.Client(client.merchant, { store: new ai.MemoryStore(), shop: { merchantid: 'M1' } }), 'merchantid')
  named(() => ai.chinaExtraTransInfo({ good: [] }), 'good')
  named(() => ai.chinaExtraTransInfo({ goods: [{ sku: 'Tea', count: 1 }] }), 'count')
  named(() => new ai.SqlStore('sqlite:x', { migrat: true }), 'migrat')
  named(() => new ai.Payment({ seller: client.merchant }), 'seller')
  named(() => ai.generateKey({ size: 2048 }), 'size')
  named(() => ai.newPaymentRequestId({ till: 'T' }), 'till')
  named(() => new testing.TestClock({ sped: 3 }), 'sped')
  const typed = (work, message) => assert.throws(work, { name: 'TypeError', message })
  typed(() => ai.PayRequest.forPaymentCode(), 'input must be an object, not undefined')
  typed(() => ai.PayRequest.forPaymentCode({}), 'paymentCode must be a string, not undefined')
  typed(() => ai.PayRequest.forOrderCode({ amount: '5 USD' }), 'amount must be an Amount, not a string')
  typed(() => new ai.Payment(), 'payment must have a merchant and a request, or an order')
  typed(() => ai.RefundLedger.of(), 'payment must be a Payment, not undefined')
  typed(() => new ai.Merchants(), 'merchants must be a list of Merchants, not undefined')
  typed(() => new ai.AlipayError(), 'details must be an object with a code and a reason')
  typed(() => new ai.Client(client.merchant, { store: new ai.MemoryStore(), clock: {} }), 'clock must be a TestClock of alipay-instore-testing, not an object')
})

test('a signal that many calls share warns nobody, and ends them all', async () => {
  const warnings = []
  const warned = (warning) => warnings.push(warning)
  process.on('warning', warned)
  const shared = new AbortController()
  const calls = Array.from({ length: 50 }, () => client.pay(testing.payRequest({ paymentCode: null }), { signal: shared.signal, waitMs: Infinity }))
  const ended = Promise.allSettled(calls)
  await client.status('nobody', { signal: shared.signal }).catch(() => {})
  shared.abort()
  for (const { reason } of await ended) assert.equal(reason?.name, 'AbortError')
  await new Promise((resolve) => setImmediate(resolve))
  process.off('warning', warned)
  assert.deepEqual(warnings, [])
})

test('a gateway that is started in a script answers until it is stopped', async () => {
  const script = `
    import { Sandbox } from 'alipay-instore-testing'
    const gateway = await Sandbox.start()
    process.on('message', async () => { await gateway.stop(); process.disconnect() })
    process.channel.unref()
    console.log(gateway.baseUrl)
  `
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const left = new Promise((resolve) => child.once('exit', resolve))
  const url = await new Promise((resolve) => child.stdout.once('data', (text) => resolve(String(text).trim())))
  // The script has nothing else to do; its gateway still answers.
  for (let times = 0; times < 3; times += 1) {
    await new Promise((resolve) => setImmediate(resolve))
    assert.equal((await fetch(`${url}/sandbox/ledger`)).status, 200)
  }
  assert.equal(child.exitCode, null)
  child.send('stop')
  assert.equal(await left, 0)
})

test('where there is no library, or one that does not load, the package says which and why', () => {
  const told = (prelude, env = {}) => {
    const script = `${prelude}; try { require('alipay-instore') } catch ({ code, path, reason, hint, cause }) { console.log(JSON.stringify({ code, path, reason, hint, caused: Boolean(cause) })) }`
    const done = spawnSync(process.execPath, ['-e', script], { cwd: fileURLToPath(new URL('.', import.meta.url)), encoding: 'utf8', env: { ...process.env, ...env } })
    assert.equal(done.status, 0, done.stderr)
    return JSON.parse(done.stdout)
  }
  const missing = told('', { NAPI_RS_NATIVE_LIBRARY_PATH: '/nothing/here.node' })
  assert.equal(missing.code, 'config.missing')
  assert.equal(missing.reason, 'the package alipay-instore-linux-x64-gnu is not installed')
  assert.match(missing.hint, /--omit=optional/)
  const folder = mkdtempSync(join(tmpdir(), 'library-'))
  const file = join(folder, 'broken.node')
  writeFileSync(file, 'ELF')
  const broken = told('', { NAPI_RS_NATIVE_LIBRARY_PATH: file })
  rmSync(folder, { recursive: true })
  assert.equal(broken.code, 'config.invalid')
  assert.match(broken.reason, /does not load: .*file too short/)
  const elsewhere = told("Object.defineProperty(process, 'platform', { value: 'darwin' }); Object.defineProperty(process, 'arch', { value: 'arm64' })", { NAPI_RS_NATIVE_LIBRARY_PATH: '/nothing/here.node' })
  assert.equal(elsewhere.reason, 'there is no library for darwin-arm64')
  for (const { path, caused } of [missing, broken, elsewhere]) assert.deepEqual([path, caused], ['library', true])
})
