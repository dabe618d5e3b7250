'use strict'
// alipay-instore-testing: a gateway on this machine, a clock for tests, signed notifications, and a check of own stores. What is
// exported is documented in index.d.cts.

const { TestClock } = require('./lib/clock.cjs')
const { PAID_AT_ONCE, payRequest } = require('./lib/requests.cjs')
const { Sandbox } = require('./lib/sandbox.cjs')
const { checkStore } = require('./lib/stores.cjs')

module.exports = { Sandbox, TestClock, checkStore, payRequest, PAID_AT_ONCE }
