// Serves the app of examples/next, which was built in this folder, at a gateway of its own, and asks it as a page and a stranger do.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { PAID_AT_ONCE, Sandbox } from 'alipay-instore-testing'

const free = createServer().listen(0, '127.0.0.1')
await once(free, 'listening')
const { port } = free.address()
free.close()
await once(free, 'close')

const url = `http://127.0.0.1:${port}`
const gateway = await Sandbox.start()
const folder = dirname(gateway.file)
const env = {
  ...process.env,
  ALIPAY_INSTORE_PROTOCOL: 'ams',
  ALIPAY_INSTORE_CLIENT_ID: gateway.clientId,
  ALIPAY_INSTORE_GATEWAY: gateway.baseUrl,
  ALIPAY_INSTORE_SIGNING_KEY_FILE: join(folder, gateway.description.merchant_private_key),
  ALIPAY_INSTORE_GATEWAY_KEY_FILE: join(folder, gateway.description.gateway_public_key),
  ALIPAY_INSTORE_NOTIFY_URL: `${url}/notify`,
  PAYMENTS: join(folder, 'payments'),
}
const served = spawn(process.execPath, ['node_modules/next/dist/bin/next', 'start', '--hostname', '127.0.0.1', '--port', String(port)], {
  env, stdio: ['ignore', 'ignore', 'pipe'],
})
let printed = ''
served.stderr.setEncoding('utf8').on('data', (text) => { printed += text })
const ended = once(served, 'exit')

/** Tries until something comes of it, for half a minute. */
async function until(what, attempt) {
  for (let tries = 0; tries < 300; tries += 1) {
    const found = await attempt()
    if (found) return found
    assert.equal(served.exitCode, null, `next start has ended: ${printed}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return assert.fail(`${what}: ${printed}`)
}
const post = (path, body) => fetch(url + path, { method: 'POST', body: JSON.stringify(body) })
const sell = (id, code) => post('/sales', { id, code, price: '19.99' })

try {
  const unknown = await until('it does not answer', () => fetch(`${url}/sales/nobody`).catch(() => undefined))
  assert.deepEqual([unknown.status, (await unknown.json()).code], [404, 'request.unknown_payment'])

  const begun = await sell('sale-1', PAID_AT_ONCE)
  const said = await begun.json()
  assert.deepEqual([begun.status, said.paymentRequestId], [202, 'sale-1'], JSON.stringify(said))
  assert.equal((await sell('sale-1', PAID_AT_ONCE)).status, 202)
  const { outcome } = await until('the sale has no outcome', async () => {
    const sale = await (await fetch(`${url}/sales/sale-1`)).json()
    return sale.outcome ? sale : undefined
  })
  assert.equal(outcome, 'succeeded')
  const { payments } = await gateway.ledger()
  assert.deepEqual(payments.map(({ payment_request_id, net }) => [payment_request_id, net]), [['sale-1', '1999']])
  await until('the notification was not acknowledged', async () => {
    const { notifications } = await gateway.ledger()
    return notifications.some((row) => row.payment_request_id === 'sale-1' && row.acknowledged_ms)
  })

  const wrong = await sell('sale-2', 'https://qr.shop.example/7')
  const { code, scannedAs } = await wrong.json()
  assert.deepEqual([wrong.status, scannedAs], [400, 'shop_code'], code)
  assert.equal((await post('/notify', {})).status, 400)
  assert.match(printed, /^refused: SignatureError: signature\.missing/m)
  console.log('next: a sale is paid, its notification acknowledged, and one that is not signed refused')
} finally {
  served.kill('SIGTERM')
  await ended
  await gateway.stop()
}
