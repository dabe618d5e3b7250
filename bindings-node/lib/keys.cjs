'use strict'
// Keys and signatures.

const { inspect } = require('node:util')
const native = require('../native.cjs')
const { call, callAsync } = require('./errors.cjs')
const { bytes, keyVersion, options, text, whole } = require('./arguments.cjs')

/** Only the package makes keys of handles. */
const HANDLE = Symbol('handle')

function content(input, name) {
  const { method = 'POST', path, clientId, time, body } = options(input, name)
  return [
    {
      method: text(method, 'method'),
      path: text(path, 'path'),
      clientId: text(clientId, 'clientId'),
      time: text(time, 'time'),
    },
    bytes(body, 'body'),
  ]
}

class Key {
  #handle

  constructor(guard, handle) {
    if (guard !== HANDLE) throw new TypeError(`make a key with ${new.target.name}.load(…)`)
    this.#handle = handle
  }

  get [HANDLE]() {
    return this.#handle
  }

  get bits() {
    return this.#handle.bits
  }

  get fingerprint() {
    return this.#handle.fingerprint
  }

  toJSON() {
    return { bits: this.bits, fingerprint: this.fingerprint }
  }

  toString() {
    return `${this.constructor.name}(${this.fingerprint})`
  }

  [inspect.custom]() {
    return this.toString()
  }
}

class SigningKey extends Key {
  static load(textOrBytes) {
    const key = bytes(textOrBytes, 'key')
    return call(() => new SigningKey(HANDLE, native.SigningKey.load(key)))
  }

  verifyingKey() {
    return new VerifyingKey(HANDLE, call(() => this[HANDLE].verifyingKey()))
  }

  sign(input) {
    const [signed, body] = content(input, 'sign')
    const version = keyVersion(input.keyVersion ?? 1)
    return call(() => this[HANDLE].sign(signed, body, version))
  }

  async signAsync(input) {
    const [signed, body] = content(input, 'signAsync')
    const version = keyVersion(input.keyVersion ?? 1)
    return callAsync(() => this[HANDLE].signAsync(signed, body, version))
  }
}

class VerifyingKey extends Key {
  static load(textOrBytes) {
    const key = bytes(textOrBytes, 'key')
    return call(() => new VerifyingKey(HANDLE, native.VerifyingKey.load(key)))
  }

  toPem() {
    return call(() => this[HANDLE].toPem())
  }

  verify(header, input) {
    const [signed, body] = content(input, 'verify')
    const signature = text(header, 'header')
    call(() => this[HANDLE].verify(signature, signed, body))
  }

  async verifyAsync(header, input) {
    const [signed, body] = content(input, 'verifyAsync')
    const signature = text(header, 'header')
    await callAsync(() => this[HANDLE].verifyAsync(signature, signed, body))
  }
}

/** A new pair of keys as PEM, for tests and for a first setup. */
function generateKey({ bits = 2048 } = {}) {
  return call(() => native.generateKey(whole(bits, 'bits', 0, 0xffffffff)))
}

/** The native part of a key, for the other modules of the package. */
function handleOf(key, Class, name) {
  if (!(key instanceof Class)) throw new TypeError(`${name} must be a ${Class.name}`)
  return key[HANDLE]
}

module.exports = { SigningKey, VerifyingKey, generateKey, handleOf }
