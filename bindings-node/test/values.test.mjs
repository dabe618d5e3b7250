import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { inspect } from 'node:util'
import * as ai from 'alipay-instore'
import { around } from './support.mjs'

const require = createRequire(import.meta.url)
const cjs = require('alipay-instore')
const openssl = (args, input) => execFileSync('openssl', args, { input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'ignore'] })
const pem = openssl(['genrsa', '2048'])
const key = ai.SigningKey.load(pem)
const gatewayKey = ai.VerifyingKey.load(openssl(['rsa', '-pubout'], openssl(['genrsa', '2048'])))
const content = { path: '/ams/api/v1/payments/pay', clientId: 'C1', time: '2026-01-01T00:00:00Z', body: '{"a":"ü"}' }

test('both kinds of modules give the same classes', () => {
  assert.deepEqual(Object.keys(ai).filter((name) => name !== 'default').sort(), Object.keys(cjs).sort())
  for (const [name, value] of Object.entries(cjs)) assert.equal(ai[name], value, name)
  assert.throws(() => cjs.SigningKey.load(''), ai.KeyError)
})

test('the catalogue is the shared file, and each code has its class', () => {
  const shared = JSON.parse(readFileSync(new URL('../../tests/vectors/errors.json', import.meta.url)))
  const rows = ai.errorCatalogue()
  assert.deepEqual(rows.map(({ mayHaveCharged, ...row }) => row), shared)
  assert.deepEqual(new Set(rows.map((row) => row.mayHaveCharged)), new Set(['never', 'maybe', 'by_case']))
  const { classes, failure } = require('../lib/errors.cjs')
  for (const { code, category, retryable, hint } of shared) {
    const error = failure(code, 'x')
    assert.ok(error instanceof classes[category] && error instanceof ai.AlipayError && error instanceof Error, code)
    assert.deepEqual([error.code, error.retryable, error.hint, error.name], [code, retryable, hint, classes[category].name])
    assert.equal(ai[error.name], classes[category])
  }
})

test('a key is opaque and is what openssl says', () => {
  const der = execFileSync('openssl', ['pkey', '-pubout', '-outform', 'DER'], { input: pem, stdio: ['pipe', 'pipe', 'ignore'] })
  const digest = require('node:crypto').createHash('sha256').update(der).digest('hex')
  assert.deepEqual([key.bits, key.fingerprint], [2048, digest])
  const shown = inspect(key, { showHidden: true, depth: 9 }) + String(key) + JSON.stringify(key)
  const secret = pem.split('\n').slice(1, -2)
  for (const line of secret) assert.ok(!shown.includes(line))
  assert.throws(() => structuredClone(key), { name: 'DataCloneError' })
})

test('openssl verifies what is signed', async () => {
  const header = key.sign({ ...content, keyVersion: 7 })
  assert.match(header, /^algorithm=RSA256,keyVersion=7,signature=/)
  assert.equal(await key.signAsync({ ...content, keyVersion: 7 }), header)
  const signed = `POST ${content.path}\n${content.clientId}.${content.time}.${content.body}`
  const signature = Buffer.from(decodeURIComponent(header.split('signature=')[1]), 'base64')
  const publicKey = require('node:crypto').createPublicKey(key.verifyingKey().toPem())
  assert.ok(require('node:crypto').verify('sha256', Buffer.from(signed), publicKey, signature))
})

test('what is signed later is what was passed, in any number and order', async () => {
  const body = Buffer.from('{"a":1}')
  const wanted = key.sign({ ...content, body })
  const all = Array.from({ length: 100 }, () => key.signAsync({ ...content, body }))
  const wrong = key.verifyingKey().verifyAsync(wanted, { ...content, body: 'other' })
  body.fill(0)
  await assert.rejects(wrong, { code: 'signature.mismatch' })
  for (const header of await Promise.all(all)) assert.equal(header, wanted)
})

