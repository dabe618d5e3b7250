'use strict'
// Where payments survive the process: the package's own stores, and any object with put, get and ids.

const native = require('../native.cjs')
const { AlipayError, call, callAsync, failure } = require('./errors.cjs')
const { fn, text, whole } = require('./arguments.cjs')

const HANDLE = Symbol('handle')
const MOST = Number.MAX_SAFE_INTEGER

class NativeStore {
  #handle

  constructor(handle) {
    this.#handle = handle
  }

  get [HANDLE]() {
    return this.#handle
  }

  async put(id, expectedRevision, snapshot) {
    const checked = [text(id, 'id'), whole(expectedRevision, 'expectedRevision', 0, MOST), text(snapshot, 'snapshot')]
    await callAsync(() => this.#handle.put(...checked))
  }

  async get(id) {
    const checked = text(id, 'id')
    return callAsync(() => this.#handle.get(checked))
  }

  async ids() {
    return callAsync(() => this.#handle.ids())
  }
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

/** An object of the host's as a store of the native part. Remembers why it failed, for the error's `cause`. */
class HostStore {
  #store
  #causes = new Map()
  #pending = new Set()
  #handle

  constructor(store) {
    for (const name of ['put', 'get', 'ids']) fn(store?.[name], `store.${name}`)
    this.#store = store
    this.#handle = call(() => native.Store.ofHost((...asked) => this.#answer(...asked)))
  }

  get [HANDLE]() {
    return this.#handle
  }

  /** Never rejects: a failure is an answer. */
  #answer(operation, id, revision, snapshot) {
    const answered = this.#ask(operation, id, revision, snapshot).catch((cause) => {
      const conflict = cause instanceof AlipayError && cause.code === 'store.conflict'
      if (!conflict) this.#causes.set(id, cause)
      return {
        failure: conflict ? 'conflict' : 'failed',
        reason: cause instanceof AlipayError ? cause.reason : `the store's ${operation} failed`,
      }
    })
    this.#pending.add(answered)
    answered.finally(() => this.#pending.delete(answered))
    return answered
  }

  async #ask(operation, id, revision, snapshot) {
    switch (operation) {
      case 'put':
        await this.#store.put(id, revision, snapshot)
        return {}
      case 'get': {
        const record = (await this.#store.get(id)) ?? undefined
        if (record === undefined) return {}
        const snapshot = text(record.snapshot, 'snapshot', 'store.corrupt')
        const found = Number(record.revision)
        if (!Number.isSafeInteger(found) || found < 1) throw new TypeError('the store gave no revision')
        return { record: { revision: found, snapshot } }
      }
      default:
        return { ids: Array.from(await this.#store.ids(), (one) => text(one, 'id')) }
    }
  }

  takeCause(id) {
    const cause = this.#causes.get(id)
    this.#causes.delete(id)
    return cause
  }

  /** Returns when nothing that was begun is still being written. */
  async settled() {
    await Promise.allSettled([...this.#pending])
  }
}

/** What an own store throws where the revision is another one. */
function storeConflict(reason = 'the revision is another one') {
  return failure('store.conflict', reason)
}

function openStore(store) {
  if (store instanceof NativeStore) return { handle: store[HANDLE], takeCause: () => undefined, settled: async () => {} }
  const host = new HostStore(store)
  return { handle: host[HANDLE], takeCause: (id) => host.takeCause(id), settled: () => host.settled() }
}

module.exports = { MemoryStore, FileStore, storeConflict, openStore }
