// What the tests share: codes whose wallet takes its time, an own store in Maps, and one around another.
import { StoreConflict, StoreNotWritten } from 'alipay-instore'

export const PAID_AFTER_INQUIRIES = '281006029000000000000002'

export const OPERATIONS = [
  'insert', 'load', 'save', 'take', 'claim', 'touched', 'release', 'beat', 'forget', 'list', 'purge', 'gatewayTime', 'findRefund',
]

/** A store as a host writes it over a database: its records are copies, and all of it is in this process. */
export class MapStore {
  rows = new Map()
  owners = new Map()
  told = new Set()
  operations = 0
  /** Called before each operation with its name, number and arguments. */
  before = async () => {}

  #isFree(row) {
    return row.owner === null || !this.owners.has(row.owner)
  }

  #give(rows) {
    return rows.map((row) => structuredClone(row))
  }

  #own(rows, owner) {
    for (const row of rows) row.owner = owner
    return this.#give(rows)
  }

  #copy(id) {
    return structuredClone(this.rows.get(id)) ?? null
  }

  load({ id }) {
    return this.#copy(id)
  }

  insert({ row, owner }) {
    if (!/^[!-~]{1,64}$/.test(row.id)) throw new StoreNotWritten('an id has 1 to 64 visible ASCII characters')
    if (this.rows.has(row.id)) throw new StoreConflict(this.#copy(row.id))
    this.rows.set(row.id, structuredClone({ ...row, revision: 1, owner: row.finished ? null : owner }))
  }

  save({ row, expected, by }) {
    const found = this.rows.get(row.id)
    if (found?.revision !== expected || (by !== null && found.owner !== by)) throw new StoreConflict(this.#copy(row.id))
    if (found.owner !== null) {
      const telling = JSON.stringify([found.owner, row.id])
      if (by === null) this.told.add(telling)
      else this.told.delete(telling)
    }
    this.rows.set(row.id, structuredClone({ ...row, revision: expected + 1, owner: row.finished ? null : found.owner }))
  }

  take({ id, owner }) {
    const row = this.rows.get(id)
    if (row && this.#isFree(row)) row.owner = owner
    return this.#copy(id)
  }

  claim({ owner, now, limit }) {
    const due = [...this.rows.values()].filter((row) => row.dueAt !== null && row.dueAt <= now && this.#isFree(row))
    return this.#own(due.sort((a, b) => a.dueAt - b.dueAt).slice(0, limit), owner)
  }

  touched({ owner, limit }) {
    const told = [...this.told].filter((telling) => JSON.parse(telling)[0] === owner).slice(0, limit)
    for (const telling of told) this.told.delete(telling)
    return this.#give(told.map((telling) => this.rows.get(JSON.parse(telling)[1])).filter(Boolean))
  }

  release({ id, owner }) {
    const row = this.rows.get(id)
    if (row?.owner === owner) row.owner = null
  }

  beat({ owner }) {
    const known = this.owners.has(owner)
    this.owners.set(owner, (this.owners.get(owner) ?? 0) + 1)
    return { known, owners: [...this.owners].map(([name, beats]) => ({ owner: name, beats })) }
  }

  forget({ owner, beats }) {
    if (beats === null || this.owners.get(owner) === beats) this.owners.delete(owner)
  }

  list({ merchant, state, openAlerts, finished, since, after, limit }) {
    const isAfter = (row, at) => row.created > at.created || (row.created === at.created && row.id > at.id)
    const wanted = [...this.rows.values()].filter(
      (row) =>
        (merchant === null || row.merchant === merchant) && (state === null || row.state === state) &&
        (openAlerts === null || row.openAlerts === openAlerts) && (finished === null || row.finished === finished) &&
        (since === null || row.updated >= since) && (after === null || isAfter(row, after)),
    )
    const page = wanted.sort((a, b) => (isAfter(a, b) ? 1 : -1)).slice(0, limit)
    const last = page.at(-1)
    return { rows: this.#give(page), next: wanted.length > limit && last ? { created: last.created, id: last.id } : null }
  }

  purge({ before, now, limit }) {
    const old = [...this.rows.values()].filter(
      (row) => row.finished && !row.openAlerts && row.updated < before && row.keepUntil !== null && row.keepUntil <= now,
    )
    for (const row of old.slice(0, limit)) this.rows.delete(row.id)
    return Math.min(old.length, limit)
  }

  gatewayTime({ merchant }) {
    const times = [...this.rows.values()].filter((row) => row.merchant === merchant).map((row) => row.gatewayTime ?? -Infinity)
    const newest = Math.max(...times)
    return Number.isFinite(newest) ? newest : null
  }

  findRefund({ refundRequestId }) {
    return structuredClone([...this.rows.values()].find((row) => row.refundIds.includes(refundRequestId)))
  }
}

// Each operation is asynchronous, as those of a database are.
for (const name of OPERATIONS) {
  const operation = MapStore.prototype[name]
  MapStore.prototype[name] = async function (input) {
    this.operations += 1
    await this.before(name, this.operations, input)
    await new Promise((resolve) => setImmediate(resolve))
    return operation.call(this, input)
  }
}

/** A store around another one: `change` gives operations that take the place of its own. */
export function around(inner, change = {}) {
  return { ...Object.fromEntries(OPERATIONS.map((name) => [name, (input) => inner[name](input)])), ...change }
}

export const booked = async (gateway, id) => (await gateway.ledger()).payments.find((row) => row.payment_request_id === id)
/** How many payments the gateway has, and what they took together, in minor units. */
export const totals = async (gateway) => {
  const { payments } = await gateway.ledger()
  return [payments.length, payments.reduce((sum, row) => sum + Number(row.net), 0)]
}

export const until = async (condition, tries = 2_000) => {
  for (let count = 0; count < tries; count += 1) {
    const found = await condition()
    if (found) return found
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error('it never happened')
}
