// The same from CommonJS.
import ai = require('alipay-instore')
import testing = require('alipay-instore/testing')

const error: ai.AlipayError = ai.storeConflict()
const code: string = error.code
export = { code, start: testing.startGateway, key: ai.SigningKey.load }