test('verifying returns, or throws what is wrong', async () => {
  const header = key.sign(content)
  const pub = ai.VerifyingKey.load(key.verifyingKey().toPem())
  assert.equal(pub.verify(header, content), undefined)
  assert.equal(await pub.verifyAsync(header, content), undefined)
  const other = { ...content, body: '{"a":"u"}' }
  assert.throws(() => pub.verify(header, other), { name: 'SignatureError', code: 'signature.mismatch', retryable: false })
  await assert.rejects(pub.verifyAsync(header, other), ai.SignatureError)
})

test('bodies are bytes: views with an offset, shared memory, strings as UTF-8', () => {
  const header = key.sign(content)
  const pub = key.verifyingKey()
  const bytes = Buffer.from(`xx${content.body}yy`)
  const view = bytes.subarray(2, bytes.length - 2)
  assert.ok(view.byteOffset > 0)
  pub.verify(header, { ...content, body: view })
  pub.verify(header, { ...content, body: new Uint8Array(view.buffer, view.byteOffset, view.length) })
  const shared = new Uint8Array(new SharedArrayBuffer(view.length))
  shared.set(view)
  pub.verify(header, { ...content, body: shared })
  assert.equal(key.sign({ ...content, body: '\ud83d\ude00' }), key.sign({ ...content, body: Buffer.from([0xf0, 0x9f, 0x98, 0x80]) }))
})

test('text without UTF-8 is an error that names its place, and never replaced', async () => {
  const merchant = new ai.Merchant({ protocol: 'ams', clientId: 'C1', gateway: 'sea', signingKey: key, gatewayKey })
  const pub = key.verifyingKey()
  const header = key.sign(content)
  const received = { path: '/p', headers: { Signature: header }, body: '{}' }
  const payment = new ai.Payment({
    order: { paymentRequestId: 'p', amount: ai.Amount.fromMinor(1n, 'USD'), scenario: 'PaymentCode', apiPrefix: '/p', request: {} },
    policy: { preset: 'ams' },
  })
  const notified = (body) => payment.handle({ type: 'notified', body }, 1)
  const pay = (request) => ai.checkRequest({ merchant, request })
  for (const lone of ['\ud800', 'a\udc00b', '\udc00\ud800']) {
    const cases = [
      [() => key.sign({ ...content, body: lone }), 'signature.content', 'body'],
      [() => key.sign({ ...content, path: `/${lone}` }), 'signature.content', 'path'],
      [() => key.sign({ ...content, clientId: lone }), 'signature.content', 'clientId'],
      [() => pub.verify(lone, content), 'signature.header', 'header'],
      [() => ai.SigningKey.load(lone), 'key.not_a_key', 'key'],
      [() => ai.Amount.fromMajor(lone, 'USD'), 'amount.format', 'price'],
      [() => new ai.PaymentCode(lone), 'code.not_digits', 'code'],
      [() => ai.PaymentCode.fromScan(lone), 'code.not_digits', 'scanned'],
      [() => ai.readVerified({ protocol: 'ams', operation: 'pay', body: lone }), 'message.not_json', 'body'],
      [() => merchant.signRequest({ path: '/p', body: lone }), 'request.invalid', 'body'],
      [() => merchant.signRequest({ path: lone, body: '' }), 'config.invalid', 'path'],
      [() => merchant.verifyResponse({ ...received, path: lone }), 'config.invalid', 'path'],
      [() => merchant.verifyResponse({ ...received, body: lone }), 'message.not_json', 'body'],
      [() => merchant.verifyNotification({ ...received, notifyUrl: lone }), 'config.invalid', 'notifyUrl'],
      [() => merchant.verifyNotification({ ...received, headers: { Signature: lone } }), 'message.header', 'Signature'],
      [() => merchant.verifyNotification({ ...received, headers: ['Signature', lone] }), 'message.header', 'Signature'],
      [() => merchant.verifyNotification({ ...received, headers: [[lone, 'x']] }), 'message.header', 'headers'],
      [() => pay({ order: { goods: [{}, { goodsName: lone }] } }), 'request.invalid', 'order.goods[1].goodsName'],
      [() => pay({ order: { [lone]: 'x' } }), 'request.invalid', `order.${lone}`],
      [() => pay({ paymentRequestId: lone }), 'request.invalid', 'paymentRequestId'],
      [() => notified({ paymentId: lone }), 'message.not_json', 'paymentId'],
      [() => notified(`{"paymentId":"${lone}"}`), 'message.not_json', 'body'],
      [() => ai.Payment.restore(lone), 'config.invalid', 'snapshot'],
      [() => new ai.FileStore(lone), 'config.invalid', 'folder'],
    ]
    for (const [work, code, path] of cases) {
      assert.throws(work, (error) => {
        assert.deepEqual([error.code, error.path], [code, path], String(work))
        assert.match(error.hint, /cut/)
        return error instanceof ai.AlipayError
      })
    }
    await assert.rejects(key.signAsync({ ...content, body: lone }), { code: 'signature.content' })
    assert.deepEqual(new ai.Router().routeMany([lone, lone]).map((found) => found.code), ['code.not_digits', 'code.not_digits'])
    const store = around(new ai.MemoryStore(), {
      load: async () => ({ text: lone, revision: 1, owner: null }), take: async () => ({ id: lone }), list: async () => ({ rows: [{ id: lone }], next: null }),
    })
    const client = new ai.Client(merchant, { store, proxy: 'none' })
    await assert.rejects(client.status('p'), { code: 'store.failed' })
    await assert.rejects(client.resumeAll(), (error) => error.code === 'store.failed' && error.cause.code === 'store.corrupt')
    await assert.rejects(client.call('v1/x', { a: [lone] }), { code: 'request.invalid', path: 'a[0]' })
    await assert.rejects(client.call('v1/x', `{"a":"${lone}"}`), { code: 'request.invalid', path: 'body' })
  }
  assert.throws(() => notified(Buffer.from([0x7b, 0xff, 0x7d])), { code: 'message.not_json', path: 'body' })
  for (const number of [NaN, Infinity]) assert.throws(() => pay({ order: { number } }), { code: 'request.invalid', path: 'order.number' })
})

