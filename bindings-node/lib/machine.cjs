'use strict'
// What the machines of payments, refunds and reverses share: events in, actions out, and how something ended.

const { isUint8Array } = require('node:util').types
const { AlipayError, call, failure } = require('./errors.cjs')
const { BESIDE, EVENT } = require('./dialect.cjs')
const { flag, json, options, optionalText, text, time, toCamel, toCamelName, toSnake, utf8, whole, wrong } = require('./arguments.cjs')

/** How something ended, as it is called in results and actions. */
function ended({ outcome, ...rest }) {
  const beside = Object.entries(BESIDE).map(([name, own]) => [own, rest[name] ?? null])
  return { outcome, ...Object.fromEntries(beside) }
}

/** The JSON of a message: as it arrived, or as an object. */
function messageJson(body) {
  if (typeof body === 'string' || isUint8Array(body)) return utf8(body, 'body', 'message.not_json')
  if (typeof body !== 'object' || body === null) throw wrong('body', 'an object, a string or a Uint8Array', body)
  return json(body, 'message.not_json')
}

const CHECKS = {
  text: optionalText,
  flag,
  count: (value, name) => whole(value, name, 0, 0xffffffff),
  instant: time,
  // As text, so that no digit of its numbers is lost on the way.
  message: (value) => (value === undefined ? undefined : messageJson(value)),
}

/** An event, as JSON, and its time as the native part takes them. */
function eventOf(event, now) {
  const { type, ...members } = options(event, 'event')
  const checked = { type: text(type, 'type') }
  for (const [name, value] of Object.entries(members)) {
    if (!Object.hasOwn(EVENT, name)) {
      throw failure('config.invalid', `the members of an event are type, ${Object.keys(EVENT).join(', ')}`, { path: name })
    }
    checked[name] = CHECKS[EVENT[name]](value, name)
  }
  return [JSON.stringify(toSnake(checked)), time(now, 'now') ?? Date.now()]
}

/** An action under the names of this language. */
function action({ outcome, code, reason, ...rest }) {
  return { ...toCamel(rest), ...(outcome !== undefined && ended({ outcome, code, reason })) }
}

/** Feeds an event to a machine and gives the actions. An error names the member of the event as it is called here. */
function fed(work) {
  try {
    return JSON.parse(call(work)).map(action)
  } catch (error) {
    if (!(error instanceof AlipayError) || error.path === null) throw error
    throw failure(error.code, error.reason, { hint: error.hint, path: toCamelName(error.path) })
  }
}

module.exports = { ended, eventOf, fed }
