'use strict'
// What the machines of payments, refunds and reverses share: events in, actions out, and how something ended.

const { flag, json, options, optionalText, text, time, toCamel, utf8, whole, wrong } = require('./arguments.cjs')

/** How something ended, as it stands in results and actions. */
function ended(outcome) {
  return { outcome: outcome.name, failureCode: outcome.code ?? null, unresolvedReason: outcome.reason ?? null }
}

/** An outcome in the JSON of a machine: its name, or its name with what belongs to it. */
function outcomeOf(found) {
  if (found === null) return { outcome: null, failureCode: null, unresolvedReason: null }
  if (typeof found === 'string') return ended({ name: found })
  const [[name, details]] = Object.entries(found)
  return ended({ name, ...details })
}

/** The JSON of a message: as it arrived, or as an object. */
function messageJson(body) {
  if (typeof body === 'string' || body instanceof Uint8Array) return utf8(body, 'body', 'message.not_json')
  if (typeof body !== 'object' || body === null) throw wrong('body', 'an object, a string or a Uint8Array', body)
  return json(body, 'message.not_json')
}

/** An event and its time as the native part takes them. */
function eventOf(event, now) {
  const { type, sendId, operation, certainty, body, signedAt, stale, unsignedCode, wrongKey } = options(event, 'event')
  const checked = {
    kind: text(type, 'type'),
    sendId: whole(sendId, 'sendId', 0, 0xffffffff),
    operation: optionalText(operation, 'operation'),
    certainty: optionalText(certainty, 'certainty'),
    body: body === undefined ? undefined : messageJson(body),
    signedAt: time(signedAt, 'signedAt'),
    stale: flag(stale, 'stale'),
    unsignedCode: optionalText(unsignedCode, 'unsignedCode'),
    wrongKey: flag(wrongKey, 'wrongKey'),
  }
  return [checked, time(now, 'now') ?? Date.now()]
}

function action({ sequence, action: numbered }) {
  const [[type, details]] = Object.entries(numbered)
  switch (type) {
    case 'present':
      // The form is kept as text, so that no digit of its numbers is lost on the way.
      return { sequence, type, form: JSON.parse(details.form) }
    case 'conclude':
      return { sequence, type, ...outcomeOf(details.outcome) }
    default:
      return { sequence, type, ...toCamel(details) }
  }
}

/** The actions in the JSON of a machine. */
const actionsOf = (text) => JSON.parse(text).map(action)

module.exports = { actionsOf, ended, eventOf, outcomeOf }