test('wrong arguments are named', async () => {
  for (const body of [undefined, null, 1, {}, [], new ArrayBuffer(2), new DataView(new ArrayBuffer(2))]) {
    assert.throws(() => key.sign({ ...content, body }), TypeError)
    await assert.rejects(key.signAsync({ ...content, body }), TypeError)
  }
  assert.throws(() => key.sign({ ...content, body: {} }), /raw body/)
  for (const input of [undefined, null, 'x', []]) assert.throws(() => key.sign(input), TypeError)
  for (const keyVersion of [-1, 1.5, NaN, 2 ** 32, '1', 1n]) {
    assert.throws(() => key.sign({ ...content, keyVersion }), { code: 'signature.key_version' })
  }
  assert.throws(() => key.sign({ ...content, time: 1 }), TypeError)
  assert.throws(() => new ai.SigningKey(), TypeError)
  assert.throws(() => ai.SigningKey.load(null), TypeError)
  assert.throws(() => ai.SigningKey.prototype.sign.call({}, content), TypeError)
})

test('money is text or bigint, never a number', () => {
  for (const price of [19.99, 20, NaN]) assert.throws(() => ai.Amount.fromMajor(price, 'USD'), { code: 'amount.float', name: 'AmountError' })
  assert.throws(() => ai.Amount.fromMinor(1999, 'USD'), { code: 'amount.float' })
  assert.throws(() => ai.Amount.fromMajor(20n, 'USD'), TypeError)
  assert.throws(() => ai.Amount.fromMajor('19.999', 'USD'), { code: 'amount.excess_precision' })
  const amount = ai.Amount.fromMajor('19.999', 'USD', { rounding: 'half_even' })
  assert.deepEqual([amount.value, amount.currency, amount.toMajor(), String(amount)], [2000n, 'USD', '20.00', '20.00 USD'])
  assert.ok(amount.equals(ai.Amount.fromMinor(2000n, 'USD')) && !amount.equals(ai.Amount.fromMinor('2000', 'EUR')))
  assert.equal(JSON.stringify(amount), '{"currency":"USD","value":"2000"}')
  assert.equal(ai.Amount.fromMinor('9999999999999999', 'USD').value, 9999999999999999n)
  assert.throws(() => ai.Amount.fromMinor(-1n, 'USD'), { code: 'amount.format' })
})

