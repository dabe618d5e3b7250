'use strict'
// The contract of a store under the names of this language: its operations, their arguments and their answers, and the
// JSON of both. What a store answers is checked here, so that a slip is named and not taken for an empty list.

const { Amount } = require('./money.cjs')
const { object, text, toCamel, toSnake, wrong } = require('./arguments.cjs')

/** A whole number. Drivers of databases give a bigint for one of 64 bits. */
function number(value, name) {
  const read = typeof value === 'bigint' ? Number(value) : value
  if (!Number.isSafeInteger(read)) throw wrong(name, 'a whole number', value)
  return read
}

function flag(value, name) {
  if (typeof value !== 'boolean') throw wrong(name, 'true or false', value)
  return value
}

function list(value, name, read) {
  if (!Array.isArray(value)) throw wrong(name, 'an array', value)
  return value.map((one, index) => read(one, `${name}[${index}]`))
}

const string = (value, name) => text(value, name, 'store.corrupt')
const orNull = (read) => (value, name) => (value === null ? null : read(value, name))

function amount(value, name) {
  if (value instanceof Amount) return value.toJSON()
  const { currency, value: minor } = object(value, name)
  return { currency: string(currency, `${name}.currency`), value: string(minor, `${name}.value`) }
}

const COLUMNS = {
  id: string,
  merchant: string,
  state: string,
  outcome: orNull(string),
  amount,
  dueAt: orNull(number),
  finished: flag,
  openAlerts: flag,
  created: number,
  updated: number,
  keepUntil: orNull(number),
  gatewayTime: orNull(number),
  refundIds: (value, name) => list(value, name, string),
}
const ROW = { ...COLUMNS, text: string }
const STORED = { ...ROW, revision: number, owner: orNull(string) }

/** An object with these members and no others. */
const members = (of) => (value, name) => {
  const given = object(value, name)
  return toSnake(Object.fromEntries(Object.entries(of).map(([member, read]) => [member, read(given[member], `${name}.${member}`)])))
}

const stored = members(STORED)
/** `undefined` is what a map, or a query without a row, gives. */
const found = (value, name) => (value === null || value === undefined ? null : stored(value, name))
const rows = (value, name) => list(value, name, stored)
const nothing = () => null
const place = orNull(members({ created: number, id: string }))

/** What each operation answers, and the record that it is about. */
const OPERATIONS = {
  insert: { answer: nothing, id: ({ row }) => row.id },
  load: { answer: found, id: ({ id }) => id },
  save: { answer: nothing, id: ({ row }) => row.id },
  take: { answer: found, id: ({ id }) => id },
  claim: { answer: rows },
  touched: { answer: rows },
  release: { answer: nothing, id: ({ id }) => id },
  beat: {
    answer: members({ known: flag, owners: (value, name) => list(value, name, members({ owner: string, beats: number })) }),
  },
  forget: { answer: nothing },
  list: { answer: members({ rows: (value, name) => list(value, name, members(COLUMNS)), next: place }) },
  purge: { answer: number },
  gatewayTime: { answer: (value, name) => (value === undefined ? null : orNull(number)(value, name)) },
  findRefund: { answer: found, id: ({ refundRequestId }) => refundRequestId },
}

/** Arguments of the native part as a store takes them, and what a store of the native part gives. */
function fromWire(value) {
  if (Array.isArray(value)) return value.map(fromWire)
  if (typeof value !== 'object' || value === null) return value
  const { row, rows: several, ...rest } = toCamel(value)
  return { ...rest, ...(row && { row: toCamel(row) }), ...(several && { rows: several.map(toCamel) }) }
}

/** Arguments as the native part takes them. */
function toWire(value) {
  const { row, ...rest } = toSnake(value)
  const converted = row === undefined ? rest : { ...rest, row: toSnake(object(row, 'row')) }
  return JSON.stringify(converted, (_, member) => (typeof member === 'bigint' ? Number(member) : member))
}

module.exports = { OPERATIONS, fromWire, stored, toWire }
