'use strict'
// alipay-instore/testing: a gateway on this machine, a clock for tests, signed test notifications, and a check of own stores.

const fs = require('node:fs')
const http = require('node:http')
const https = require('node:https')
const os = require('node:os')
const path = require('node:path')
const { Buffer } = require('node:buffer')
const { clearInterval, setInterval } = require('node:timers')
const { isUint8Array } = require('node:util').types
const native = require('./lib/library.cjs')
const { Amount, Client, Merchant, PayRequest, SigningKey, VerifyingKey } = require('./index.cjs')
const { call, callAsync, failure } = require('./lib/errors.cjs')
const { bytes, flag, fn, optionalText, options, text, time, whole } = require('./lib/arguments.cjs')
const { requestJson } = require('./lib/requests.cjs')
const { CLOCK } = require('./lib/client.cjs')
const { openStore } = require('./lib/store.cjs')

const GUARD = Symbol('gateway')
const MOST = 0xffffffff
const LONGEST_TIMER = 2 ** 31 - 1
const GATEWAY = ['dataDir', 'listen', 'tls', 'speed', 'clientId', 'customer', 'notifyAfterMs', 'clock']

/** A payment code that the gateway's wallet pays at once. */
const PAID_AT_ONCE = '281006020000000000125733'

/** A request that both protocols take, to be changed where a test needs it. */
function payRequest(input) {
  const { price = '19.99', currency = 'USD', paymentCode = PAID_AT_ONCE, ...rest } = options(input, 'payRequest')
  const request = {
    amount: rest.amount ?? Amount.fromMajor(price, currency),
    paymentNotifyUrl: 'http://127.0.0.1:9/notify',
    settlementStrategy: { settlementCurrency: currency },
    order: {
      referenceOrderId: 'ORDER-1',
      orderDescription: 'Two coffees',
      merchant: {
        referenceMerchantId: 'M1',
        merchantMCC: '5814',
        merchantName: 'Coffee House',
        merchantDisplayName: 'Coffee House',
        merchantAddress: { region: 'SG', city: 'Singapore' },
        store: { referenceStoreId: 'S1', storeName: 'Harbour', storeMCC: '5814', storeTerminalId: 'TILL7' },
      },
      env: { storeTerminalId: 'TILL7', userAgent: 'Mozilla/5.0' },
    },
    ...rest,
  }
  return paymentCode === null ? PayRequest.forOrderCode(request) : PayRequest.forPaymentCode({ paymentCode, ...request })
}

class TestClock {
  #handle

  constructor(input = {}, handle) {
    const { now, speed } = input === GUARD ? {} : options(input, 'clock', ['now', 'speed'])
    if (input === GUARD) this.#handle = handle
    else if (speed !== undefined) this.#handle = call(() => native.Clock.running(whole(speed, 'speed', 1, MOST)))
    else this.#handle = call(() => native.Clock.manual(time(now, 'now') ?? Date.now()))
  }

  /** The clock of a gateway in another process. */
  static fromFile(file) {
    const { clock_origin_ms: origin = 0, speed = 1 } = JSON.parse(fs.readFileSync(text(file, 'file'), 'utf8'))
    return new TestClock(GUARD, call(() => native.Clock.fast(origin, speed)))
  }

  get [CLOCK]() {
    return this.#handle
  }

