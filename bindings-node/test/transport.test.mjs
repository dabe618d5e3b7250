// Proxies, certificates, and what a failed request tells.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import test, { after, before } from 'node:test'
import { fileURLToPath } from 'node:url'
import * as ai from 'alipay-instore'
import { Sandbox, payRequest } from 'alipay-instore-testing'

let gateway
before(async () => {
  gateway = await Sandbox.start({ speed: 100 })
})
after(() => gateway.stop())

const [own, theirs] = [ai.generateKey(), ai.generateKey()].map(({ privatePem }) => ai.SigningKey.load(privatePem))
const elsewhere = () => new ai.Merchant({ protocol: 'ams', clientId: 'C1', gateway: 'sea', signingKey: own, gatewayKey: theirs.verifyingKey() })
/** Nothing listens there. */
const NOBODY = 'http://127.0.0.1:9'

const AUTHORITIES = ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR']

/** Calls with these variables of the environment and no others that name certificate authorities, and puts them back. */
async function withAuthorities(variables, work) {
  const before = AUTHORITIES.map((name) => [name, process.env[name]])
  for (const name of AUTHORITIES) delete process.env[name]
  Object.assign(process.env, variables)
  try {
    return await work()
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  }
}

test('u2: with HTTP_PROXY set, a gateway on this machine is reached directly', () => {
  const program = `
    import { MemoryStore } from 'alipay-instore'
    import { Sandbox, payRequest } from 'alipay-instore-testing'
    const gateway = await Sandbox.start()
    const client = gateway.client('ams', { store: new MemoryStore() })
    console.log((await client.pay(payRequest())).outcome)
    await client.close()
    await gateway.stop()`
  const proxies = Object.fromEntries(['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'].flatMap((name) => [[name, NOBODY], [name.toLowerCase(), NOBODY]]))
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: fileURLToPath(new URL('..', import.meta.url)), env: { ...process.env, ...proxies }, encoding: 'utf8', timeout: 60_000,
  })
  assert.deepEqual([status, stdout, stderr], [0, 'succeeded\n', ''])
})

test('the proxy is a value: the system, none, or a URL whose scheme works', async () => {
  for (const proxy of ['system', 'none', NOBODY, 'socks5h://user:password@127.0.0.1:9']) {
    const client = gateway.client('ams', { store: new ai.MemoryStore(), proxy })
    assert.equal((await client.pay(payRequest())).outcome, 'succeeded', proxy)
  }
  for (const proxy of ['not a url', 'socks6://127.0.0.1:9', 'ftp://127.0.0.1']) {
    assert.throws(() => gateway.client('ams', { store: new ai.MemoryStore(), proxy }), { code: 'transport.configuration' }, proxy)
  }
  const away = new ai.Client(elsewhere(), { store: new ai.MemoryStore(), proxy: NOBODY, idleTimeoutMs: 5_000 })
  await assert.rejects(away.inquire('p'), { code: 'transport.proxy', retryable: true })
})

test('certificate authorities: options, NODE_EXTRA_CA_CERTS and SSL_CERT_FILE', async () => {
  const secure = await Sandbox.start({ tls: true })
  try {
    const ca = join(dirname(secure.file), secure.description.ca)
    const pay = () => new ai.Client(secure.merchant('ams'), { store: new ai.MemoryStore(), clock: secure.clock }).pay(payRequest())
    const stranger = () => new ai.Client(secure.merchant('ams'), { store: new ai.MemoryStore() }).inquire('p')
    await assert.rejects(withAuthorities({}, stranger), { code: 'transport.certificate' })
    for (const name of ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE']) {
      assert.equal((await withAuthorities({ [name]: ca }, pay)).outcome, 'succeeded', name)
      await assert.rejects(withAuthorities({ [name]: '/nowhere/ca.pem' }, pay), { code: 'transport.configuration' }, name)
    }
  } finally {
    await secure.stop()
  }
})

test('an answer that is not signed keeps its HTTP status and content type', async () => {
  const client = gateway.client('ams', { store: new ai.MemoryStore() })
  await gateway.inject({ operation: 'inquiryPayment', fault: 'http_403' })
  await assert.rejects(client.inquire('p'), (error) => {
    assert.deepEqual([error.code, error.httpStatus, error.contentType, error.toJSON().httpStatus], ['transport.http_status', 403, 'text/html', 403])
    return error instanceof ai.TransportError
  })
  await gateway.inject({ operation: 'pay', fault: 'http_502' })
  const { timeline } = await client.pay(payRequest())
  const { error } = timeline.find((step) => step.event.type === 'unanswered').event
  assert.deepEqual([error.code, error.httpStatus, error.contentType, error.scannedAs], ['transport.http_status', 502, 'text/html', null])
  const unknown = await client.resume('none').catch((thrown) => thrown)
  assert.deepEqual([unknown.httpStatus, unknown.contentType, unknown.scannedAs], [null, null, null])
})

test('the time at the gateway is known once two answers have told it', async () => {
  const client = gateway.client('ams', { store: new ai.MemoryStore() })
  assert.equal(client.gatewayTime, null)
  const { paymentRequestId } = await client.pay(payRequest())
  for (let tries = 0; tries < 20 && client.gatewayTime === null; tries += 1) await client.inquire(paymentRequestId)
  assert.ok(Math.abs(client.gatewayTime - gateway.clock.now()) < 60_000)
})
