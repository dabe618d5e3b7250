// The notify URL with Express. The body has to be the raw bytes: express.json() would have parsed them.
import assert from 'node:assert/strict'
import express from 'express'
import { MemoryStore } from 'alipay-instore'
import { Sandbox } from 'alipay-instore-testing'
import { payAndWaitForNotification } from './pay-and-wait.mjs'

const gateway = await Sandbox.start()

// ANCHOR: app
const app = express()
app.post('/alipay/notify', express.raw({ type: () => true, limit: '1mb' }), async (request, response) => {
  const answer = await client.handleNotification(request.rawHeaders, request.body)
  if (answer.error) console.error('refused:', answer.error)
  response.status(answer.status).set(answer.headers).send(answer.body)
})
// ANCHOR_END: app
const server = app.listen(0, '127.0.0.1')
await new Promise((resolve) => server.once('listening', resolve))
const address = server.address()
assert.ok(address && typeof address === 'object')


// The notify URL is a setting of the merchant: the URL as the gateway knows it, with its query. What a request says about
// its own path is never used.
const notifyUrl = `http://127.0.0.1:${address.port}/alipay/notify?till=7`
const client = gateway.client('ams', { store: new MemoryStore(), notifyUrl })
await payAndWaitForNotification(gateway, client, notifyUrl)
server.close()
server.closeAllConnections()
await client.close()
await gateway.stop()
