// What the cases of every kind share.
import { Amount } from 'alipay-instore'

/** A `ticks` event stops here, so that a wrong machine can't hang the runner. */
export const MOST_TICKS = 100_000

/** A case that says something no runner knows; the code becomes the result. */
export class Unrunnable extends Error {}

export function text(object, name) {
  const value = object?.[name]
  if (typeof value !== 'string') throw new Unrunnable('config.missing')
  return value
}

export const camel = (name) => name.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase())
export const snake = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
export const camelled = (object) => Object.fromEntries(Object.entries(object).map(([name, value]) => [camel(name), value]))
export const amountOf = (amount) => Amount.fromMinor(text(amount, 'value'), text(amount, 'currency'))
export const policyOf = (object) => camelled(object.policy ?? { preset: 'ams' })

/** Feeds the events of a case, each with its time. */
export function feedAll(events, feed) {
  for (const { at, event } of events ?? []) {
    if (!Number.isInteger(at)) throw new Unrunnable('config.missing')
    feed(event, at)
  }
}

/** The sends of a machine, and the events that answer them. */
export class Sends {
  /** The number and the operation of each send, in their order. */
  list = []
  /** Actions up to this number were carried out; after a restart they come again. */
  #carriedOut = 0

  /** `otherwise` is the operation of a send that was never given out, `unknown` the error where there is none. */
  constructor(otherwise, unknown) {
    this.otherwise = otherwise
    this.unknown = unknown
  }

  carryOut(actions) {
    for (const { sequence, type, sendId, operation } of actions) {
      if (sequence <= this.#carriedOut) continue
      this.#carriedOut = sequence
      if (type === 'send') this.list.push({ sendId, operation })
    }
  }

  get operations() {
    return this.list.map((send) => send.operation)
  }

  /** The event of the package that a case describes; `ticks`, which is many, is not one. */
  eventOf(event) {
    const type = text(event, 'type')
    const { signed_at: signedAt, stale, unsigned_code: unsignedCode, wrong_key: wrongKey } = event
    switch (type) {
      case 'reply':
        return { type, ...this.#sendOf(event), body: bodyOf(event), signedAt, stale }
      case 'no_reply': {
        const certainty = event.certainty === 'not_sent' ? 'not_sent' : 'unknown'
        return { type, ...this.#sendOf(event), certainty, unsignedCode, wrongKey }
      }
      case 'notified':
        return { type, body: bodyOf(event) }
      default:
        return { type }
    }
  }

  /** The send that an answer belongs to: the one that is named, else the latest of the operation, else the latest. */
  #sendOf({ operation, send_id: sendId }) {
    if (sendId !== undefined) {
      const sent = this.list.find((send) => send.sendId === sendId)
      return { sendId, operation: operation ?? sent?.operation ?? this.otherwise }
    }
    const latest = this.list.findLast((send) => operation === undefined || send.operation === operation)
    if (!latest) throw new Unrunnable(this.unknown)
    return latest
  }
}

/** The JSON text of a body, as it would have arrived. */
export const bodyOf = (event) => JSON.stringify(event.body ?? null)

/** Feeds `tick` whenever it is due, up to this time. */
export function ticks(until, nextWakeup, tick) {
  for (let count = 0; count < MOST_TICKS; count += 1) {
    const at = nextWakeup()
    if (at === null || at > until) return
    tick(at)
  }
  throw new Unrunnable('payment.not_final')
}
