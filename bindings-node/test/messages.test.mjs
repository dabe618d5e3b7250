// What gateways and scanners really deliver: a notification of Alipay's own, notify URLs with a query, texts in GBK, scans,
// and the machine's events about answers that can't be trusted.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test, { after, before } from 'node:test'
import * as ai from 'alipay-instore'
import { PAID_AT_ONCE, Sandbox, payRequest } from 'alipay-instore-testing'

let gateway
before(async () => {
  gateway = await Sandbox.start({ speed: 100 })
})
after(() => gateway.stop())

const own = ai.SigningKey.load(ai.generateKey().privatePem)
const gatewayKey = ai.SigningKey.load(ai.generateKey().privatePem)
const { public_key: alipayKey, cases } = JSON.parse(readFileSync(new URL('../../tests/vectors/real_notification.json', import.meta.url), 'utf8'))
const [real] = cases
/** Ten seconds after it was sent. */
const NOW = Date.parse('2019-11-12T09:37:10Z')
const received = {
  headers: { 'Client-Id': real.client_id, 'Request-Time': real.time, Signature: real.signature_header },
  body: real.body,
  now: NOW,
}
const merchantOf = (more) =>
  new ai.Merchant({ protocol: 'ams', clientId: real.client_id, gateway: 'sea', signingKey: own, gatewayKey: ai.VerifyingKey.load(alipayKey), ...more })

test("u13: Alipay's own notification is accepted with the notify URL with and without its query", () => {
  const query = 'allPayTn=5a9ddf96cc89dd30134549d68abbbd4a'
  const urls = ['https://local.allpay-test.com/api/back', `https://local.allpay-test.com/api/back?${query}`, '/api/back', `/api/back?${query}`]
  for (const notifyUrl of urls) {
    const configured = merchantOf({ notifyUrl })
    assert.equal(configured.notifyUrl, notifyUrl)
    const found = [
      merchantOf().verifyNotification({ ...received, notifyUrl }),
      configured.verifyNotification(received),
      new ai.Merchants([configured]).verifyNotification(received).notification,
    ]
    for (const notification of found) {
      const { kind, paymentRequestId, path, signedWithQuery, sentAt, textReplaced } = notification
      assert.deepEqual(
        { kind, paymentRequestId, path, signedWithQuery, sentAt, textReplaced },
        { kind: 'payment_result', paymentRequestId: 'cc89dd30134549d6', path: '/api/back', signedWithQuery: false, sentAt: NOW - 10_000, textReplaced: false },
      )
      // The acknowledgement is signed over the path that the notification was signed over.
      const answer = configured.acknowledge({ notification, now: NOW })
      own.verifyingKey().verify(answer.headers.Signature, {
        path: '/api/back', clientId: real.client_id, time: answer.headers['Response-Time'], body: answer.body,
      })
    }
  }
})

test('u13: what is not its notify URL is refused and explained', () => {
  const merchant = merchantOf()
  assert.throws(() => merchant.verifyNotification(received), { code: 'config.missing', path: 'notify_url' })
  for (const [notifyUrl, code] of [['https://shop.example/public/api/back', 'path.prefix'], ['/back', 'path.prefix'], ['/elsewhere', 'path.other']]) {
    assert.throws(() => merchant.verifyNotification({ ...received, notifyUrl }), { code: 'signature.mismatch' })
    const diagnosis = merchant.explainNotification({ ...received, notifyUrl })
    const { summary, findings: [finding, ...others], signed, keys, text } = diagnosis
    assert.equal(summary, 'the key is right, the content is not what was signed')
    assert.deepEqual([finding.code, finding.also, others], [code, [], []])
    assert.match(finding.evidence, /the path \/api\/back,/)
    assert.deepEqual([signed.padding, signed.hash, signed.digest.length], ['pkcs1', 'sha256', 64])
    assert.deepEqual(keys.map(({ name, signer }) => [name, signer]), [['gateway', true], ['own', false]])
    assert.ok(text.startsWith(`${summary}\n${code}: ${finding.found}: ${finding.evidence}; ${finding.change}\n`), text)
  }
  const names = (input) => merchant.explainResponse({ ...received, path: '/x', ...input }).findings.map(({ code }) => code)
  const time = { 'Response-Time': received.headers['Request-Time'] ?? real.time, Signature: real.signature_header }
  assert.deepEqual(names({ headers: time, alternatives: { paths: ['/api/back'] } }), ['path.other'])
  assert.deepEqual(names({ headers: { 'Response-Time': 'T' } }), ['signature.missing'])
  const stranger = { sandbox: own.verifyingKey() }
  const { keys } = merchant.explainNotification({ ...received, notifyUrl: '/x', alternatives: { keys: stranger } })
  assert.deepEqual(keys.map(({ name }) => name), ['gateway', 'own', 'sandbox'])
  assert.throws(() => merchant.verifyNotification({ ...received, notifyUrl: '/api/back', now: NOW + 2 * 365 * 86_400_000 }), { code: 'notification.stale' })
  assert.throws(() => merchant.verifyNotification({ ...received, notifyUrl: '/ams/api/v1/payments/pay' }), { code: 'config.notify_url' })
  assert.throws(() => merchant.explainNotification({ ...received, alternatives: { paths: '/x' } }), TypeError)
  assert.throws(() => merchant.explainNotification({ ...received, alternatives: { keys: { sandbox: 'x' } } }), TypeError)
})

