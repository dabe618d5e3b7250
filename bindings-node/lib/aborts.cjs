'use strict'
// Who is told when a signal aborts. A signal that many calls share, such as that of a process that ends, has one listener of
// this package: Node.js warns of a leak at the eleventh.

const waiting = new WeakMap()

/** Calls `abort` when the signal aborts. Gives what takes it back. */
function onAbort(signal, abort) {
  let told = waiting.get(signal)
  if (told === undefined) {
    told = { calls: new Set() }
    told.listen = () => {
      waiting.delete(signal)
      for (const call of told.calls) call()
    }
    waiting.set(signal, told)
    signal.addEventListener('abort', told.listen, { once: true })
  }
  told.calls.add(abort)
  return () => {
    told.calls.delete(abort)
    if (told.calls.size > 0 || waiting.get(signal) !== told) return
    waiting.delete(signal)
    signal.removeEventListener('abort', told.listen)
  }
}

module.exports = { onAbort }
