// Payments over HTTP, 64 at once: `node pay.mjs PACKAGE FOLDER`, where FOLDER is that of the gateway.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { answerEach, processor } from './questions.mjs'

const [, , packageFolder, folder] = process.argv
const { Amount, Client, MemoryStore, Merchant } = await import(join(packageFolder, 'index.mjs'))

const AT_ONCE = 64
const shop = {
  merchantId: 'M1', merchantName: 'Coffee House', mcc: '5814', storeId: 'S1', storeName: 'Harbour', terminal: 'TILL7',
}
const authority = join(folder, 'ca.pem')
const client = new Client(Merchant.fromFile(join(folder, 'sandbox.json'), 'ams'), {
  store: new MemoryStore(),
  shop,
  notifyUrlConfigured: true,
  // More than a machine can do: the client is not to be held back by its own rate.
  limits: { inFlight: 128, perSecond: 1_000_000, burst: 1_000_000 },
  extraRootCertificates: existsSync(authority) ? [readFileSync(authority)] : [],
})
const amount = Amount.parse('19.99 USD')
// Codes that no other program of this run makes: the digit before the number is that of this one. Each is paid at once.
let number = 0

answerEach({
  pay: async (seconds) => {
    const [begun, used] = [performance.now(), processor()]
    let made = 0
    const work = async () => {
      while (performance.now() - begun < seconds * 1e3) {
        number += 1
        const result = await client.payCode(`2810060280013${String(number).padStart(11, '0')}`, amount, 'Two coffees')
        if (!result.succeeded) throw new Error(`a payment ended otherwise: ${result.outcome}`)
        made += 1
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, work))
    const taken = performance.now() - begun
    return { per_second: (made * 1e3) / taken, processor_us_each: (processor() - used) / 1e3 / made }
  },
})