test('u13: a notification that was signed with the query is acknowledged over the same', () => {
  const notifyUrl = 'https://shop.example/alipay/notify?till=7'
  const merchant = gateway.merchant('ams', { notifyUrl })
  for (const signQuery of [false, true]) {
    const path = signQuery ? '/alipay/notify?till=7' : '/alipay/notify'
    const sent = gateway.notification({ notifyUrl, signQuery, body: { notifyType: 'OTHER' } })
    const notification = merchant.verifyNotification({ ...sent, now: gateway.clock.now() })
    assert.deepEqual([notification.path, notification.signedWithQuery], [path, signQuery])
    const answer = merchant.acknowledge({ notification })
    const till = ai.VerifyingKey.load(readFileSync(new URL(gateway.description.merchant_public_key, `file://${gateway.file}`)))
    till.verify(answer.headers.Signature, { path, clientId: gateway.clientId, time: answer.headers['Response-Time'], body: answer.body })
  }
})

test("u1: the merchant's own public key is refused as the gateway's", () => {
  for (const keys of [{ gatewayKey: own.verifyingKey() }, { gatewayKey: undefined, gatewayKeys: { 1: gatewayKey.verifyingKey(), 2: own.verifyingKey() } }]) {
    assert.throws(() => merchantOf(keys), { name: 'KeyError', code: 'key.own_public', path: 'gateway_key' })
  }
})

test('m14: a body in GBK whose signature is right is read, and says that text was replaced', async () => {
  // The message is 成功 in GBK.
  const body = Buffer.concat([Buffer.from('{"result":{"resultStatus":"S","resultCode":"SUCCESS","resultMessage":"'), Buffer.from('b3c9b9a6', 'hex'), Buffer.from('"}}')])
  const merchant = merchantOf({ gatewayKey: gatewayKey.verifyingKey() })
  const [path, time] = ['/ams/api/v1/payments/pay', '2026-01-01T00:00:00Z']
  const signature = gatewayKey.sign({ path, clientId: real.client_id, time, body })
  const response = merchant.verifyResponse({ path, headers: { 'Client-Id': real.client_id, 'Response-Time': time, Signature: signature }, body })
  assert.deepEqual([response.textReplaced, response.body.result.resultStatus, response.signedAt], [true, 'S', Date.parse(time)])
  const reading = ai.readVerified({ protocol: 'ams', operation: 'pay', body })
  assert.deepEqual([reading.says, reading.textReplaced], ['paid', true])

  const code = (await gateway.behaviours()).find((row) => row.name === 'reply_in_gbk').code
  const result = await gateway.client('ams', { store: new ai.MemoryStore() }).pay(payRequest({ paymentCode: code }))
  assert.deepEqual([result.outcome, result.timeline[1].event.type, result.timeline[1].event.textReplaced], ['succeeded', 'answered', true])
})

test('u12: a scan is read as scanners and cashiers deliver it', () => {
  const read = (scanned) => ai.PaymentCode.fromScan(scanned)
  for (const scanned of [PAID_AT_ONCE, `]C1${PAID_AT_ONCE}\r\nrest`, `\x02${PAID_AT_ONCE}\x03`, '2810 0602 0000 0000 0012 5733', Buffer.from(`${PAID_AT_ONCE}\r`)]) {
    assert.equal(read(scanned).expose(), PAID_AT_ONCE)
  }
  const code = read(PAID_AT_ONCE)
  assert.deepEqual([code.kind, code.routingNumber], ['cgcp', '006'])
  assert.deepEqual([new ai.PaymentCode('2893612204263667830').kind, new ai.PaymentCode('2893612204263667830').routingNumber], ['alipay_plus_19', null])
  for (const [scanned, scannedAs] of [
    ['https://qr.shop.example/7', 'shop_code'], [PAID_AT_ONCE.repeat(2), 'repeated_code'], ['1312345678901234', 'wechat_pay'],
    ['6212345678901234567', 'union_pay'], ['2812345678901234567890123', 'reserved_length'], ['12345', null],
  ]) {
    assert.throws(() => read(scanned), (error) => {
      assert.ok(error instanceof ai.CodeError)
      assert.deepEqual([error.scannedAs, error.toJSON().scannedAs], [scannedAs, scannedAs], scanned)
      return true
    })
  }
  assert.throws(() => read(5), TypeError)
})

