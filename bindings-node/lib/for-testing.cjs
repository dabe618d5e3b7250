'use strict'
// What the package alipay-instore-testing uses beside what is public. Clocks and the checks of stores work on objects of this
// library, so they are here; the gateway is not. Both packages have one version, so nothing of this is kept for others.

const { Abort, Clock, StoreKit } = require('./library.cjs')
const checks = require('./arguments.cjs')
const { CLOCK } = require('./client.cjs')
const { call, callAsync, failure } = require('./errors.cjs')
const { load } = require('./loading.cjs')
const { bodyJson } = require('./requests.cjs')
const { openStore } = require('./store.cjs')

module.exports = { Abort, Clock, StoreKit, CLOCK, bodyJson, call, callAsync, checks, failure, load, openStore }
