'use strict'
// QR codes: the order code that a customer scans, or the address of the entry code at a table.

const native = require('./library.cjs')
const { call } = require('./errors.cjs')
const { options, text } = require('./arguments.cjs')

function qrSvg(content) {
  return call(() => native.qrSvg(text(content, 'text')))
}

function qrPng(content) {
  return call(() => native.qrPng(text(content, 'text')))
}

function qrTerminal(content, input) {
  const { colours = false } = options(input, 'options', ['colours'])
  return call(() => native.qrTerminal(text(content, 'text'), colours === true))
}

module.exports = { qrPng, qrSvg, qrTerminal }
