'use strict'
// Keys and signatures.

const { Buffer } = require('node:buffer')
const { inspect } = require('node:util')
const native = require('./library.cjs')
const { call, callAsync } = require('./errors.cjs')
const { bytes, keyVersion, options, text, whole } = require('./arguments.cjs')
const { refuseClone } = require('./clone.cjs')

/** Only the package makes keys of handles. */
const HANDLE = Symbol('handle')

function content(input, name) {
  const { method = 'POST', path, clientId, time, body } = options(input, name)
  return [
    {
      method: text(method, 'method', 'signature.content'),
      path: text(path, 'path', 'signature.content'),
      clientId: text(clientId, 'clientId', 'signature.content'),
      time: text(time, 'time', 'signature.content'),
    },
    bytes(body, 'body', 'signature.content'),
  ]
}

/**
 * At most so many signatures are under way on the threads of libuv, one for each: work that waited there would hold up the files
 * and names of the host, which use the same threads. So those wait for one signature at the most. With fewer, two processors are
 * not busy while the result of one is told.
 */
const LANES = Number(process.env.UV_THREADPOOL_SIZE) || 4
let running = 0
let waiting = []
let next = 0

function inLane(work) {
  return new Promise((resolve, reject) => {
    waiting.push({ work, resolve, reject })
    pump()
  })
}

function pump() {
  while (running < LANES && next < waiting.length) {
    const { work, resolve, reject } = waiting[next]
    waiting[next] = undefined
    next += 1
    running += 1
    callAsync(work).then(resolve, reject).finally(() => {
      running -= 1
      pump()
    })
  }
  if (next === waiting.length) {
    waiting = []
    next = 0
  }
}

/** What is signed later must be what was passed now. */
const copied = (body) => Buffer.from(body)

class Key {
  #handle

  constructor(guard, handle) {
    if (guard !== HANDLE) throw new TypeError(`make a key with ${new.target.name}.load(…)`)
    this.#handle = handle
    refuseClone(this, 'load it where it is needed')
  }

  get [HANDLE]() {
    return this.#handle
  }

  get bits() {
    return call(() => this.#handle.bits)
  }

  get fingerprint() {
    return call(() => this.#handle.fingerprint)
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
    const key = bytes(textOrBytes, 'key', 'key.not_a_key')
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
    const [key, kept] = [this[HANDLE], copied(body)]
    return inLane(() => key.signAsync(signed, kept, version))
  }
}

class VerifyingKey extends Key {
  static load(textOrBytes) {
    const key = bytes(textOrBytes, 'key', 'key.not_a_key')
    return call(() => new VerifyingKey(HANDLE, native.VerifyingKey.load(key)))
  }

  toPem() {
    return call(() => this[HANDLE].toPem())
  }

  verify(header, input) {
    const [signed, body] = content(input, 'verify')
    const signature = text(header, 'header', 'signature.header')
    call(() => this[HANDLE].verify(signature, signed, body))
  }

  async verifyAsync(header, input) {
    const [signed, body] = content(input, 'verifyAsync')
    const signature = text(header, 'header', 'signature.header')
    const [key, kept] = [this[HANDLE], copied(body)]
    await inLane(() => key.verifyAsync(signature, signed, kept))
  }
}

/** A new pair of keys as PEM, for tests and for a first setup. */
function generateKey(input) {
  const { bits = 2048 } = options(input, 'generateKey', ['bits'])
  return call(() => native.generateKey(whole(bits, 'bits', 0, 0xffffffff)))
}

/** The native part of a key, for the other modules of the package. */
function handleOf(key, Class, name) {
  if (!(key instanceof Class)) throw new TypeError(`${name} must be a ${Class.name}`)
  return key[HANDLE]
}

module.exports = { SigningKey, VerifyingKey, generateKey, handleOf }
