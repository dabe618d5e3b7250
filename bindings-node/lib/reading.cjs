'use strict'
// What a verified message says, for hosts that bring their own HTTP client.

const native = require('./library.cjs')
const { call } = require('./errors.cjs')
const { bytes, options, text, toCamel, toSnake } = require('./arguments.cjs')
const { bodyJson } = require('./requests.cjs')

function readVerified(input) {
  const { protocol, operation, body, ours } = options(input, 'readVerified')
  const checked = [
    text(protocol, 'protocol'),
    text(operation, 'operation'),
    bytes(body, 'body', 'message.not_json'),
    bodyJson(toSnake(options(ours, 'ours')), 'ours'),
  ]
  return toCamel(JSON.parse(call(() => native.readVerified(...checked))))
}

module.exports = { readVerified }
