// Runs vector files over the package and prints one JSON object a case; see tests/run-vectors.
import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import {
  AlipayError, Amount, Payment, Router, SignatureError, SigningKey, VerifyingKey, advice,
} from 'alipay-instore'

/** A `ticks` event stops here, so that a wrong machine can't hang the runner. */
const MOST_TICKS = 100_000

/** A case that says something no runner knows; the code stands in the result. */
class Unrunnable extends Error {}

function text(object, name) {
  const value = object?.[name]
  if (typeof value !== 'string') throw new Unrunnable('config.missing')
  return value
}

function data(object, plain, encoded) {
  if (typeof object[plain] === 'string') return object[plain]
  if (typeof object[encoded] === 'string') return Buffer.from(object[encoded], 'base64')
  return ''
}

const content = (object) => ({
  method: text(object, 'method'),
  path: text(object, 'path'),
  clientId: text(object, 'client_id'),
  time: text(object, 'time'),
  body: data(object, 'body', 'body_base64'),
})

const camel = (name) => name.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase())
const camelled = (object) => Object.fromEntries(Object.entries(object).map(([name, value]) => [camel(name), value]))

const kinds = {
  sign(file, object) {
    const key = SigningKey.load(text(file, 'private_key'))
    return { signature_header: key.sign({ ...content(object), keyVersion: object.key_version ?? 1 }) }
  },

  verify(file, object) {
    const key = VerifyingKey.load(text(file, 'public_key'))
    try {
      key.verify(text(object, 'signature_header'), content(object))
      return { verified: true }
    } catch (error) {
      if (error instanceof SignatureError) return { verified: false, error: error.code }
      throw error
    }
  },

  key(_file, object) {
    const Key = text(object, 'role') === 'private' ? SigningKey : VerifyingKey
    const { bits, fingerprint } = Key.load(data(object, 'text', 'der_base64'))
    return { bits, fingerprint }
  },

  amount(_file, object) {
    const [value, currency] = [text(object, 'text'), text(object, 'currency')]
    if (text(object, 'op') !== 'to_minor') return { value: Amount.fromMinor(value, currency).toMajor() }
    const { rounding, rules } = object
    return { value: Amount.fromMajor(value, currency, { rounding, rules }).value.toString() }
  },

  route(_file, object) {
    const { direct, ...settings } = object.router
    const router = new Router({ ...camelled(settings), ...(direct && { direct: direct.map(camelled) }) })
    const { target, wallet, rule } = router.route(text(object, 'code'))
    return { target, wallet, rule }
  },

  advice(_file, { protocol, operation, result_status: resultStatus, result_code: resultCode }) {
    return { meaning: advice({ protocol, operation, resultStatus, resultCode }).meaning }
  },

  flow(_file, object) {
    const { payment } = object
    const order = {
      paymentRequestId: text(payment, 'payment_request_id'),
      amount: Amount.fromMinor(text(payment.amount, 'value'), text(payment.amount, 'currency')),
      scenario: text(payment, 'scenario'),
      paymentExpiryTime: expiry(payment.payment_expiry_time),
      apiPrefix: '/ams/api/v1',
      request: { paymentRequestId: payment.payment_request_id, paymentMethodId: payment.payment_code ?? '' },
    }
    return new Drive(new Payment({ order, policy: camelled(object.policy ?? { preset: 'ams' }) })).run(object)
  },

  snapshot(_file, object) {
    return new Drive(Payment.restore(text(object, 'snapshot'))).run(object)
  },
}

function expiry(value) {
  return typeof value === 'string' ? new Date(value) : value
}

/** What a host would keep of a payment. */
class Drive {
  /** The number and the operation of each send, in their order. */
  sends = []
  /** Actions up to this number were carried out; after a restart they come again. */
  carriedOut = 0

  constructor(payment) {
    this.payment = payment
  }

  run(object) {
    for (const { at, event } of object.events ?? []) {
      if (!Number.isInteger(at)) throw new Unrunnable('config.missing')
      this.feed(event, at)
    }
    const { state, outcome, alerts, nextWakeup } = this.payment
    return { state, outcome, sends: this.sends.map((send) => send.operation), alerts, next_wakeup: nextWakeup }
  }

  feed(event, at) {
    const type = text(event, 'type')
    if (type === 'ticks') return this.ticks(at)
    if (type === 'resumed') this.payment = Payment.restore(this.payment.snapshot())
    const sent = type === 'reply' || type === 'no_reply' ? this.sendOf(event) : {}
    const body = type === 'reply' || type === 'notified' ? { body: JSON.stringify(event.body ?? null) } : {}
    const certainty = event.certainty === 'not_sent' ? 'not_sent' : 'unknown'
    this.carryOut(this.payment.handle({ type, ...sent, ...body, certainty }, at))
  }

  ticks(until) {
    for (let count = 0; count < MOST_TICKS; count += 1) {
      const at = this.payment.nextWakeup
      if (at === null || at > until) return
      this.carryOut(this.payment.handle({ type: 'tick' }, at))
    }
    throw new Unrunnable('payment.not_final')
  }

  carryOut(actions) {
    for (const { sequence, type, sendId, operation } of actions) {
      if (sequence <= this.carriedOut) continue
      this.carriedOut = sequence
      if (type === 'send') this.sends.push({ sendId, operation })
    }
  }

  /** The send that an answer belongs to: the one that is named, else the latest of the operation, else the latest. */
  sendOf({ operation, send_id: sendId }) {
    if (sendId !== undefined) {
      const sent = this.sends.find((send) => send.sendId === sendId)
      return { sendId, operation: operation ?? sent?.operation ?? 'pay' }
    }
    const latest = this.sends.findLast((send) => operation === undefined || send.operation === operation)
    if (!latest) throw new Unrunnable('payment.unknown_send')
    return latest
  }
}

/** Only the keys that are expected are compared. */
const partial = new Set(['verify', 'flow', 'snapshot'])

function matches(kind, expected, result) {
  if (!partial.has(kind)) return isDeepStrictEqual(result, expected)
  return Object.entries(expected).every(([name, value]) => isDeepStrictEqual(result[name], value))
}

function answer(file, object) {
  try {
    if (!Object.hasOwn(kinds, object.kind)) throw new Unrunnable('config.invalid')
    return kinds[object.kind](file, object)
  } catch (error) {
    if (error instanceof AlipayError) return { error: error.code }
    if (error instanceof Unrunnable) return { error: error.message }
    throw error
  }
}

function main(paths) {
  if (paths.length === 0) {
    console.error('usage: run-vectors FILE...')
    return 2
  }
  let agreed = true
  for (const path of paths) {
    let file
    try {
      file = JSON.parse(readFileSync(path, 'utf8'))
      if (file?.schema !== 1 || !Array.isArray(file.cases)) throw new Error('the file is none of schema 1 with a list of cases')
    } catch (error) {
      console.error(`run-vectors: ${path}: ${error.message}`)
      return 2
    }
    for (const object of file.cases) {
      const result = answer(file, object)
      process.stdout.write(`${JSON.stringify({ name: object.name ?? '', result })}\n`)
      if ('expected' in object && !matches(object.kind, object.expected, result)) {
        agreed = false
        const [expected, got] = [object.expected, result].map((value) => JSON.stringify(value))
        console.error(`${path}: ${object.name}: expected ${expected}, got ${got}`)
      }
    }
  }
  return agreed ? 0 : 1
}

process.exitCode = main(process.argv.slice(2))
