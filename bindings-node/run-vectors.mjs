// Runs vector files over the package and prints one JSON object a case; see tests/run-vectors.
import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import {
  AlipayError, Amount, CodeError, Merchant, PaymentCode, Router, SignatureError, SigningKey, VerifyingKey, advice, readVerified,
} from 'alipay-instore'
import { Unrunnable, amountOf, camel, camelled, snake, text } from './vectors/case.mjs'
import { flow, snapshot } from './vectors/flow.mjs'
import { refund } from './vectors/refund.mjs'
import { reverse } from './vectors/reverse.mjs'

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

  explain(file, object) {
    const keys = Object.fromEntries(
      Object.entries({ ...file.keys, gateway: file.public_key }).map(([name, pem]) => [name, VerifyingKey.load(pem)]),
    )
    const listed = object.gateway_keys
    const merchant = new Merchant({
      protocol: 'ams',
      clientId: text(object, 'client_id'),
      gateway: 'sea',
      signingKey: SigningKey.load(text(file, 'private_key')),
      ...(listed
        ? { gatewayKeys: Object.fromEntries(Object.entries(listed).map(([version, name]) => [version, keys[name]])) }
        : { gatewayKey: keys.gateway }),
    })
    const { paths = [], client_ids: clientIds = [], times = [], keys: names = [] } = object.alternatives ?? {}
    const alternatives = { paths, clientIds, times, keys: Object.fromEntries(names.map((name) => [name, keys[name]])) }
    const message = { headers: object.headers, body: data(object, 'body', 'body_base64'), alternatives }
    const found =
      'path' in object
        ? merchant.explainResponse({ ...message, path: object.path })
        : merchant.explainNotification({ ...message, notifyUrl: object.notify_url ?? undefined })
    return { codes: found.findings.map(({ code }) => code), diagnosis: found }
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

  scan(_file, object) {
    try {
      const code = PaymentCode.fromScan(data(object, 'text', 'text_base64'))
      return { value: code.expose(), kind: code.kind, routing_number: code.routingNumber }
    } catch (error) {
      if (error instanceof CodeError) return { error: error.code, scanned_as: error.scannedAs }
      throw error
    }
  },

  reading(_file, object) {
    const { protocol, operation, ours = {} } = object
    const known = Object.entries(ours).map(([name, value]) => [camel(name), name.endsWith('_amount') ? amountOf(value) : value])
    const read = readVerified({ protocol, operation, body: data(object, 'body', 'body_base64'), ours: Object.fromEntries(known) })
    return Object.fromEntries(Object.entries(read).map(([name, value]) => [snake(name), value]))
  },

  flow: (_file, object) => flow(object),
  snapshot: (_file, object) => snapshot(object),
  refund: (_file, object) => refund(object),
  reverse: (_file, object) => reverse(object),
}

/** Only the keys that are expected are compared. */
const partial = new Set(['verify', 'explain', 'reading', 'flow', 'snapshot', 'refund', 'reverse'])

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
