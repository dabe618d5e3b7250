'use strict'
// Amounts, routing, and advice about result codes.

const { inspect } = require('node:util')
const native = require('./library.cjs')
const { call, failure, fromJson } = require('./errors.cjs')
const { optionalText, options, text, toCamel, toSnake, wrong } = require('./arguments.cjs')
const { PaymentCode } = require('./codes.cjs')
const { refuseClone } = require('./clone.cjs')

const GUARD = Symbol('amount')

function refuseFloat(value, what) {
  if (typeof value === 'number') throw failure('amount.float', `${what} is a number of JavaScript, which is a binary float`)
}

/** Its members are plain, so that structuredClone gives an object that a request takes as well. */
class Amount {
  constructor(guard, found) {
    if (guard !== GUARD) throw new TypeError('make an amount with Amount.fromMajor(…) or Amount.fromMinor(…)')
    this.currency = found.currency
    this.value = BigInt(found.value)
    Object.freeze(this)
  }

  static fromMajor(price, currency, input) {
    refuseFloat(price, 'the price')
    if (typeof price !== 'string') throw wrong('price', 'a string such as "19.99"', price)
    const { rounding, rules } = options(input, 'options')
    const checked = [text(price, 'price', 'amount.format'), text(currency, 'currency', 'currency.format'), optionalText(rounding, 'rounding'), optionalText(rules, 'rules')]
    return call(() => new Amount(GUARD, native.amountFromMajor(...checked)))
  }

  static parse(input) {
    const [price, ...rest] = text(input, 'amount', 'amount.format').split(' ')
    if (rest.length === 0) throw failure('amount.format', 'the text is not a price, a space and a currency code')
    return Amount.fromMajor(price, rest.join(' '))
  }

  static fromMinor(value, currency) {
    refuseFloat(value, 'the value')
    if (typeof value !== 'string' && typeof value !== 'bigint') throw wrong('value', 'a string or a bigint', value)
    const checked = [text(String(value), 'value', 'amount.format'), text(currency, 'currency', 'currency.format')]
    return call(() => new Amount(GUARD, native.amountFromMinor(...checked)))
  }

  toMajor() {
    return call(() => native.amountToMajor(this.value.toString(), this.currency))
  }

  equals(other) {
    return other instanceof Amount && other.value === this.value && other.currency === this.currency
  }

  toJSON() {
    return { currency: this.currency, value: this.value.toString() }
  }

  toString() {
    return `${this.toMajor()} ${this.currency}`
  }

  [inspect.custom]() {
    return `Amount(${this.toString()})`
  }
}

/** The amount that the native part gave. */
const amountOf = (found) => new Amount(GUARD, found)

const exposed = (scanned) => (scanned instanceof PaymentCode ? scanned.expose() : scanned)

function route({ target, wallet, rule, alternatives }) {
  return Object.freeze({ target, wallet: wallet ?? null, rule, alternatives: Object.freeze(alternatives) })
}

const ROUTER = ['alipayPlus', 'ruleset', 'direct']
const DIRECT = ['wallet', 'routingNumber', 'minLength']

class Router {
  #handle

  constructor(input) {
    const { direct, ...settings } = options(input, 'router', ROUTER)
    if (direct !== undefined && !Array.isArray(direct)) throw wrong('direct', 'an array', direct)
    const config = toSnake(settings)
    if (direct !== undefined) config.direct = direct.map((wallet, at) => toSnake(options(wallet, `direct[${at}]`, DIRECT)))
    const json = JSON.stringify(config)
    refuseClone(this, 'make it from its settings where it is needed')
    this.#handle = call(() => native.Router.fromJson(json))
  }

  route(scanned) {
    const checked = text(exposed(scanned), 'scanned', 'code.not_digits')
    return route(call(() => this.#handle.route(checked)))
  }

  routeMany(scanned) {
    if (typeof scanned?.[Symbol.iterator] !== 'function' || typeof scanned === 'string') {
      throw wrong('scanned', 'a list of codes', scanned)
    }
    const checked = Array.from(scanned, (one) => {
      const code = exposed(one)
      if (typeof code !== 'string') throw wrong('scanned', 'a list of codes', one)
      // One bad code among many has an error of its own: text without UTF-8 has other characters than digits.
      return code
    })
    const { indexes, routes, errors } = call(() => this.#handle.routeMany(checked))
    const different = routes.map(route)
    return Array.from(indexes, (index) => (index >= 0 ? different[index] : fromJson(errors[-1 - index])))
  }
}

function walletOfPspId(pspId) {
  const checked = text(pspId, 'pspId')
  return call(() => native.walletOfPspId(checked)) ?? null
}

function advice(input) {
  const { protocol, operation, resultStatus, resultCode } = options(input, 'advice')
  const checked = [
    text(protocol, 'protocol'),
    text(operation, 'operation'),
    text(resultStatus ?? '', 'resultStatus'),
    text(resultCode ?? '', 'resultCode'),
  ]
  return toCamel(JSON.parse(call(() => native.advice(...checked))))
}

module.exports = { Amount, amountOf, Router, advice, exposed, refuseFloat, walletOfPspId }
