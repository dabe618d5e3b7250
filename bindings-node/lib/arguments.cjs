'use strict'
// What callers pass, checked before it reaches the native part. A wrong type is a TypeError that names the argument.

// Not the globals: jsdom has no TextDecoder.
const { Buffer } = require('node:buffer')
const { TextDecoder, types: { isDate, isSharedArrayBuffer, isUint8Array } } = require('node:util')
const { failure } = require('./errors.cjs')

const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/

const kind = (value) => {
  if (value === null || value === undefined) return String(value)
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

function wrong(name, wanted, value) {
  return new TypeError(`${name} must be ${wanted}, not ${kind(value)}`)
}

function text(value, name, code) {
  if (typeof value !== 'string') throw wrong(name, 'a string', value)
  return wellFormed(value, name, code)
}

function optionalText(value, name) {
  return value === undefined || value === null ? undefined : text(value, name)
}

/** A lone surrogate has no UTF-8: what would be signed is not what was passed. */
function wellFormed(value, name, code = 'config.invalid') {
  if (LONE_SURROGATE.test(value)) {
    throw failure(code, 'the text holds a lone surrogate, which has no UTF-8', {
      path: name,
      hint: 'the text was cut inside a character: cut it between code points, or pass the bytes as they were received',
    })
  }
  return value
}

/** The bytes of a body: those of a view as they lie in it, and of a string its UTF-8. */
function bytes(value, name, code) {
  if (typeof value === 'string') return Buffer.from(wellFormed(value, name, code), 'utf8')
  // Not instanceof: in the sandboxes of test runners it is another class.
  if (isUint8Array(value)) {
    // Another thread must not change what is being signed.
    return isSharedArrayBuffer(value.buffer) ? Buffer.from(value) : value
  }
  const parsed = typeof value === 'object' && value !== null ? '; pass the raw body, before any parser of JSON has read it' : ''
  throw new TypeError(`${name} must be a Uint8Array or a string, not ${kind(value)}${parsed}`)
}

/**
 * The body of a message from outside. What a framework has made of it already, or an empty place, is a mistake in the
 * program, and still an error of this package: a stranger can choose it.
 */
function messageBody(value) {
  if (typeof value === 'string' || isUint8Array(value)) return bytes(value, 'body', 'message.not_json')
  throw failure('config.invalid', `the body is ${kind(value)}, not the bytes that arrived`, {
    path: 'body',
    hint: "pass the raw body, before any parser of JSON has read it: express.raw({ type: () => true }), or await request.text()",
  })
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The text of a body. Bytes that are no UTF-8 are an error, and never replaced. */
function utf8(value, name, code) {
  try {
    return strict.decode(bytes(value, name, code))
  } catch (error) {
    if (error?.code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error
    throw failure(code, 'the bytes are not valid UTF-8', { path: name })
  }
}

/**
 * An object as JSON. `convert` may put another value into the place of one. Nothing is replaced silently: a number
 * without a JSON form and a text without UTF-8 are errors that name the member.
 */
function json(object, code, convert = (value) => value) {
  const paths = new Map()
  return JSON.stringify(object, function (key, made) {
    const holder = paths.get(this)
    const path = holder === undefined ? '' : Array.isArray(this) ? `${holder}[${key}]` : holder ? `${holder}.${key}` : key
    wellFormed(key, path, code)
    const value = convert(made, this[key], path, this)
    if (typeof value === 'string') return wellFormed(value, path, code)
    if (typeof value === 'number' && !Number.isFinite(value)) throw failure(code, 'the value is not a finite number', { path })
    if (typeof value === 'object' && value !== null) paths.set(value, path)
    return value
  })
}

/** Milliseconds since the epoch. */
function time(value, name) {
  if (value === undefined || value === null) return undefined
  const number = isDate(value) ? value.getTime() : typeof value === 'bigint' ? Number(value) : value
  if (typeof number !== 'number' || !Number.isSafeInteger(number)) {
    throw new TypeError(`${name} must be a Date or whole milliseconds since the epoch`)
  }
  return number
}

function whole(value, name, least, most) {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most) {
    throw failure('config.invalid', `the value is not a whole number from ${least} to ${most}`, { path: name })
  }
  return value
}

/** How long a call waits: whole milliseconds, or `Infinity`, which the native part takes as a negative number. */
function waiting(value, name) {
  if (value === undefined) return undefined
  if (value === Infinity) return -1
  if (!Number.isSafeInteger(value) || value < 0) {
    throw failure('config.invalid', 'the value is neither a whole number of milliseconds nor Infinity', { path: name })
  }
  return value
}

function keyVersion(value) {
  if (!Number.isInteger(value) || value < 0 || value > 0xffffffff) {
    throw failure('signature.key_version', 'the key version is not a number of 32 bits')
  }
  return value
}

function flag(value, name) {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'boolean') throw wrong(name, 'true or false', value)
  return value
}

/** Named arguments. Where their names are given, one that is not among them is a slip, and named. */
function options(value, name, names) {
  if (value === undefined) return {}
  const given = object(value, name)
  const unknown = names && Object.keys(given).find((key) => !names.includes(key))
  if (unknown !== undefined) {
    throw failure('config.invalid', `${name} has no member of this name; there are ${names.join(', ')}`, { path: unknown })
  }
  return given
}

function object(value, name) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(name, 'an object', value)
  return value
}

/** A signal to abort by, of whichever realm. */
function abortSignal(value) {
  if (value === undefined) return undefined
  if (typeof value?.aborted !== 'boolean' || typeof value.addEventListener !== 'function') throw wrong('signal', 'an AbortSignal', value)
  return value
}

function fn(value, name) {
  if (typeof value !== 'function') throw wrong(name, 'a function', value)
  return value
}

/** Headers as an object, a list of pairs, `Headers`, a `Map`, or the flat list that `rawHeaders` is. */
function headers(value) {
  if (typeof value !== 'object' || value === null) throw wrong('headers', 'an object, a list of pairs or Headers', value)
  const list = []
  const add = (name, content) => {
    if (content === undefined) return
    for (const one of Array.isArray(content) ? content : [content]) {
      if (typeof name !== 'string' || typeof one !== 'string') throw new TypeError('a header is not a pair of strings')
      list.push({ name: wellFormed(name, 'headers', 'message.header'), value: wellFormed(one, name, 'message.header') })
    }
  }
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) {
    if (value.length % 2 !== 0) throw new TypeError('the flat list of headers ends with a name without a value')
    for (let at = 0; at < value.length; at += 2) add(value[at], value[at + 1])
  } else if (typeof value[Symbol.iterator] === 'function') {
    for (const pair of value) {
      if (!Array.isArray(pair) || pair.length !== 2) throw new TypeError('a header is not a pair of strings')
      add(pair[0], pair[1])
    }
  } else {
    for (const [name, content] of Object.entries(value)) add(name, content)
  }
  return list
}

const snake = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const camel = (name) => name.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase())

/** The same object under the other spelling of its members; what lies inside them stays. */
function renamed(object, rename) {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [rename(name), value]))
}

module.exports = {
  abortSignal, text, optionalText, wellFormed, bytes, messageBody, utf8, json, time, whole, keyVersion, waiting, flag, options, object, fn, headers, wrong,
  toSnake: (object) => renamed(object, snake),
  toCamel: (object) => renamed(object, camel),
  toCamelName: camel,
}
