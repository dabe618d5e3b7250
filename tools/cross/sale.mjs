// A sale at a running sandbox, whose folder is the argument: by the library that is tried.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Amount, Client, FileStore, Merchant, SigningKey, VerifyingKey } from 'alipay-instore'

const folder = process.argv[2]
const read = (name) => readFileSync(join(folder, name), 'utf8')
const { base_url: gateway, client_id: clientId } = JSON.parse(read('sandbox.json'))
const merchant = new Merchant({
  protocol: 'ams',
  clientId,
  gateway,
  signingKey: SigningKey.load(read('merchant_private_key.pem')),
  gatewayKey: VerifyingKey.load(read('gateway_public_key.pem')),
})
const shop = {
  merchantId: 'M1', merchantName: 'Coffee House', mcc: '5814', storeId: 'S1', storeName: 'Harbour', terminal: 'TILL7',
  notifyUrl: 'http://127.0.0.1:9/notify',
}
const till = new Client(merchant, { store: new FileStore(join(folder, `payments-${process.arch}`)), shop })
const result = await till.payCode('281006020000000000125733', Amount.parse('19.99 USD'), 'Two coffees')
await till.close()
const libc = process.report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl'
console.log(`Node.js ${process.versions.node}, ${process.arch}, ${libc}: ${result.outcome}`)
process.exit(result.outcome === 'succeeded' ? 0 : 1)