  now() {
    return call(() => this.#handle.now())
  }

  advance(milliseconds) {
    const checked = time(milliseconds, 'milliseconds')
    call(() => this.#handle.advance(checked))
  }
}

/** Folders of gateways that were not stopped: they hold test keys, and go with the process. */
const temporaries = new Set()
process.once('exit', () => {
  for (const folder of temporaries) fs.rmSync(folder, { recursive: true, force: true })
})

const discard = async (folder) => {
  if (folder === null) return
  temporaries.delete(folder)
  await fs.promises.rm(folder, { recursive: true, force: true })
}

class TestGateway {
  #handle
  #temporary
  #alive

  constructor(guard, handle, temporary) {
    if (guard !== GUARD) throw new TypeError('start a gateway with startGateway(…)')
    this.#handle = handle
    this.#temporary = temporary
    // It answers until it is stopped, so the process is alive until then, as with any server.
    this.#alive = setInterval(() => {}, LONGEST_TIMER)
    this.description = JSON.parse(fs.readFileSync(handle.description, 'utf8'))
  }

  get baseUrl() {
    return call(() => this.#handle.baseUrl)
  }

  /** `sandbox.json`, for a till in another process. */
  get file() {
    return call(() => this.#handle.description)
  }

  get clientId() {
    return this.description.client_id
  }

  /** The certificate authority of its TLS, as PEM. */
  get ca() {
    return this.description.ca ? this.#beside(this.description.ca) : null
  }

  /** The gateway's clock, to be shared with clients. */
  get clock() {
    return new TestClock(GUARD, call(() => this.#handle.clock()))
  }

  #beside(name) {
    return fs.readFileSync(path.join(path.dirname(this.file), name), 'utf8')
  }

  /** The merchant of `sandbox.json`; `options` replace its settings. */
  merchant(protocol, input) {
    const { merchant_private_key: own, gateway_public_key: gateway } = this.description
    return new Merchant({
      protocol,
      clientId: this.clientId,
      gateway: this.baseUrl,
      signingKey: SigningKey.load(this.#beside(own)),
      gatewayKey: VerifyingKey.load(this.#beside(gateway)),
      allowHttpNotify: true,
      ...options(input, 'merchant'),
    })
  }

  /** A client of this gateway, on its clock. */
  client(protocol, { store, notifyUrl, ...rest }) {
    const trusted = this.ca ? { extraRootCertificates: [this.ca] } : {}
    return new Client(this.merchant(protocol, { notifyUrl }), { store, clock: this.clock, ...trusted, ...rest })
  }

  /** The gateway's ledger. */
  async ledger() {
    return this.#ask('GET', '/sandbox/ledger')
  }

  /** The payment codes by which a wallet's behaviour is chosen. */
  async behaviours() {
    return this.#ask('GET', '/sandbox/behaviours')
  }

  /** Makes an exchange go wrong; see the sandbox's documentation for the faults. */
  async inject(fault) {
    return this.#ask('POST', '/sandbox/faults', fault)
  }

  async clearFaults() {
    return this.#ask('DELETE', '/sandbox/faults')
  }

  /** What the customer of a payment does now. */
  async customer(paymentRequestId, action) {
    return this.#ask('POST', `/sandbox/customers/${encodeURIComponent(paymentRequestId)}`, action)
  }

  /** Changes how the gateway behaves, such as `{ sign_query: true }`. */
  async settings(wish) {
    return this.#ask('POST', '/sandbox/settings', wish)
  }

  /** A payment code with this behaviour that was not used yet. */
  async freshCode(behaviour) {
    return (await this.#ask('GET', `/sandbox/codes?behaviour=${encodeURIComponent(behaviour)}`)).code
  }

  /** A notification as the gateway would send it: signed with its key, over this body. */
  notification({ notifyUrl, body, now, signQuery = false, keyVersion = this.description.key_version, headers = {} }) {
    const target = signedPath(text(notifyUrl, 'notifyUrl'), signQuery)
    const key = SigningKey.load(this.#beside(this.description.gateway_private_key))
    const sent = typeof body === 'string' || isUint8Array(body) ? Buffer.from(bytes(body, 'body')) : Buffer.from(requestJson(body, 'body'))
    const at = new Date(time(now, 'now') ?? this.clock.now()).toISOString()
    const signature = key.sign({ path: target, clientId: this.clientId, time: at, body: sent, keyVersion })
    return {
      notifyUrl,
      headers: { 'Content-Type': 'application/json; charset=UTF-8', 'Client-Id': this.clientId, 'Request-Time': at, Signature: signature, ...headers },
      body: sent,
    }
  }

  /** What can be wrong with a notification, by name. */
  async wrongNotifications() {
    return (await this.#ask('GET', '/sandbox/notices')).map((row) => row.wrong)
  }

  /** What the gateway would say of a payment: correct, or wrong on purpose. */
  async notificationOf(paymentRequestId, input) {
    const names = ['notifyUrl', 'amount', 'paid', 'protocol', 'wrong']
    const { notifyUrl, amount = Amount.fromMajor('19.99', 'USD'), paid = true, protocol = 'ams', wrong } = options(input, 'notificationOf', names)
    const { currency, value } = amount.toJSON()
    const made = await this.#ask('POST', '/sandbox/notices', {
      payment_request_id: text(paymentRequestId, 'paymentRequestId'), currency, value, paid, protocol, wrong,
      path: signedPath(text(notifyUrl, 'notifyUrl'), false),
    })
    return { notifyUrl, headers: made.headers, body: Buffer.from(made.body) }
  }

  async stop() {
    clearInterval(this.#alive)
    await callAsync(() => this.#handle.stop())
    await discard(this.#temporary)
  }

  #ask(method, target, json) {
    const { request } = this.baseUrl.startsWith('https:') ? https : http
    return new Promise((resolve, reject) => {
      const sent = request(this.baseUrl + target, { method, ca: this.ca ?? undefined, agent: false, headers: { 'Content-Type': 'application/json' } }, (answer) => {
        const chunks = []
        answer.on('data', (chunk) => chunks.push(chunk))
        answer.on('error', reject)
        answer.on('end', () => {
          const got = Buffer.concat(chunks).toString('utf8')
          if (answer.statusCode >= 400) {
            reject(failure('config.invalid', `the gateway answered ${answer.statusCode}: ${got.slice(0, 200)}`))
          } else {
            resolve(got ? JSON.parse(got) : null)
          }
        })
      })
      sent.on('error', reject)
      sent.end(json === undefined ? undefined : JSON.stringify(json))
    })
  }
}

/** What a gateway signs over: the path of the notify URL, as Alipay's own is, without the query. */
function signedPath(notifyUrl, signQuery) {
  const from = notifyUrl.replace(/^https?:\/\/[^/?]*/, '') || '/'
  return signQuery ? from : from.split('?')[0]
}

if (Symbol.asyncDispose) {
  TestGateway.prototype[Symbol.asyncDispose] = function () {
    return this.stop()
  }
}

/** Starts a gateway on this machine and returns when it answers. */
async function startGateway(input) {
  const { dataDir, listen, tls, speed, clientId, customer, notifyAfterMs, clock } = options(input, 'gateway', GATEWAY)
  if (!native.startGateway) {
    throw failure('config.invalid', 'this build of the package has no gateway')
  }
  const checked = {
    dataDir: optionalText(dataDir, 'dataDir'),
    listen: optionalText(listen, 'listen'),
    tls: flag(tls, 'tls'),
    speed: whole(speed, 'speed', 1, MOST),
    clientId: optionalText(clientId, 'clientId'),
    customer: optionalText(customer, 'customer'),
    notifyAfterMs: whole(notifyAfterMs, 'notifyAfterMs', 0, MOST),
  }
  const temporary = checked.dataDir === undefined ? await fs.promises.mkdtemp(path.join(os.tmpdir(), 'alipay-instore-')) : null
  if (temporary !== null) temporaries.add(temporary)
  const settings = { ...checked, dataDir: temporary ?? checked.dataDir }
  try {
    return new TestGateway(GUARD, await callAsync(() => native.startGateway(settings, clock?.[CLOCK])), temporary)
  } catch (error) {
    await discard(temporary)
    throw error
  }
}

/**
 * Checks whether an own store keeps the contract. `makeStore(place)` opens the store of a place, as one more process would:
 * each place is empty at first, and what was written to it before is there when it is opened again.
 */
async function checkStore(makeStore) {
  fn(makeStore, 'makeStore')
  const kit = call(() => new native.StoreKit())
  const names = call(() => kit.properties())
  const broken = []
  let opened = 0
  for (const property of names) {
    const calls = []
    const open = async (place) => {
      const store = openStore(await makeStore(place), { warns: false })
      calls.push(store.calls)
      opened += 1
      call(() => kit.add(opened, store.handle))
      return opened
    }
    const found = await callAsync(() => kit.check(property, open, new native.Abort()))
    if (found === null) continue
    const cause = calls.find((one) => one.lastCause !== undefined)?.lastCause
    const failed = `${property}: an operation failed: `
    broken.push({ what: cause !== undefined && found.startsWith(failed) ? failed + String(cause) : found, cause })
  }
  if (broken.length === 0) return names
  const lines = broken.map(({ what }) => `  ${what}`)
  const { cause } = broken.find((one) => one.cause !== undefined) ?? {}
  throw new Error(
    `the store breaks ${broken.length} of ${names.length} properties of its contract:\n${lines.join('\n')}`,
    cause === undefined ? undefined : { cause },
  )
}

module.exports = { startGateway, TestGateway, TestClock, checkStore, payRequest, PAID_AT_ONCE }
