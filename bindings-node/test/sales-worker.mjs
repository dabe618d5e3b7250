// The worker of a shop that `make sales` kills every second: it serves tills and the gateway's notifications. Its command
// line and the requests that it takes are those that tests/src/bin/sales.rs describes.
import { createServer } from 'node:http'
import { Amount, Client, FileStore, Merchant, SqlStore } from 'alipay-instore'
import { payRequest } from 'alipay-instore-testing'

const [sandbox, place, protocol, port] = process.argv.slice(2)
const store = place.includes('://') ? new SqlStore(place, { migrate: true }) : new FileStore(place)
// A worker lives four seconds on average here: by the usual 15 s hardly any would live to see another one dead.
const client = new Client(Merchant.fromFile(sandbox, protocol), { store, ownerTimeoutMs: 3_000 })

async function result(path, { id, code, value, currency, wait, notify_url }) {
  const options = { waitMs: wait * 1000 }
  if (path === '/cancel') return client.cancel(id, options)
  const request = payRequest({ paymentRequestId: id, amount: Amount.fromMinor(value, currency), currency, paymentCode: code })
  request.paymentNotifyUrl = notify_url
  return client.pay(request, options)
}

const server = createServer(async (request, response) => {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  const body = Buffer.concat(chunks)
  if (request.url === '/notify') {
    const handled = await client.handleNotification(request.rawHeaders, body, { notifyUrl: '/notify' })
    response.writeHead(handled.status, handled.headers).end(handled.body)
    return
  }
  try {
    const { outcome, inProgress } = await result(request.url, JSON.parse(body.toString()))
    response.writeHead(200).end(JSON.stringify({ outcome, in_progress: inProgress }))
  } catch (error) {
    response.writeHead(error.retryable ? 503 : 500).end(JSON.stringify({ error: String(error) }))
  }
})
server.listen({ port: Number(port), host: '127.0.0.1', backlog: 128 })
