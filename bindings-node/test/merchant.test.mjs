import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test, { after, before } from 'node:test'
import * as ai from 'alipay-instore'
import { Sandbox, payRequest } from 'alipay-instore-testing'

let gateway
let merchant
before(async () => {
  gateway = await Sandbox.start({ speed: 100 })
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
  const handled = (by, { notifyUrl, headers, body }) => by.handleNotification(headers, body, { notifyUrl })
  const received = gateway.notification({ notifyUrl: '/notify', body: notifyBody(request) })
  const answer = await handled(client, received)
  assert.deepEqual([answer.status, answer.error, answer.result.kind, answer.result.outcome], [200, null, 'taken', 'succeeded'])
  assert.deepEqual([answer.result.paymentRequestId, answer.result.alerts], [request.paymentRequestId, []])
  assert.equal(JSON.parse(answer.body).result.resultStatus, 'S')
  // The gateway checks the acknowledgement as we check its answers.
  merchantKey(gateway).verify(answer.headers.Signature, {
    path: '/notify', clientId: gateway.clientId, time: answer.headers['Response-Time'], body: answer.body,
  })
  assert.deepEqual(await client.notified(answer.notification), answer.result)
  const forged = await handled(client, { ...received, body: '{}' })
  assert.deepEqual([forged.status, forged.error.code, forged.notification, forged.result], [400, 'signature.mismatch', null, null])
  assert.equal(JSON.parse(forged.body).result.resultStatus, 'U')
  const parsed = await handled(client, { ...received, body: JSON.parse(received.body) })
  assert.ok(parsed.status >= 400 && /raw body/.test(parsed.error.message))
  await assert.rejects(client.notified({ paymentRequestId: 'p' }), TypeError)
  await client.close()
  assert.deepEqual((({ status, error }) => [status, error.code])(await handled(client, received)), [500, 'client.closed'])
})

test('m7: a notification of a payment that is not stored is refused, unless the client acknowledges it', async () => {
  const { notifyUrl, headers, body } = gateway.notification({ notifyUrl: '/notify', body: notifyBody({ paymentRequestId: 'other' }) })
  const store = new ai.MemoryStore()
  for (const [acknowledgeUnknown, status, code] of [[undefined, 500, 'request.unknown_payment'], [false, 500, 'request.unknown_payment'], [true, 200, null]]) {
    const client = gateway.client('ams', { store, acknowledgeUnknown })
    const answer = await client.handleNotification(headers, body, { notifyUrl })
    assert.deepEqual([answer.status, answer.error?.code ?? null, answer.result], [status, code, code === null ? { kind: 'unknown' } : null])
    assert.equal(answer.notification.paymentRequestId, 'other')
    await client.close()
  }
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

test('a handler refuses what is wrong on purpose', async () => {
  const gateway = await Sandbox.start()
  for (const protocol of ['ams', 'alipay_plus']) {
    const client = gateway.client(protocol, { store: new ai.MemoryStore(), notifyUrl: '/notify?till=7', acknowledgeUnknown: true })
    const handled = async (more) => {
      const { headers, body } = await gateway.notificationOf('P', { notifyUrl: '/notify?till=7', protocol, ...more })
      return client.handleNotification(headers, body)
    }
    assert.deepEqual([(await handled({})).status, (await handled({ paid: false, amount: ai.Amount.fromMajor('4.50', 'USD') })).status], [200, 200])
    const kinds = await gateway.wrongNotifications()
    assert.ok(kinds.length >= 10)
    for (const wrong of kinds) assert.notEqual((await handled({ wrong })).status, 200, wrong)
    await client.close()
  }
  await gateway.stop()
})
