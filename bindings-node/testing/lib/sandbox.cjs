'use strict'
// The gateway on this machine, spoken to over HTTP as the real one is.

const fs = require('node:fs')
const http = require('node:http')
const https = require('node:https')
const os = require('node:os')
const path = require('node:path')
const { Buffer } = require('node:buffer')
const { clearInterval, setInterval } = require('node:timers')
const { isUint8Array } = require('node:util').types
const { bodyJson, call, callAsync, checks, failure, load, main } = require('./parts.cjs')
const { FOLLOWED, START, TestClock } = require('./clock.cjs')
const { Amount, Client, Merchant, SigningKey, VerifyingKey } = main
const { bytes, flag, optionalText, options, text, time, whole, wrong } = checks

const native = load('alipay-instore-testing', () => require('../native.cjs'))
const GUARD = Symbol('sandbox')
const MOST = 0xffffffff
const LONGEST_TIMER = 2 ** 31 - 1
const SETTINGS = ['dataDir', 'listen', 'tls', 'speed', 'clientId', 'customer', 'notifyAfterMs', 'clock']

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

class Sandbox {
  #handle
  #temporary
  #alive
  #clock
  #unfollow

  constructor(guard, handle, temporary, clock) {
    if (guard !== GUARD) throw new TypeError('start one with Sandbox.start(…)')
    this.#handle = handle
    this.#temporary = temporary
    this.#clock = clock ?? TestClock.fromFile(call(() => handle.description))
    this.#unfollow = clock?.[FOLLOWED](handle)
    // It answers until it is stopped, so the process is alive until then, as with any server.
    this.#alive = setInterval(() => {}, LONGEST_TIMER)
    this.description = JSON.parse(fs.readFileSync(this.file, 'utf8'))
  }

  /** Starts one on this machine and returns when it answers. */
  static async start(input) {
    const { dataDir, listen, tls, speed, clientId, customer, notifyAfterMs, clock } = options(input, 'sandbox', SETTINGS)
    if (clock !== undefined && !(clock instanceof TestClock)) throw wrong('clock', 'a TestClock', clock)
    const checked = {
      dataDir: optionalText(dataDir, 'dataDir'),
      listen: optionalText(listen, 'listen'),
      tls: flag(tls, 'tls'),
      speed: whole(speed, 'speed', 1, MOST),
      now: clock?.[START](),
      clientId: optionalText(clientId, 'clientId'),
      customer: optionalText(customer, 'customer'),
      notifyAfterMs: whole(notifyAfterMs, 'notifyAfterMs', 0, MOST),
    }
    const temporary = checked.dataDir === undefined ? await fs.promises.mkdtemp(path.join(os.tmpdir(), 'alipay-instore-')) : null
    if (temporary !== null) temporaries.add(temporary)
    const settings = { ...checked, dataDir: temporary ?? checked.dataDir }
    try {
      return new Sandbox(GUARD, await callAsync(() => native.start(settings)), temporary, clock)
    } catch (error) {
      await discard(temporary)
      throw error
    }
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
    return this.#clock
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
    const sent = typeof body === 'string' || isUint8Array(body) ? Buffer.from(bytes(body, 'body')) : Buffer.from(bodyJson(body, 'body'))
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
    this.#unfollow?.()
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
  Sandbox.prototype[Symbol.asyncDispose] = function () {
    return this.stop()
  }
}

module.exports = { Sandbox }
