'use strict'
// The check of an own store.

const { Abort, StoreKit, call, callAsync, checks, openStore } = require('./parts.cjs')

/**
 * Checks whether an own store keeps the contract. `makeStore(place)` opens the store of a place, as one more process would:
 * each place is empty at first, and what was written to it before is there when it is opened again.
 */
async function checkStore(makeStore) {
  checks.fn(makeStore, 'makeStore')
  const kit = call(() => new StoreKit())
  const names = call(() => kit.properties())
  const broken = []
  let opened = 0
  for (const property of names) {
    const calls = []
    const open = async (place) => {
      const store = openStore(await makeStore(place), { warns: false })
      calls.push(store.calls)
      opened += 1
      call(() => kit.add(opened, store.handle))
      return opened
    }
    const found = await callAsync(() => kit.check(property, open, new Abort()))
    if (found === null) continue
    const cause = calls.find((one) => one.lastCause !== undefined)?.lastCause
    const failed = `${property}: an operation failed: `
    broken.push({ what: cause !== undefined && found.startsWith(failed) ? failed + String(cause) : found, cause })
  }
  if (broken.length === 0) return names
  const lines = broken.map(({ what }) => `  ${what}`)
  const { cause } = broken.find((one) => one.cause !== undefined) ?? {}
  throw new Error(
    `the store breaks ${broken.length} of ${names.length} properties of its contract:\n${lines.join('\n')}`,
    cause === undefined ? undefined : { cause },
  )
}

module.exports = { checkStore }