test('u12: the codes of a stream, one a line', () => {
  const lines = new ai.ScannedLines()
  assert.deepEqual(lines.push(Buffer.from(']C12810060200')), [])
  const [code, wrong] = lines.push('00000000125733\rnot a code\r')
  assert.equal(code.expose(), PAID_AT_ONCE)
  assert.deepEqual([wrong instanceof ai.CodeError, wrong.code], [true, 'code.not_digits'])
  assert.equal(lines.finish(), null)
  lines.push(PAID_AT_ONCE)
  assert.equal(lines.finish().expose(), PAID_AT_ONCE)
})

test('a reading compares with ours, and keeps every digit of an id', () => {
  const id = '1'.repeat(40)
  const body = `{"result":{"resultStatus":"S","resultCode":"SUCCESS"},"paymentStatus":"SUCCESS","paymentId":${id},"paymentRequestId":"p","paymentAmount":{"currency":"USD","value":"1999"}}`
  const ours = { paymentRequestId: 'p', paymentAmount: ai.Amount.fromMajor('19.99', 'USD') }
  const read = ai.readVerified({ protocol: 'ams', operation: 'inquiry', body, ours })
  assert.deepEqual([read.says, read.paymentId, read.namesPayment, read.paymentAmount, read.namesRefund], ['paid', id, 'ours', 'ours', null])
  const other = ai.readVerified({ protocol: 'ams', operation: 'inquiry', body, ours: { paymentRequestId: 'q', paymentAmount: { currency: 'USD', value: 1998n } } })
  assert.deepEqual([other.namesPayment, other.paymentAmount], ['other', 'other'])
  assert.throws(() => ai.readVerified({ protocol: 'ams', operation: 'inquiry', body, ours: { paymentAmount: { currency: 'USD', value: 1999 } } }), { code: 'amount.float' })
  assert.throws(() => ai.readVerified({ protocol: 'ams', operation: 'inquiry', body: '[' }), { code: 'message.not_json' })
  assert.equal(ai.walletOfPspId('A111265200000000'), 'CHANGIPAY')
  assert.equal(ai.walletOfPspId('x'), null)
})

test('events tell the machine what an answer that proves nothing suggests, and when a reply was signed', () => {
  const begun = () => {
    const order = { paymentRequestId: 'p', amount: ai.Amount.fromMinor(1n, 'USD'), scenario: 'PaymentCode', apiPrefix: '/ams/api/v1', request: {} }
    const payment = new ai.Payment({ order, policy: { preset: 'ams' } })
    payment.begin(0)
    return payment
  }
  /** Tells the machine the same of every request, until it has the alert or a minute has passed. */
  const alerts = (event) => {
    const payment = begun()
    let sends = [{ sendId: 1, operation: 'pay' }]
    for (let round = 0; round < 20 && payment.alerts.length === 0; round += 1) {
      for (const { sendId, operation } of sends) payment.handle({ sendId, operation, ...event }, payment.nextWakeup - 1)
      sends = payment.handle({ type: 'tick' }, payment.nextWakeup).filter((action) => action.type === 'send')
    }
    return payment.alerts
  }
  assert.deepEqual(alerts({ type: 'no_reply', unsignedCode: 'SIGNATURE_INVALID' }), ['configuration_suspected'])
  assert.deepEqual(alerts({ type: 'no_reply', wrongKey: true }), ['configuration_suspected'])
  assert.ok(!alerts({ type: 'no_reply' }).includes('configuration_suspected'))
  assert.throws(() => begun().handle({ type: 'no_reply', sendId: 1, operation: 'pay', unsignedCode: 'X', wrongKey: true }, 1), { code: 'config.invalid', path: 'wrongKey' })

  const unknown = { result: { resultStatus: 'S', resultCode: 'SUCCESS' } }
  const replied = (more) => {
    const payment = begun()
    payment.handle({ type: 'reply', sendId: 1, operation: 'pay', body: unknown, ...more }, 1_000)
    return [payment.outcome, payment.alerts]
  }
  assert.deepEqual(replied({ signedAt: 1_000 }), ['succeeded', []])
  assert.deepEqual(replied({ signedAt: new Date(1_000 - 600_000) }), ['succeeded', ['clock_skew']])
  assert.deepEqual(replied({ stale: true }), [null, ['stale_answer']])
  assert.equal(begun().expiryWarning.kind, 'default_expiry')
})
