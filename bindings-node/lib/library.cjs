'use strict'
// The native library of this package.

const { load } = require('./loading.cjs')

module.exports = load('alipay-instore', () => require('../native.cjs'))
