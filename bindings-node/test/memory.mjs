// Memory stays flat over 1,000,000 signatures made and verified, and over as many amounts, routes and refused keys.
// node --expose-gc test/memory.mjs [COUNT]
import assert from 'node:assert/strict'
import { Amount, KeyError, Router, SigningKey, generateKey } from 'alipay-instore'

const count = Number(process.argv[2] ?? 1_000_000)
const key = SigningKey.load(generateKey().privatePem)
const pub = key.verifyingKey()
const router = new Router({ direct: [{ wallet: 'MPAY', routingNumber: '003' }] })
const content = { path: '/ams/api/v1/payments/pay', clientId: 'C', time: '2026-01-01T00:00:00Z', body: Buffer.alloc(512, 'x') }
const header = key.sign(content)
const codes = Array.from({ length: 100 }, () => '281003020000000000125733')

const used = () => {
  globalThis.gc?.()
  return process.memoryUsage().rss / 2 ** 20
}

const readings = []
for (let round = 0; round < 10; round += 1) {
  for (let call = 0; call < count / 10; call += 1) {
    key.sign(content)
    pub.verify(header, content)
    if (call % 100 === 0) router.routeMany(codes)
    Amount.fromMajor('19.99', 'USD').toMajor()
    if (call % 10 === 0) assert.throws(() => SigningKey.load('no key'), KeyError)
  }
  await Promise.all(Array.from({ length: count / 1000 }, () => key.signAsync(content)))
  readings.push(used())
}
console.log(`${count} calls; resident MiB after each tenth: ${readings.map((reading) => reading.toFixed(1)).join(' ')}`)
assert.ok(readings.at(-1) - readings[1] < 8, 'memory grows')