test('a payment code is masked wherever it is printed', () => {
  const code = new ai.PaymentCode(' 281006020000000000125733\r\n')
  for (const shown of [String(code), inspect(code, { showHidden: true }), JSON.stringify({ code }), code.masked()]) {
    assert.ok(!shown.includes('10060200'), shown)
  }
  assert.deepEqual([code.digits, code.expose()], [24, '281006020000000000125733'])
  for (const [scanned, wanted] of [['', 'code.length'], ['12a', 'code.not_digits'], ['1'.repeat(18), 'code.prefix']]) {
    assert.throws(() => new ai.PaymentCode(scanned), { code: wanted, name: 'CodeError' })
  }
})

test('routing one and many', () => {
  const router = new ai.Router({ direct: [{ wallet: 'MPAY', routingNumber: '003' }, { wallet: 'ALIPAY_CN' }, { wallet: 'ALIPAY_HK' }] })
  assert.deepEqual(router.route('281003020000000000125733'), { target: 'wallet', wallet: 'MPAY', rule: 'direct_wallet', alternatives: [] })
  assert.deepEqual(router.route('281003020000000000').alternatives, ['ALIPAY_HK'])
  const many = router.routeMany(['281003020000000000125733', 'x', new ai.PaymentCode('2893612204263667830'), 'x'])
  assert.deepEqual(many.map((found) => found.rule ?? found.code), ['direct_wallet', 'code.not_digits', 'alipay_plus_19', 'code.not_digits'])
  assert.ok(many[1] instanceof ai.CodeError && Object.isFrozen(many[0]))
  assert.throws(() => new ai.Router({ direct: [{ wallet: 'MPAY' }] }), { code: 'router.configuration', path: 'direct[0]' })
  assert.throws(() => new ai.Router({ wallets: [] }), { code: 'config.invalid', path: 'wallets' })
  for (const wrong of [undefined, null, 'x', 5]) assert.throws(() => router.routeMany(wrong), TypeError)
  assert.throws(() => router.route(281003020000000000125733n), TypeError)
})

test('advice', () => {
  const found = ai.advice({ protocol: 'ams', operation: 'pay', resultStatus: 'F', resultCode: 'USER_BALANCE_NOT_ENOUGH' })
  assert.deepEqual([found.meaning, found.retry, found.newIdNeeded], ['payment_refused', 'new_id', true])
  assert.equal(ai.advice({ protocol: 'alipay_plus', operation: 'pay', resultCode: 'NEVER_HEARD' }).code, null)
  assert.throws(() => ai.advice({ protocol: 'x', operation: 'pay' }), { code: 'config.invalid' })
})

test('the machine: a payment that succeeds, and its snapshot', () => {
  const order = {
    paymentRequestId: 'p1', amount: ai.Amount.fromMajor('1.00', 'USD'), scenario: 'PaymentCode', apiPrefix: '/ams/api/v1', request: { paymentRequestId: 'p1' },
  }
  const payment = new ai.Payment({ order, policy: { preset: 'ams', inquiryLimit: 10 } })
  const [sent] = payment.begin(0)
  assert.deepEqual([sent.type, sent.operation, sent.path], ['send', 'pay', '/ams/api/v1/payments/pay'])
  assert.equal(payment.state, 'paying')
  const again = ai.Payment.restore(payment.snapshot())
  assert.deepEqual(again.handle({ type: 'resumed' }, 1)[0], sent)
  const body = { result: { resultStatus: 'S', resultCode: 'SUCCESS' }, paymentId: 'g1' }
  const actions = payment.handle({ type: 'reply', sendId: sent.sendId, operation: 'pay', body }, 2)
  assert.deepEqual(actions.at(-1), { sequence: 2, type: 'conclude', outcome: 'succeeded', failureCode: null, unresolvedReason: null })
  assert.deepEqual([payment.outcome, payment.paymentId, payment.nextWakeup], ['succeeded', 'g1', null])
  assert.throws(() => payment.begin(3), { code: 'payment.already_begun', name: 'PaymentError' })
  assert.throws(() => ai.Payment.restore('{}'), { code: 'snapshot.malformed' })
  assert.throws(() => new ai.Payment({ order, policy: { preset: 'ams', inquiryLimit: 9 } }), { code: 'policy.inquiry_limit' })
  assert.throws(() => new ai.Payment({ order, policy: { preset: 'ams', nonsense: 9 } }), { code: 'config.invalid' })
})

