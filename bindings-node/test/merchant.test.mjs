import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test, { after, before } from 'node:test'
import * as ai from 'alipay-instore'
import { payRequest, startGateway } from 'alipay-instore/testing'

let gateway
let merchant
before(async () => {
  gateway = await startGateway({ speed: 100 })
  merchant = gateway.merchant('ams')
})
after(() => gateway.stop())

const notifyBody = (request) => ({
  notifyType: 'PAYMENT_RESULT',
  result: { resultCode: 'SUCCESS', resultStatus: 'S', resultMessage: 'success' },
  paymentRequestId: request.paymentRequestId,
  paymentId: 'g1',
  paymentAmount: { currency: 'USD', value: '1999' },
})

test('headers in every shape', () => {
  const { notifyUrl, headers, body } = gateway.notification({ notifyUrl: '/notify', body: notifyBody({ paymentRequestId: 'p' }) })
  const now = gateway.clock.now()
  const pairs = Object.entries(headers)
  const lower = Object.fromEntries(pairs.map(([name, value]) => [name.toLowerCase(), value]))
  for (const shape of [headers, lower, pairs, new Headers(headers), new Map(pairs), pairs.flat(), { ...headers, cookie: ['a', 'b'], none: undefined }]) {
    const notification = merchant.verifyNotification({ notifyUrl, headers: shape, body, now })
    assert.deepEqual([notification.kind, notification.paymentRequestId, notification.body.paymentId], ['payment_result', 'p', 'g1'])
  }
  assert.throws(() => merchant.verifyNotification({ notifyUrl, headers: [...pairs.flat(), ...pairs.flat()], body, now }), { code: 'message.header' })
  for (const shape of [null, undefined, 'x', ['a'], [['a']], [['a', 1]], { a: 1 }, [null]]) {
    assert.throws(() => merchant.verifyNotification({ notifyUrl, headers: shape, body, now }), TypeError)
  }
})

test('what is not genuine is refused', () => {
  const { notifyUrl, headers, body } = gateway.notification({ notifyUrl: '/notify', body: notifyBody({ paymentRequestId: 'p' }) })
  const now = gateway.clock.now()
  const refused = (change, code) =>
    assert.throws(() => merchant.verifyNotification({ notifyUrl, headers, body, now, ...change }), { code })
  refused({ body: JSON.stringify(JSON.parse(body), null, 1) }, 'signature.mismatch')
  refused({ notifyUrl: '/other' }, 'signature.mismatch')
  refused({ headers: { ...headers, Signature: '' } }, 'signature.missing')
  refused({ headers: { ...headers, 'Client-Id': 'other' } }, 'signature.client_id')
  refused({ now: now + 27 * 3_600_000 }, 'notification.stale')
  refused({ now: now - 3_600_000 }, 'notification.future')
  assert.throws(() => merchant.verifyNotification({ notifyUrl, headers, body: JSON.parse(body), now }), /raw body/)
  assert.throws(() => new ai.Notification(), TypeError)
})

test('a notification reaches the payment, and one call answers it', async () => {
  const store = new ai.MemoryStore()
  const client = gateway.client('ams', { store })
  const request = payRequest()
  await client.pay(request)
  const received = { ...gateway.notification({ notifyUrl: '/notify', body: notifyBody(request) }), now: gateway.clock.now() }
  const answer = await client.answerNotification(received)
  assert.deepEqual([answer.status, answer.error, answer.notified], [200, null, { kind: 'taken', outcome: 'succeeded' }])
  assert.equal(JSON.parse(answer.body).result.resultStatus, 'S')
  // The gateway checks the acknowledgement as we check its answers.
  merchantKey(gateway).verify(answer.headers.Signature, {
    path: '/notify', clientId: gateway.clientId, time: answer.headers['Response-Time'], body: answer.body,
  })
  const stranger = { ...gateway.notification({ notifyUrl: '/notify', body: notifyBody({ paymentRequestId: 'other' }) }), now: gateway.clock.now() }
  assert.deepEqual([(await client.answerNotification(stranger)).status, (await client.answerNotification({ ...stranger, acknowledgeUnknown: true })).status], [500, 200])
  const forged = await client.answerNotification({ ...received, body: '{}' })
  assert.deepEqual([forged.status, forged.error.code, JSON.parse(forged.body).result.resultStatus], [400, 'signature.mismatch', 'U'])
  await assert.rejects(client.notified({ paymentRequestId: 'p' }), TypeError)
})

const signingKey = () => ai.SigningKey.load(ai.generateKey().privatePem)

function merchantKey({ description, file }) {
  return ai.VerifyingKey.load(readFileSync(new URL(description.merchant_public_key, `file://${file}`)))
}

test('several merchants behind one URL', () => {
  const [key, gatewayKey] = [signingKey(), signingKey().verifyingKey()]
  const other = new ai.Merchant({ protocol: 'ams', clientId: 'OTHER', gateway: 'sea', signingKey: key, gatewayKey })
  const both = new ai.Merchants([other, merchant])
  const { notifyUrl, headers, body } = gateway.notification({ notifyUrl: '/notify', body: notifyBody({ paymentRequestId: 'p' }) })
  const found = both.verifyNotification({ notifyUrl, headers, body, now: gateway.clock.now() })
  assert.equal(found.merchant, merchant)
  assert.deepEqual([...both], [other, merchant])
  assert.throws(() => both.verifyNotification({ notifyUrl, headers: { ...headers, 'Client-Id': 'X' }, body }), { code: 'config.unknown_client', name: 'ConfigurationError' })
})

test('a merchant from its settings', () => {
  const [key, gatewayKey] = [signingKey(), signingKey().verifyingKey()]
  const settings = { protocol: 'alipay_plus', clientId: 'C', gateway: 'sea', signingKey: key, gatewayKey }
  const made = new ai.Merchant({ ...settings, userAgent: 'my-till/2.1', keyVersion: 3 })
  assert.deepEqual([made.protocol, made.clientId, made.keyVersion, made.isSandbox], ['alipay_plus', 'C', 3, false])
  assert.match(made.userAgent, /^alipay-instore\/\S+ \(Node\.js \d+\.\d+\.\d+\) my-till\/2\.1$/)
  const signed = made.signRequest({ path: made.path('pay'), body: '{}', now: 0 })
  assert.match(signed.headers.Signature, /keyVersion=3/)
  key.verifyingKey().verify(signed.headers.Signature, { path: signed.path, clientId: 'C', time: signed.headers['Request-Time'], body: signed.body })
  const rotated = new ai.Merchant({ ...settings, signingKey: undefined, signingKeys: { 1: key, 2: key }, keyVersion: 2 })
  assert.equal(rotated.keyVersion, 2)
  for (const [change, code] of [
    [{ gateway: 'mars' }, 'gateway.region'], [{ signingKey: undefined }, 'config.missing'], [{ clientId: '' }, 'config.invalid'],
    [{ protocol: 'x' }, 'config.invalid'], [{ signingKeys: { 1: key } }, 'config.invalid'], [{ gateway: 'http://example.com' }, 'gateway.insecure'],
    [{ notifyUrl: 'not a path' }, 'config.notify_url'], [{ notifyUrl: 'http://shop.example/n' }, 'config.notify_url'],
  ]) assert.throws(() => new ai.Merchant({ ...settings, ...change }), { code })
  assert.throws(() => new ai.Merchant({ ...settings, signingKey: 'a pem' }), TypeError)
  assert.throws(() => new ai.Merchant(), TypeError)
  assert.throws(() => ai.Merchant.fromFile('/nowhere/sandbox.json', 'ams'), { code: 'config.invalid' })
})
