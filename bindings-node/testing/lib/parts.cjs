'use strict'
// The package alipay-instore, and what it gives only this one.

const main = require('alipay-instore')
const { version } = require('../package.json')

const parts = main[Symbol.for('alipay-instore.testing')]
if (parts === undefined || main.version !== version) {
  throw new Error(`alipay-instore-testing ${version} needs alipay-instore ${version}; installed is ${main.version}`)
}

module.exports = { ...parts, main }