const merchantOf = (protocol) => new ai.Merchant({ protocol, clientId: 'C1', gateway: 'sea', signingKey: key, gatewayKey })

/** A payment that was paid. */
function paid(protocol) {
  const order = { paymentRequestId: 'p1', amount: ai.Amount.fromMinor(1000n, 'USD'), scenario: 'PaymentCode', apiPrefix: '/ams/api/v1', request: {} }
  const payment = new ai.Payment({ order, policy: { preset: protocol } })
  assert.throws(() => ai.RefundLedger.of(payment), { code: 'payment.not_final' })
  payment.begin(0)
  payment.handle({ type: 'reply', sendId: 1, operation: 'pay', body: { result: { resultStatus: 'S', resultCode: 'SUCCESS' }, paymentId: 'g1' } }, 1)
  return payment
}

test('refunds as machines: the ledger keeps their sum', () => {
  const merchant = merchantOf('ams')
  const usd = (value) => ai.Amount.fromMinor(value, 'USD')
  const ledger = ai.RefundLedger.of(paid('ams'))
  const enter = (refundRequestId, value) => ledger.enter({ merchant, request: { refundRequestId, refundAmount: usd(value) } })
  enter('a', 600n)
  enter('a', 600n)
  assert.throws(() => enter('a', 599n), { code: 'request.invalid', name: 'RequestError' })
  assert.throws(() => enter('b', 401n), { code: 'request.refund_exceeds' })
  assert.throws(() => ledger.enter({ merchant, request: { refundRequestId: 'c', refundAmount: { currency: 'USD', value: 1 } } }), { code: 'amount.float' })
  assert.throws(() => ledger.handle('b', { type: 'tick' }), { code: 'refund.not_begun' })
  assert.throws(() => ledger.handle('a', { type: 'cancel_requested' }), { code: 'config.invalid' })
  assert.deepEqual([ledger.left, ledger.refunded, ledger.paid.value, ledger.paymentId], [400n, 0n, 1000n, 'g1'])
  const [sent] = ledger.begin('a', 10)
  assert.deepEqual([sent.type, sent.operation, sent.path], ['send', 'refund', '/ams/api/v1/payments/refund'])
  assert.deepEqual(JSON.parse(sent.body), { paymentId: 'g1', refundRequestId: 'a', refundAmount: { currency: 'USD', value: '600' } })
  const again = ai.RefundLedger.restore(ledger.snapshot())
  assert.deepEqual(again.handle('a', { type: 'resumed' }, 11)[0], sent)
  const body = { result: { resultStatus: 'S', resultCode: 'SUCCESS' }, refundId: 'R1' }
  const ended = ledger.handle('a', { type: 'reply', sendId: sent.sendId, operation: 'refund', body }, 12)
  assert.deepEqual(ended, [{ sequence: 2, type: 'conclude', outcome: 'refunded', failureCode: null, unresolvedReason: null }])
  assert.deepEqual([ledger.refunded, ledger.left, ledger.refund('a').refundId, ledger.refund('x')], [600n, 400n, 'R1', null])
  assert.throws(() => ai.RefundLedger.restore('{}'), { code: 'snapshot.malformed' })
  assert.throws(() => ai.RefundLedger.of({}), TypeError)
})

