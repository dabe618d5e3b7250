// How long one call takes: `node calls.mjs PACKAGE FOLDER`, where PACKAGE is the folder of the package.
import { Buffer } from 'node:buffer'
import { createPrivateKey, createPublicKey, sign as cryptoSign, verify as cryptoVerify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { answerEach, processor, timed } from './questions.mjs'

const [, , packageFolder, folder] = process.argv
const { Amount, Merchant, Router, SigningKey, VerifyingKey } = await import(join(packageFolder, 'index.mjs'))

const file = (name) => readFileSync(join(folder, name))
const messages = JSON.parse(file('messages.json').toString())
const { client_id: clientId, path, notify_path: notifyPath, signature: header } = messages
const time = String(messages.now_ms)
const request = file('request.json')
const notification = file('notification.json')

const signingKey = SigningKey.load(file('merchant_private.pem'))
const gatewayKey = VerifyingKey.load(file('gateway_public.pem'))
const own = createPrivateKey(file('merchant_private.pem'))
const theirs = createPublicKey(file('gateway_public.pem'))
const merchant = new Merchant({
  protocol: 'ams', clientId, gateway: messages.base_url, signingKey, gatewayKey, notifyUrl: notifyPath,
})
const headers = { 'client-id': clientId, 'request-time': time, signature: header }

const cryptoSignAsync = promisify(cryptoSign)

const signed = { path, clientId, time, body: request }
const notified = { path: notifyPath, clientId, time, body: notification }
const content = (at, body) => Buffer.concat([Buffer.from(`POST ${at}\n${clientId}.${time}.`), body])

/** Signatures a second, so many under way at once, by the clock on the wall. */
const atOnce = (sign, count) => async (seconds) => {
  const begun = performance.now()
  let made = 0
  const work = async () => {
    while (performance.now() - begun < seconds * 1e3) {
      await sign()
      made += 1
    }
  }
  await Promise.all(Array.from({ length: count }, work))
  return { per_second: (made * 1e3) / (performance.now() - begun) }
}

const several = (name, sign) => Object.fromEntries([1, 2, 4].map((count) => [`${name}_${count}`, atOnce(sign, count)]))

const CODES = 1_000_000
const router = new Router({})

answerEach({
  sign: timed(() => signingKey.sign(signed)),
  verify: timed(() => gatewayKey.verify(header, notified)),
  sign_request: timed(() => merchant.signRequest({ path, body: request })),
  verify_notification: timed(() => merchant.verifyNotification({ headers, body: notification }).body),
  crypto_sign: timed(() => {
    const signature = cryptoSign('sha256', content(path, request), own)
    return `algorithm=RSA256,keyVersion=1,signature=${encodeURIComponent(signature.toString('base64'))}`
  }),
  crypto_verify: timed(() => {
    const signature = Buffer.from(decodeURIComponent(header.slice(header.lastIndexOf('signature=') + 10)), 'base64')
    if (!cryptoVerify('sha256', content(notifyPath, notification), theirs, signature)) throw new Error('it does not verify')
  }),
  ...several('async', () => signingKey.signAsync(signed)),
  ...several('crypto_async', () => cryptoSignAsync('sha256', content(path, request), own)),
  route: timed(() => router.route('281006020000000000125733')),
  amount: timed(() => Amount.fromMajor('19.99', 'USD')),
  route_many: () => {
    const codes = Array.from({ length: CODES }, (_, number) => `2810060200${String(number).padStart(14, '0')}`)
    const begun = processor()
    const routes = router.routeMany(codes)
    const taken = processor() - begun
    if (routes.length !== CODES) throw new Error('routes are missing')
    return { ns: taken / CODES }
  },
})
