'use strict'
// In whose asynchronous context a host's code runs: that of the call about the same payment which began last, so that an
// AsyncLocalStorage holds what it held there. What happens while nobody waits runs in the context of the client's making.

const { AsyncResource } = require('node:async_hooks')

class Contexts {
  #calls = new Map()

  /** A call about these payments or refunds has begun. Gives what is to be called when it has ended. */
  enter(ids) {
    const known = ids.filter((id) => id !== null && id !== undefined)
    const context = new AsyncResource('AlipayInstoreCall', { requireManualDestroy: true })
    for (const id of known) this.#calls.set(id, [...(this.#calls.get(id) ?? []), context])
    return () => {
      for (const id of known) {
        const left = this.#calls.get(id).filter((other) => other !== context)
        if (left.length > 0) this.#calls.set(id, left)
        else this.#calls.delete(id)
      }
      context.emitDestroy()
    }
  }

  /** Runs the host's code for this payment or refund. */
  run(id, work) {
    const context = this.#calls.get(id)?.at(-1)
    return context ? context.runInAsyncScope(work) : work()
  }
}

module.exports = { Contexts }