test('requests are checked as pay does, minimums are told, and China gets its texts', () => {
  const merchant = merchantOf('alipay_plus')
  const order = (extendInfo) => ({
    referenceOrderId: 'o', orderDescription: 'Trip', orderAmount: ai.Amount.fromMajor('1.00', 'USD'),
    merchant: { referenceMerchantId: 'M', merchantName: 'Shop', merchantMCC: '5411', store: { referenceStoreId: 'S', storeName: 'Shop', storeMCC: '5411' } },
    env: { storeTerminalId: 'T1', ...(extendInfo && { extendInfo }) },
  })
  const request = (extendInfo) => ai.PayRequest.forPaymentCode({
    paymentRequestId: 'p9', amount: ai.Amount.fromMajor('1.00', 'USD'), paymentCode: '281006020000000000125733',
    settlementStrategy: { settlementCurrency: 'USD' }, order: order(extendInfo),
  })
  const china = ai.chinaExtraTransInfo({
    hotels: [{ name: 'Grand', checkin: '2026-01-01', checkout: '2026-01-03' }, { name: 'Ritz', checkin: '2026-01-03', checkout: '2026-01-04' }],
    flights: [{ number: 'CA1', departure: '2026-01-01 09:00' }],
    goods: [{ sku: 'Tea', quantity: 2 }, { sku: 'Cup', quantity: 3 }],
  })
  assert.deepEqual([china.businessType, china.hotelName, china.checkinTime, china.goodsInfo, china.totalQuantity], ['1|2|4', 'Grand|Ritz', '2026-01-01|2026-01-03', 'Tea^2|Cup^3', '5'])
  const body = ai.checkRequest({ merchant, request: request({ chinaExtraTransInfo: china }) })
  assert.deepEqual([body.paymentRequestId, body.paymentMethod.paymentMethodId], ['p9', '281006020000000000125733'])
  assert.equal(JSON.parse(body.order.env.extendInfo).chinaExtraTransInfo.hotelName, 'Grand|Ritz')
  assert.throws(() => ai.chinaExtraTransInfo({ goods: [{ sku: 'a^b', quantity: 1 }] }), { code: 'request.invalid', path: /goodsInfo/ })
  assert.throws(() => ai.chinaExtraTransInfo({ goods: [{ sku: 'a', quantity: -1 }] }), { code: 'config.invalid', path: 'goods[0].quantity' })
  assert.throws(() => ai.chinaExtraTransInfo({ hotels: {} }), TypeError)
  assert.throws(() => ai.checkRequest({ merchant, request: request(), wallet: 7 }), TypeError)
  assert.throws(() => ai.checkRequest({ merchant, request: request(), now: Date.UTC(10000, 0) }), ai.AlipayError)
  assert.deepEqual([String(ai.walletMinimum('GCASH')), ai.walletMinimum('NONE')], ['1.00 PHP', null])
})

test('QR codes as SVG, PNG and text', () => {
  const text = 'https://qr.example/pay?order=ab-cd'
  assert.match(ai.qrSvg(text), /^<\?xml/)
  assert.deepEqual([...ai.qrPng(text).subarray(0, 4)], [0x89, 0x50, 0x4e, 0x47])
  // By another encoder, with each mask that the standard allows.
  const others = JSON.parse(readFileSync(new URL('../../core/tests/fixtures/qr.json', import.meta.url))).codes
  assert.equal(others.length, 3)
  for (const other of others) assert.ok(other.terminal.includes(ai.qrTerminal(other.text)), other.text)
  assert.ok(ai.qrTerminal(text, { colours: true }).startsWith('\u001b[97;40m'))
  assert.throws(() => ai.qrSvg('x'.repeat(5_000)), { code: 'qr.too_long' })
  assert.throws(() => ai.qrTerminal(text, { colors: true }), { code: 'config.invalid' })
})
