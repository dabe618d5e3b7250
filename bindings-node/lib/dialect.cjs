'use strict'
// Generated from schema/dialect by `make generate`; do not edit.

/** The members of events beside their type, and what each is. */
exports.EVENT = {
  sendId: 'count',
  operation: 'text',
  body: 'message',
  signedAt: 'instant',
  stale: 'flag',
  certainty: 'text',
  unsignedCode: 'text',
  wrongKey: 'flag',
}

/** What stands beside an outcome, and its name here. */
exports.BESIDE = {
  code: 'failureCode',
  reason: 'unresolvedReason',
}
