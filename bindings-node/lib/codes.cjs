'use strict'
// Payment codes: as software stores them, as a scanner delivers them, and a stream of scans.

const { inspect } = require('node:util')
const native = require('./library.cjs')
const { call, fromJson } = require('./errors.cjs')
const { bytes, text } = require('./arguments.cjs')
const { refuseClone } = require('./clone.cjs')

const GUARD = Symbol('code')

class PaymentCode {
  #digits
  #masked
  #kind
  #routingNumber

  constructor(scanned, found) {
    const { digits, masked, kind, routingNumber } = scanned === GUARD ? found : checked(scanned)
    this.#digits = digits
    this.#masked = masked
    this.#kind = kind
    this.#routingNumber = routingNumber ?? null
    refuseClone(this, 'it is a secret until it was used; pass on what expose() gives')
    Object.freeze(this)
  }

  static fromScan(scanned) {
    const arrived = bytes(scanned, 'scanned', 'code.not_digits')
    return new PaymentCode(GUARD, call(() => native.scanPaymentCode(arrived)))
  }

  get digits() {
    return this.#digits.length
  }

  get kind() {
    return this.#kind
  }

  get routingNumber() {
    return this.#routingNumber
  }

  masked() {
    return this.#masked
  }

  expose() {
    return this.#digits
  }

  toJSON() {
    return this.#masked
  }

  toString() {
    return this.#masked
  }

  [inspect.custom]() {
    return `PaymentCode(${this.#masked})`
  }
}

function checked(code) {
  const passed = text(code, 'code', 'code.not_digits')
  return call(() => native.checkPaymentCode(passed))
}

const lineOf = ({ code, error }) => (code ? new PaymentCode(GUARD, code) : fromJson(error))

/** The codes of a scanner whose stream never ends. */
class ScannedLines {
  #handle = call(() => new native.ScannedLines())

  constructor() {
    refuseClone(this, 'it holds a part of a line; make another one')
  }

  push(arrived) {
    const passed = bytes(arrived, 'arrived', 'code.not_digits')
    return call(() => this.#handle.push(passed)).map(lineOf)
  }

  finish() {
    const line = call(() => this.#handle.finish())
    return line ? lineOf(line) : null
  }
}

module.exports = { PaymentCode, ScannedLines }
