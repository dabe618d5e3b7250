'use strict'
// Merchants: who we are to which gateway. They sign, verify and answer.

const { inspect } = require('node:util')
const native = require('./library.cjs')
const { AlipayError, call, failure } = require('./errors.cjs')
const { bytes, flag, headers, messageBody, keyVersion, optionalText, options, text, time, whole, wrong } = require('./arguments.cjs')
const { SigningKey, VerifyingKey, handleOf } = require('./keys.cjs')
const { refuseClone } = require('./clone.cjs')

const GUARD = Symbol('merchant')
const LONGEST = Number.MAX_SAFE_INTEGER
const MERCHANT = [
  'protocol', 'clientId', 'gateway', 'signingKey', 'signingKeys', 'keyVersion', 'gatewayKey', 'gatewayKeys', 'agentToken',
  'userAgent', 'freshness', 'allowHttpGateway', 'allowHttpNotify', 'notifyUrl',
]
const nodeVersion = process.versions.node

/** The pairs as an object, which HTTP libraries take. */
function answer({ status, headers: list, body }) {
  return { status, headers: Object.fromEntries(list.map(({ name, value }) => [name, value])), body }
}

function keyRing({ protocol, signingKey, signingKeys, gatewayKey, gatewayKeys, keyVersion: version }) {
  const ring = call(() => new native.KeyRing())
  if (signingKey && signingKeys) {
    throw failure('config.invalid', 'signingKey and signingKeys are both given', { path: 'signingKeys' })
  }
  if (gatewayKey && gatewayKeys) {
    throw failure('config.invalid', 'gatewayKey and gatewayKeys are both given', { path: 'gatewayKeys' })
  }
  const fallback = protocol === 'ams' ? 1 : 0
  if (signingKey) ring.addSigningKey(version ?? fallback, handleOf(signingKey, SigningKey, 'signingKey'))
  if (gatewayKey) ring.addGatewayKey(undefined, handleOf(gatewayKey, VerifyingKey, 'gatewayKey'))
  for (const [named, key] of Object.entries(signingKeys ?? {})) {
    ring.addSigningKey(keyVersion(Number(named)), handleOf(key, SigningKey, 'signingKeys'))
  }
  for (const [named, key] of Object.entries(gatewayKeys ?? {})) {
    ring.addGatewayKey(keyVersion(Number(named)), handleOf(key, VerifyingKey, 'gatewayKeys'))
  }
  return ring
}

function build(input) {
  const settings = options(input, 'merchant', MERCHANT)
  const { userAgent = [] } = settings
  const freshness = options(settings.freshness, 'freshness', ['maxAgeMs', 'maxAheadMs'])
  const version = settings.keyVersion === undefined ? undefined : keyVersion(settings.keyVersion)
  const checked = {
    protocol: text(settings.protocol, 'protocol'),
    clientId: text(settings.clientId, 'clientId'),
    gateway: text(settings.gateway, 'gateway'),
    keyVersion: version,
    agentToken: optionalText(settings.agentToken, 'agentToken'),
    maxAgeMs: whole(freshness.maxAgeMs, 'freshness.maxAgeMs', 0, LONGEST),
    maxAheadMs: whole(freshness.maxAheadMs, 'freshness.maxAheadMs', 0, LONGEST),
    allowHttpGateway: flag(settings.allowHttpGateway, 'allowHttpGateway'),
    allowHttpNotify: flag(settings.allowHttpNotify, 'allowHttpNotify'),
    notifyUrl: optionalText(settings.notifyUrl, 'notifyUrl'),
    nodeVersion,
    products: (Array.isArray(userAgent) ? userAgent : [userAgent]).map((product) => text(product, 'userAgent')),
  }
  const ring = keyRing({ ...settings, keyVersion: version })
  return call(() => native.Merchant.build(checked, ring))
}

class Notification {
  #handle

