// The hand-written types against what is really there: every export, static, method and property has a type and the
// other way round, and what calls answer fits its type with no member too many. The runtime writes the file that the
// compiler then checks.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import diagnosticsChannel from 'node:diagnostics_channel'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import test, { after, before } from 'node:test'
import { fileURLToPath } from 'node:url'
import * as ai from 'alipay-instore'
import * as testing from 'alipay-instore-testing'

const require = createRequire(import.meta.url)
const folder = fileURLToPath(new URL('./types/surface/', import.meta.url))
const compiler = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url))

/** A result of each kind that does not take long. */
const BEHAVIOURS = ['paid_after_inquiries', 'balance_too_low', 'wrong_amount_in_reply', 'wrong_id_in_reply', 'reply_unsigned', 'http_403']

let gateway
const clients = []
before(async () => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  gateway = await testing.Sandbox.start({ speed: 20 })
})
after(async () => {
  await Promise.all(clients.map((client) => client.close()))
  await gateway.stop()
})

function compiles(name, text) {
  writeFileSync(`${folder}${name}`, text)
  const words = Object.entries({ strict: true, noEmit: true, isolatedModules: true, verbatimModuleSyntax: true, target: 'es2022', module: 'nodenext', lib: 'es2023', types: 'node' })
  const { status, stdout } = spawnSync(
    process.execPath,
    [compiler, ...words.flatMap(([flag, value]) => [`--${flag}`, String(value)]), `${folder}${name}`],
    { encoding: 'utf8', timeout: 60_000 },
  )
  assert.equal(status, 0, stdout)
}

const prelude = `
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const same = <A, B>(_: Equal<A, B>): void => {}
`

/** What TypeScript knows by name; the other symbols are the package's own. */
const WELL_KNOWN = ['iterator', 'dispose', 'asyncDispose']
const names = (keys) =>
  keys
    .flatMap((key) => {
      if (typeof key === 'string') return [`'${key}'`]
      return WELL_KNOWN.filter((name) => Symbol[name] === key).map((name) => `typeof Symbol.${name}`)
    })
    .join(' | ') || 'never'

const isClass = (value) => typeof value === 'function' && /^class\b/.test(Function.prototype.toString.call(value))
const ofErrors = ['name', 'message', 'stack', 'cause']

/** What an instance has, from its class, the classes above it, and, where it can be made, itself. */
function members(Class) {
  const found = new Set()
  for (let at = Class.prototype; at && at !== Object.prototype && at !== Error.prototype; at = Object.getPrototypeOf(at)) {
    for (const key of Reflect.ownKeys(at)) found.add(key)
  }
  if (Class.prototype instanceof Error) {
    const own = Class === ai.StoreConflict || Class === ai.StoreNotWritten || Class === ai.AbortError
    const made = own ? new Class() : new Class({ code: 'store.failed', reason: 'x' })
    for (const key of [...Reflect.ownKeys(made), ...ofErrors]) found.add(key)
  }
  if (Class === ai.Amount) for (const key of Reflect.ownKeys(ai.Amount.parse('1 USD'))) found.add(key)
  if (Class === testing.Sandbox) for (const key of Reflect.ownKeys(gateway)) found.add(key)
  found.delete('constructor')
  return [...found]
}

function statics(Class) {
  const found = new Set()
  for (let at = Class; at && at !== Function.prototype && at !== Error; at = Object.getPrototypeOf(at)) {
    for (const key of Reflect.ownKeys(at)) found.add(key)
  }
  for (const key of ['length', 'name']) found.delete(key)
  // Error has some of its own in Node.
  return Class.prototype instanceof Error ? [...new Set([...found, ...Object.keys(Error)])] : [...found]
}

function surface(what, module) {
  let text = `same<keyof typeof ${what}, ${names(Object.keys(module))}>(true)\n`
  for (const [name, value] of Object.entries(module)) {
    if (!isClass(value)) continue
    text += `same<keyof ${what}.${name}, ${names(members(value))}>(true)\n`
    if (!(value.prototype instanceof Error)) {
      text += `same<keyof typeof ${what}.${name}, ${names(statics(value))}>(true)\n`
    }
  }
  return text
}

test('every export, method and property has a type, and the other way round', () => {
  compiles(
    'exports.mts',
    `import * as ai from 'alipay-instore'\nimport * as testing from 'alipay-instore-testing'\n${prelude}${surface('ai', ai)}${surface('testing', testing)}`,
  )
  compiles(
    'exports.cts',
    `import ai = require('alipay-instore')\nimport testing = require('alipay-instore-testing')\n${prelude}` +
      surface('ai', require('alipay-instore')) + surface('testing', require('alipay-instore-testing')),
  )
})

