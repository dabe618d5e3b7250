// The notify URL with Fastify. A parser of its own keeps the raw bytes.
import { fastify } from 'fastify'
import { MemoryStore } from 'alipay-instore'
import { Sandbox } from 'alipay-instore-testing'
import { payAndWaitForNotification } from './pay-and-wait.mjs'

const gateway = await Sandbox.start()

// ANCHOR: app
const app = fastify()
app.removeAllContentTypeParsers()
app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
app.post('/alipay/notify', async (request, reply) => {
  const answer = await client.handleNotification(request.raw.rawHeaders, /** @type {Buffer} */ (request.body))
  if (answer.error) console.error('refused:', answer.error)
  // Fastify writes the body of a Buffer as it stands.
  return reply.code(answer.status).headers(answer.headers).send(answer.body)
})
// ANCHOR_END: app
const url = await app.listen({ port: 0, host: '127.0.0.1' })

// A setting of the merchant: the URL as the gateway knows it. What a request says about its own path is never used.
const notifyUrl = `${url}/alipay/notify`
const client = gateway.client('ams', { store: new MemoryStore(), notifyUrl })
await payAndWaitForNotification(gateway, client, notifyUrl)
await app.close()
await client.close()
await gateway.stop()
