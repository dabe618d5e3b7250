// Processes that share one store: some begin sales and end, others finish them.
//
//     node two-workers.mjs worker SANDBOX_JSON STORE_FOLDER
//     node two-workers.mjs sell SANDBOX_JSON STORE_FOLDER PRICE PAYMENT_CODE
//     node two-workers.mjs status SANDBOX_JSON STORE_FOLDER PAYMENT_REQUEST_ID
//
// Run as many of each as you like: what a process leaves behind, a worker takes over. Without words it does all of it at a gateway
// of its own: a till that begins a sale and ends, and a worker in another process.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Amount, Client, FileStore, Merchant } from 'alipay-instore'
import { Sandbox } from 'alipay-instore-testing'

const shop = {
  merchantId: 'M1', merchantName: 'Coffee House', mcc: '5814', storeId: 'S1', storeName: 'Harbour', terminal: 'TILL7',
  notifyUrl: 'http://127.0.0.1:9/notify',
}

/** @param {string} sandbox @param {string} folder @param {boolean} claims */
const open = (sandbox, folder, claims) => new Client(Merchant.fromFile(sandbox, 'ams'), { store: new FileStore(folder), shop, claims })

/** Takes over what is due and nobody drives, until it is asked to end. @param {string} sandbox @param {string} folder */
async function worker(sandbox, folder) {
  const client = open(sandbox, folder, true)
  const ending = new AbortController()
  process.once('SIGTERM', () => ending.abort())
  console.log('working')
  await client.runWorker({ signal: ending.signal })
  // Gives back what this process drives.
  await client.close()
}

/** Begins a sale and ends. @param {string} sandbox @param {string} folder @param {string} price @param {string} code */
async function sell(sandbox, folder, price, code) {
  const client = open(sandbox, folder, false)
  const { paymentRequestId } = await client.payCode(code, Amount.parse(price), 'Two coffees', { waitMs: 0 })
  await client.close()
  console.log(paymentRequestId)
}

/** As a page asks that polls. @param {string} sandbox @param {string} folder @param {string} paymentRequestId */
async function status(sandbox, folder, paymentRequestId) {
  const client = open(sandbox, folder, false)
  const { outcome } = await client.status(paymentRequestId)
  await client.close()
  console.log(outcome ?? 'in progress')
}

/** @param {...string} words */
function started(...words) {
  return spawn(process.execPath, [fileURLToPath(import.meta.url), ...words], { stdio: ['ignore', 'pipe', 'inherit'] })
}

/** What a process prints until it ends. @param {...string} words */
async function printed(...words) {
  const child = started(...words)
  let text = ''
  for await (const chunk of child.stdout) text += chunk
  return text.trim()
}

async function all() {
  const gateway = await Sandbox.start()
  const folder = mkdtempSync(join(tmpdir(), 'two-workers-'))
  // The wallet answers that the payment is in process, so that the till ends before the sale does.
  const id = await printed('sell', gateway.file, folder, '19.99 USD', '281006029000000000000002')
  assert.equal(await printed('status', gateway.file, folder, id), 'in progress')
  const other = started('worker', gateway.file, folder)
  const ended = once(other, 'exit')
  let outcome = ''
  for (let tries = 0; tries < 60 && outcome !== 'succeeded'; tries += 1) {
    await setTimeout(250)
    outcome = await printed('status', gateway.file, folder, id)
  }
  other.kill('SIGTERM')
  assert.deepEqual(await ended, [0, null])
  assert.equal(outcome, 'succeeded')
  console.log('begun in one process, and paid in another')
  rmSync(folder, { recursive: true })
  await gateway.stop()
}

const [command = '', sandbox = '', folder = '', ...words] = process.argv.slice(2)
const [first = '', second = ''] = words
if (command === 'worker') await worker(sandbox, folder)
else if (command === 'sell') await sell(sandbox, folder, first, second)
else if (command === 'status') await status(sandbox, folder, first)
else await all()