  constructor(guard, handle) {
    if (guard !== GUARD) throw new TypeError('a notification comes from verifyNotification(…)')
    this.#handle = handle
    refuseClone(this, 'only verifying makes one; pass on its toJSON()')
  }

  get [GUARD]() {
    return this.#handle
  }

  get body() {
    return JSON.parse(call(() => this.#handle.message))
  }

  get text() {
    return call(() => this.#handle.body)
  }

  get kind() {
    return call(() => this.#handle.kind)
  }

  get paymentRequestId() {
    return call(() => this.#handle.paymentRequestId) ?? null
  }

  get refundRequestId() {
    return call(() => this.#handle.refundRequestId) ?? null
  }

  get path() {
    return call(() => this.#handle.path)
  }

  get signedWithQuery() {
    return call(() => this.#handle.signedWithQuery)
  }

  get textReplaced() {
    return call(() => this.#handle.textReplaced)
  }

  get keyVersion() {
    return call(() => this.#handle.keyVersion) ?? null
  }

  get sentAt() {
    return call(() => this.#handle.sentAt)
  }

  get tracerId() {
    return call(() => this.#handle.tracerId) ?? null
  }

  toJSON() {
    const { kind, body, paymentRequestId, refundRequestId, path, signedWithQuery, textReplaced, keyVersion, sentAt, tracerId } = this
    return { kind, body, paymentRequestId, refundRequestId, path, signedWithQuery, textReplaced, keyVersion, sentAt, tracerId }
  }

  [inspect.custom]() {
    return `Notification(${this.kind}, ${this.paymentRequestId ?? this.refundRequestId})`
  }
}

class Merchant {
  #handle

  constructor(input, handle) {
    this.#handle = input === GUARD ? handle : build(input)
    refuseClone(this, 'it holds a signing key; make it from its settings where it is needed')
  }

  static fromEnv() {
    return new Merchant(GUARD, call(() => native.Merchant.fromEnv(nodeVersion)))
  }

  static fromFile(path, protocol) {
    const checked = [text(path, 'path'), text(protocol, 'protocol')]
    return new Merchant(GUARD, call(() => native.Merchant.fromFile(...checked, nodeVersion)))
  }

  /** The answer to a notification that could not be verified or stored: the gateway sends it again. */
  static refuse(error) {
    const code = error instanceof AlipayError ? error.code : 'store.failed'
    return answer(call(() => native.refuseNotification(code)))
  }

  get [GUARD]() {
    return this.#handle
  }

  get clientId() {
    return call(() => this.#handle.clientId)
  }

  get protocol() {
    return call(() => this.#handle.protocol)
  }

  get gateway() {
    return call(() => this.#handle.gateway)
  }

  get keyVersion() {
    return call(() => this.#handle.keyVersion)
  }

  get userAgent() {
    return call(() => this.#handle.userAgent)
  }

  get notifyUrl() {
    return call(() => this.#handle.notifyUrl) ?? null
  }

  get isSandbox() {
    return call(() => this.#handle.isSandbox)
  }

  path(operation) {
    const checked = text(operation, 'operation')
    return call(() => this.#handle.path(checked))
  }

  pathOfCall(path) {
    const checked = text(path, 'path')
    return call(() => this.#handle.pathOfCall(checked))
  }

  signRequest(input) {
    const { path, body, now } = options(input, 'signRequest')
    const checked = [text(path, 'path'), bytes(body, 'body', 'request.invalid'), time(now, 'now')]
    const signed = call(() => this.#handle.signRequest(...checked))
    return { ...signed, headers: answer(signed).headers }
  }

  verifyResponse(input) {
    const { path, headers: list, body } = options(input, 'verifyResponse')
    const checked = [text(path, 'path'), headers(list), messageBody(body)]
    return response(call(() => this.#handle.verifyResponse(...checked)))
  }

  verifyNotification(input) {
    const checked = notified(input, 'verifyNotification')
    return new Notification(GUARD, call(() => this.#handle.verifyNotification(...checked)))
  }

  explainNotification(input) {
    const { alternatives } = options(input, 'explainNotification')
    const checked = [...notified(input, 'explainNotification').slice(0, 3), ...others(alternatives)]
    return JSON.parse(call(() => this.#handle.explainNotification(...checked)))
  }

  explainResponse(input) {
    const { path, headers: list, body, alternatives } = options(input, 'explainResponse')
    const checked = [text(path, 'path'), headers(list), bytes(body, 'body', 'message.not_json'), ...others(alternatives)]
    return JSON.parse(call(() => this.#handle.explainResponse(...checked)))
  }

  /** Signed over what the notification was signed over. */
  acknowledge(input) {
    const { notification, now, signed = true } = options(input, 'acknowledge')
    const checked = [notificationHandle(notification), time(now, 'now'), flag(signed, 'signed')]
    return answer(call(() => this.#handle.acknowledge(...checked)))
  }

  toJSON() {
    const { protocol, clientId, gateway, keyVersion, notifyUrl, isSandbox } = this
    return { protocol, clientId, gateway, keyVersion, notifyUrl, isSandbox }
  }

  [inspect.custom]() {
    return `Merchant(${this.clientId}, ${this.protocol} at ${this.gateway})`
  }
}

function notified(input, name) {
  const { notifyUrl, headers: list, body, now } = options(input, name)
  return [optionalText(notifyUrl, 'notifyUrl'), headers(list), messageBody(body), time(now, 'now')]
}

/** Other values that a message may have been signed with, and other keys. */
function others(alternatives) {
  const { paths, clientIds, times, keys } = options(alternatives, 'alternatives')
  const named = call(() => new native.NamedKeys())
  for (const [name, key] of Object.entries(options(keys, 'alternatives.keys'))) {
    named.add(text(name, 'alternatives.keys'), handleOf(key, VerifyingKey, 'alternatives.keys'))
  }
  const listed = {
    paths: texts(paths, 'alternatives.paths'),
    clientIds: texts(clientIds, 'alternatives.clientIds'),
    times: texts(times, 'alternatives.times'),
  }
  return [listed, named]
}

function texts(list, name) {
  if (list === undefined) return []
  if (!Array.isArray(list)) throw wrong(name, 'an array', list)
  return list.map((one, index) => text(one, `${name}[${index}]`))
}

function response({ body, keyVersion: version, time: at, signedAt, textReplaced, tracerId }) {
  return {
    body: JSON.parse(body),
    text: body,
    textReplaced,
    keyVersion: version ?? null,
    time: at,
    signedAt: signedAt ?? null,
    tracerId: tracerId ?? null,
  }
}

class Merchants {
  #handle
  #list

  constructor(merchants) {
    if (typeof merchants?.[Symbol.iterator] !== 'function') throw wrong('merchants', 'a list of Merchants', merchants)
    this.#list = Array.from(merchants)
    refuseClone(this, 'it holds signing keys; make it from its settings where it is needed')
    const handles = this.#list.map(merchantHandle)
    this.#handle = call(() => native.Merchants.of(handles))
  }

  verifyNotification(input) {
    const checked = notified(input, 'verifyNotification')
    const [place, notification] = call(() => this.#handle.verifyNotification(...checked))
    return { merchant: this.#list[place], notification: new Notification(GUARD, notification) }
  }

  [Symbol.iterator]() {
    return this.#list[Symbol.iterator]()
  }
}

function merchantHandle(merchant) {
  if (!(merchant instanceof Merchant)) throw wrong('merchant', 'a Merchant', merchant)
  return merchant[GUARD]
}

function notificationHandle(notification) {
  if (!(notification instanceof Notification)) {
    throw new TypeError('notification must come from verifyNotification(…): a body that was not verified proves nothing')
  }
  return notification[GUARD]
}

const notificationOf = (handle) => new Notification(GUARD, handle)

module.exports = { Merchant, Merchants, Notification, answer, merchantHandle, notificationHandle, notificationOf, response }
