'use strict'
// Where payments survive the process: the package's own stores, and any object with the operations of the contract.

const { clearTimeout, setTimeout } = require('node:timers')
const native = require('./library.cjs')
const { AlipayError, StoreConflict, StoreNotWritten, call, callAsync, fromObject } = require('./errors.cjs')
const { flag, fn, object, optionalText, options: named, text, whole } = require('./arguments.cjs')
const { Contexts } = require('./contexts.cjs')
const { refuseClone } = require('./clone.cjs')
const { OPERATIONS, fromWire, stored, toWire } = require('./contract.cjs')

const HANDLE = Symbol('handle')
const wireName = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const methodOf = Object.fromEntries(Object.keys(OPERATIONS).map((name) => [wireName(name), name]))
/** Of so many records it is remembered why their store failed. */
const MOST_CAUSES = 1_000

/** A store of the native part. It has the operations of the contract, so that an own store can be written around it. */
class NativeStore {
  #handle

  constructor(handle) {
    this.#handle = handle
    refuseClone(this, 'open it where it is needed')
  }

  get [HANDLE]() {
    return this.#handle
  }
}

for (const name of Object.keys(OPERATIONS)) {
  const operation = async function (input) {
    const wanted = toWire(object(input, name))
    const { answer, failure, found, error } = await callAsync(() => this[HANDLE].perform(wireName(name), wanted))
    if (!failure) return fromWire(JSON.parse(answer))
    if (failure === 'conflict') throw new StoreConflict(found ? fromWire(JSON.parse(found)) : null)
    const { category, ...details } = JSON.parse(error)
    if (failure !== 'not_written' || category !== 'store') throw fromObject(details)
    throw new StoreNotWritten(details.reason, { code: details.code, hint: details.hint })
  }
  Object.defineProperty(operation, 'name', { value: name })
  Object.defineProperty(NativeStore.prototype, name, { value: operation, writable: true, configurable: true })
}

class MemoryStore extends NativeStore {
  constructor() {
    super(call(() => native.Store.memory()))
  }
}

class FileStore extends NativeStore {
  constructor(folder) {
    const checked = text(folder, 'folder')
    super(call(() => native.Store.file(checked)))
  }
}

class SqlStore extends NativeStore {
  constructor(url, options = {}) {
    const checked = text(url, 'url')
    const { prefix, connections, migrate } = named(options, 'options', ['prefix', 'connections', 'migrate'])
    const settings = {
      prefix: optionalText(prefix, 'prefix'),
      connections: whole(connections, 'connections', 1, 10_000),
      migrate: flag(migrate, 'migrate') ?? false,
    }
    super(call(() => native.Store.sql(checked, settings)))
  }
}

/**
 * Asks an own store. It does not hold the store's handle, which the native part holds together with a function of this:
 * else neither could ever be collected.
 */
class HostCalls {
  contexts = new Contexts()
  /** What the store threw last. */
  lastCause
  #store
  #causes = new Map()
  #pending = new Set()
  #warned = new Set()
  #warns

  constructor(store, warns) {
    const given = object(store, 'store')
    for (const name of Object.keys(OPERATIONS)) fn(given[name], `store.${name}`)
    this.#store = given
    this.#warns = warns
  }

  /** Never rejects: a failure is an answer. */
  answer(operation, json) {
    const answered = this.#ask(methodOf[operation], fromWire(JSON.parse(json)))
    this.#pending.add(answered)
    answered.finally(() => this.#pending.delete(answered))
    return answered
  }

  async #ask(name, input) {
    const { answer, id: idOf } = OPERATIONS[name]
    const id = idOf?.(input) ?? name
    let given
    try {
      given = await this.contexts.run(id, () => this.#store[name](input))
    } catch (cause) {
      if (cause instanceof StoreConflict) return this.#conflict(cause)
      this.#remember(id, cause)
      const reason = optionalReason(cause) ?? `the store's ${name} failed`
      return { failure: cause instanceof StoreNotWritten ? 'not_written' : 'maybe_written', reason }
    }
    try {
      const checked = JSON.stringify(answer(given, `what store.${name} gives`))
      this.#causes.delete(id)
      return { answer: checked }
    } catch (cause) {
      return this.#notOfTheContract(id, name, cause)
    }
  }

  #conflict({ found }) {
    try {
      return { failure: 'conflict', ...(found !== null && { found: JSON.stringify(stored(found, 'StoreConflict.found')) }) }
    } catch (cause) {
      return this.#notOfTheContract('StoreConflict', 'StoreConflict', cause)
    }
  }

  /** Also what happens in the background is told: a worker that finds nothing would look as if there were nothing. */
  #notOfTheContract(id, name, cause) {
    this.#remember(id, cause)
    if (this.#warns && !this.#warned.has(name)) {
      this.#warned.add(name)
      process.emitWarning(`the store does not keep its contract: ${cause.message}`, 'AlipayInstoreWarning')
    }
    return { failure: 'maybe_written', reason: `the store's answer does not have the form of the contract: ${cause.message}` }
  }

  #remember(id, cause) {
    this.lastCause = cause
    this.#causes.delete(id)
    this.#causes.set(id, cause)
    if (this.#causes.size > MOST_CAUSES) this.#causes.delete(this.#causes.keys().next().value)
  }

  /** Why the store failed with this record, or in this operation, where it is about no record. */
  causeOf(id) {
    return this.#causes.get(id)
  }

  /** Returns when nothing that was begun is still being written, or when the time `within` is over, in milliseconds. */
  async settled(within) {
    if (this.#pending.size === 0) return
    let timer
    const late = new Promise((resolve) => (timer = setTimeout(resolve, within)))
    await Promise.race([Promise.allSettled([...this.#pending]), late])
    clearTimeout(timer)
  }
}

/** The reason of an error of this package; what others say stays in the `cause`, since it may hold a secret. */
const optionalReason = (cause) => (cause instanceof AlipayError ? optionalText(cause.reason, 'reason') : undefined)

/** What a client does with its store. The native part needs nothing of the kind for its own stores. */
const NO_CALLS = { lastCause: undefined, causeOf: () => undefined, settled: async () => {} }

function openStore(store, { warns = true } = {}) {
  if (store instanceof NativeStore) return { handle: store[HANDLE], calls: { ...NO_CALLS, contexts: new Contexts() } }
  const calls = new HostCalls(store, warns)
  return { handle: call(() => native.Store.ofHost((...asked) => calls.answer(...asked))), calls }
}

module.exports = { MemoryStore, FileStore, SqlStore, openStore }
