// The same from CommonJS.
import ai = require('alipay-instore')
import testing = require('alipay-instore-testing')

const error: ai.AlipayError = new ai.StoreConflict()
const code: string = error.code
export = { code, start: testing.Sandbox.start, key: ai.SigningKey.load }