/** A value as an expression of TypeScript. */
function written(value) {
  if (typeof value === 'bigint') return `${value}n`
  if (value === undefined) return 'undefined'
  if (value instanceof Uint8Array) return "Buffer.from('')"
  if (value instanceof ai.Amount) return "ai.Amount.fromMinor(1n, 'USD')"
  if (value instanceof ai.Notification) return '(null! as ai.Notification)'
  if (value instanceof ai.AlipayError) return 'new ai.StoreConflict()'
  if (Array.isArray(value)) return `[${value.map(written).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  assert.equal(Object.getPrototypeOf(value), Object.prototype, 'a plain object')
  return `{ ${Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}: ${written(one)}`).join(', ')} }`
}

/** An error as plain data. */
function plain({ name: _name, ...error }) {
  return error
}

async function samples() {
  const found = []
  const add = (type, ...values) => {
    for (const value of values) found.push([type, value])
  }

  const merchant = gateway.merchant('ams')
  const router = new ai.Router({ direct: [{ wallet: 'MPAY', routingNumber: '003' }] })
  add('ai.Route | ai.AlipayError', ...router.routeMany([testing.PAID_AT_ONCE, '281003020000000000125733', 'x']))
  add('ai.ErrorRow', ...ai.errorCatalogue())
  add('ai.Advice', ai.advice({ protocol: 'ams', operation: 'pay', resultStatus: 'F', resultCode: 'NEVER_HEARD' }))
  add('ReturnType<typeof ai.generateKey>', ai.generateKey())
  add('ReturnType<ai.AlipayError["toJSON"]>', new ai.StoreConflict().toJSON())
  add('ai.Amount | null', ai.walletMinimum('GCASH'), ai.walletMinimum('X'))
  add('ai.ChinaExtraTransInfo', ai.chinaExtraTransInfo({ goods: [{ sku: 'x', quantity: 1 }] }))
  add('ai.SignedRequest', merchant.signRequest({ path: '/p', body: '{}' }))
  const sent = { ...gateway.notification({ notifyUrl: '/n', body: { notifyType: 'OTHER' } }), now: gateway.clock.now() }
  const verified = merchant.verifyNotification(sent)
  add('ai.Acknowledgement', merchant.acknowledge({ notification: verified }), ai.Merchant.refuse(new Error('x')))
  for (const change of [{}, { notifyUrl: '/m' }, { body: '{}' }, { alternatives: { paths: ['/n'] }, notifyUrl: '/o' }, { headers: {} }]) {
    add('ai.Diagnosis', merchant.explainNotification({ ...sent, ...change }))
  }
  add('string | null', ai.walletOfPspId('A111265200000000'), ai.walletOfPspId('x'))
  const lines = new ai.ScannedLines()
  for (const line of lines.push(`${testing.PAID_AT_ONCE}\rx\r`)) add('ai.CodeKind | ai.ErrorDetails', line.kind ?? plain(line.toJSON()))

  const steps = []
  const listen = (message) => steps.push(message)
  diagnosticsChannel.subscribe('alipay-instore:step', listen)
  const codes = Object.fromEntries((await gateway.behaviours()).map((row) => [row.name, row.code]))
  for (const protocol of ['ams', 'alipay_plus']) {
    const store = new ai.MemoryStore()
    const client = gateway.client(protocol, { store })
    const lenient = gateway.client(protocol, { store, claims: false, acknowledgeUnknown: true })
    clients.push(client, lenient)
    const request = testing.payRequest()
    add('ai.PaymentResult', await client.pay(request))
    for (const behaviour of BEHAVIOURS) add('ai.PaymentResult', await client.pay(testing.payRequest({ paymentCode: codes[behaviour] })))
    const unnamed = testing.payRequest()
    delete unnamed.order.merchant.merchantName
    if (protocol === 'ams') add('ai.PaymentResult', await client.pay(unnamed))
    const paid = testing.payRequest()
    if (protocol === 'ams') add('ai.PaymentResult', await client.pay(paid))
    if (protocol === 'ams') add('ai.ReverseResult', await client.reverse(paid.paymentRequestId))
    add('ai.RefundResult', await client.refund(request.paymentRequestId, { refundRequestId: 'r', refundAmount: ai.Amount.fromMinor(1n, 'USD') }))
    add('ai.Recovery', await client.resumeAll())
    add('ai.OpenAlerts', await client.alerts())
    const row = await store.load({ id: request.paymentRequestId })
    add('ai.StoredRow | null', row, await store.load({ id: 'none' }))
    const { rows, next } = await store.list({ limit: 1 })
    add('ai.Columns', ...rows)
    add('ai.Place | null', next)
    add('Awaited<ReturnType<ai.PaymentStore["beat"]>>', await store.beat({ owner: 'a' }))
    add('ai.VerifiedResponse', await client.call('v1/payments/inquiryPayment', { paymentRequestId: request.paymentRequestId }))
    const notify = (body) => ({ ...gateway.notification({ notifyUrl: '/n', body }), now: gateway.clock.now() })
    const said = (paymentRequestId) => notify({
      notifyType: 'PAYMENT_RESULT', result: { resultCode: 'SUCCESS', resultStatus: 'S', resultMessage: 'success' },
      paymentRequestId, paymentId: 'g1', paymentAmount: { currency: 'USD', value: '1999' },
    })
    const refunded = (refundRequestId) => notify({
      notifyType: 'REFUND_RESULT', refundStatus: 'SUCCESS', refundRequestId, refundId: 'R1', refundAmount: { currency: 'USD', value: '1' },
    })
    if (protocol === 'ams') {
      for (const sent of [said(request.paymentRequestId), said('other'), refunded('r'), refunded('other'), notify({ notifyType: 'OTHER' }), { ...said('x'), body: '{}' }]) {
        for (const by of [client, lenient]) add('ai.HandledNotification', await by.handleNotification(sent.headers, sent.body, { notifyUrl: '/n' }))
      }
    }
    const order = testing.payRequest({ paymentCode: null })
    const presented = ({ paymentRequestId, step }) => paymentRequestId === order.paymentRequestId && step.event.type === 'presented'
    add('ai.PaymentResult', await client.start(order))
    const shown = client.pay(order)
    while (!steps.some(presented)) await new Promise((resolve) => setTimeout(resolve, 5))
    await gateway.customer(order.paymentRequestId, { does: 'pay' })
    add('ai.PaymentResult', await shown)
  }
  diagnosticsChannel.unsubscribe('alipay-instore:step', listen)
  add('ai.StepMessage', ...steps)

  const payment = new ai.Payment({ merchant, request: testing.payRequest({ paymentCode: null }) })
  const machine = (type, actions) => {
    add(type, ...actions)
    return actions
  }
  machine('ai.PaymentAction', payment.begin(0))
  machine('ai.PaymentAction', payment.handle({ type: 'reply', sendId: 1, operation: 'pay', body: { result: { resultStatus: 'U', resultCode: 'PAYMENT_IN_PROCESS' }, orderCodeForm: { codeDetails: [] } } }, 1))
  const booked = { result: { resultStatus: 'S', resultCode: 'SUCCESS' }, paymentStatus: 'SUCCESS', paymentId: 'g', paymentAmount: { currency: 'USD', value: '1999' } }
  machine('ai.PaymentAction', payment.handle({ type: 'notified', body: { ...booked, paymentRequestId: 'another' } }, 2))
  machine('ai.PaymentAction', payment.handle({ type: 'notified', body: { ...booked, paymentRequestId: payment.paymentRequestId } }, 3))
  const reading = (operation, body) => ai.readVerified({ protocol: 'ams', operation, body: JSON.stringify(body), ours: { paymentRequestId: 'p' } })
  add('ai.Reading', reading('notify', booked), reading('cancel', booked), reading('refund_inquiry', booked), reading('pay', {}))
  add('ai.PaymentWarning | null', payment.expiryWarning)
  const reversing = ai.RefundLedger.forReverse(payment)
  add('ai.Reverse | null', reversing.reverse, reversing.enterReverse(payment))
  machine('ai.ReverseAction', reversing.beginReverse(4))
  machine('ai.ReverseAction', reversing.handleReverse({ type: 'reply', sendId: 1, operation: 'cancel', body: { result: booked.result, paymentRequestId: payment.paymentRequestId } }, 5))
  add('ai.Reverse | null', reversing.reverse)
  const ledger = ai.RefundLedger.of(payment)
  add('ai.Refund', ledger.enter({ merchant, request: { refundRequestId: 'r', refundAmount: ai.Amount.fromMinor(1n, 'USD') } }), ...ledger.refunds)
  machine('ai.RefundAction', ledger.begin('r', 4))
  machine('ai.RefundAction', ledger.handle('r', { type: 'reply', sendId: 1, operation: 'refund', body: { result: { resultStatus: 'F', resultCode: 'MERCHANT_BALANCE_NOT_ENOUGH' }, refundId: 'R' } }, 5))
  add('ai.Refund | null', ledger.refund('r'), ledger.refund('none'))

  add('testing.Ledger', await gateway.ledger())
  add('Awaited<ReturnType<testing.Sandbox["behaviours"]>>', await gateway.behaviours())
  add('ReturnType<testing.Sandbox["notification"]>', gateway.notification({ notifyUrl: '/n', body: '{}' }))
  return found
}

test('what calls answer has the members of its type and no others', async () => {
  const all = await samples()
  const kinds = new Set(all.flatMap(([type, value]) => (type === 'ai.StepMessage' ? [value.step.event.type] : type.endsWith('Action') ? [`${type} ${value.type}`] : [])))
  for (const event of ['sent', 'answered', 'presented', 'alerted', 'concluded', 'refund_concluded', 'reverse_concluded']) assert.ok(kinds.has(event), event)
  for (const type of ['send', 'present', 'conclude', 'alert']) assert.ok(kinds.has(`ai.PaymentAction ${type}`), type)
  for (const type of ['send', 'conclude', 'alert']) assert.ok(kinds.has(`ai.RefundAction ${type}`), type)
  for (const type of ['send', 'conclude']) assert.ok(kinds.has(`ai.ReverseAction ${type}`), type)
  const lines = all.map(([type, value], index) => `export const s${index} = ${written(value)} satisfies ${type}`)
  compiles('answers.mts', `import * as ai from 'alipay-instore'\nimport type * as testing from 'alipay-instore-testing'\n${lines.join('\n')}\n`)
})
