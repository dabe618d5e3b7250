import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { SigningKey, generateKey } from 'alipay-instore'

const here = fileURLToPath(new URL('.', import.meta.url))
const { privatePem } = generateKey()

const working = `
import { parentPort, workerData } from 'node:worker_threads'
import { MemoryStore, SigningKey } from 'alipay-instore'
import { Sandbox, payRequest } from 'alipay-instore-testing'
import { PAID_AFTER_INQUIRIES } from '${new URL('./support.mjs', import.meta.url)}'
const key = SigningKey.load(workerData.privatePem)
const content = { path: '/p', clientId: 'C', time: 'T', body: '{}' }
const header = key.sign(content)
// Eight gateways share the cores: a quicker clock would let payments expire on a busy machine.
const gateway = await Sandbox.start({ speed: 3 })
const client = gateway.client('ams', { store: new MemoryStore() })
const results = await Promise.all([
  ...Array.from({ length: 50 }, () => key.signAsync(content)),
  ...Array.from({ length: 10 }, () => client.pay(payRequest({ paymentCode: PAID_AFTER_INQUIRIES })).then((result) => result.outcome)),
])
await client.close()
await gateway.stop()
parentPort.postMessage([...new Set(results)].sort().reverse())
`

const run = (code, options) => new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`), options)

/** Modules of a data: URL can't resolve names, so that they are given as addresses. */
const resolved = (code) =>
  code
    .replaceAll("'alipay-instore'", `'${new URL('../index.mjs', import.meta.url)}'`)
    .replaceAll("'alipay-instore-testing'", `'${new URL('../testing/index.mjs', import.meta.url)}'`)

test('8 worker threads at once', async () => {
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => {
      const worker = run(resolved(working), { workerData: { privatePem } })
      return new Promise((resolve, reject) => {
        let answer
        worker.once('message', (message) => (answer = message))
        worker.once('error', reject)
        worker.once('exit', (code) => (code === 0 ? resolve(answer) : reject(new Error(`exit ${code}`))))
      })
    }),
  )
  const [[outcome, header]] = answers
  assert.deepEqual([outcome, header.slice(0, 27)], ['succeeded', 'algorithm=RSA256,keyVersion'])
  for (const answer of answers) assert.deepEqual(answer, [outcome, header])
})

test('a worker that is terminated while it pays leaves the process whole', async () => {
  const code = working.replace('const results', "parentPort.postMessage('paying')\nconst results")
  for (let round = 0; round < 5; round += 1) {
    const worker = run(resolved(code), { workerData: { privatePem } })
    await new Promise((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
    })
    await worker.terminate()
  }
  SigningKey.load(privatePem)
})

test('a package that only worker threads use is there again for the next of them', () => {
  const program = `
    import { Worker } from 'node:worker_threads'
    const code = new URL('data:text/javascript,' + encodeURIComponent(${JSON.stringify(resolved(working))}))
    for (let round = 0; round < 3; round += 1) {
      const worker = new Worker(code, { workerData: { privatePem: ${JSON.stringify(privatePem)} } })
      await new Promise((resolve, reject) => worker.once('error', reject).once('exit', resolve))
    }
    console.log('three')
  `
  const { status, signal, stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8', timeout: 60_000 })
  assert.deepEqual([status, signal, stdout.trim()], [0, null, 'three'])
})

const paying = (then) => `
import { MemoryStore, StoreNotWritten } from 'alipay-instore'
import { Sandbox, payRequest } from 'alipay-instore-testing'
import { MapStore, PAID_AFTER_INQUIRIES, around } from './support.mjs'
const gateway = await Sandbox.start()
const client = gateway.client('ams', { store: new MapStore() })
const pay = () => client.pay(payRequest({ paymentCode: PAID_AFTER_INQUIRIES }))
${then}
`
const node = (then) =>
  spawnSync(process.execPath, ['--input-type=module', '-e', paying(then)], { cwd: here, encoding: 'utf8', timeout: 30_000 })

test('process.exit during a payment', () => {
  for (const wait of [0, 5, 50]) {
    const { status, signal, stderr } = node(`pay(); setTimeout(() => process.exit(7), ${wait})`)
    assert.deepEqual([status, signal, stderr], [7, null, ''])
  }
})

test('an idle client does not keep the process alive', () => {
  const { status, signal, stderr } = node('await gateway.stop()')
  assert.deepEqual([status, signal, stderr], [0, null, ''])
})

test('neither a payment that was begun nor a closed client keeps the process alive', () => {
  for (const then of ['await client.start(payRequest({ paymentCode: PAID_AFTER_INQUIRIES })); await gateway.stop()', 'await pay(); await client.close(); await gateway.stop()']) {
    const { status, signal, stderr } = node(then)
    assert.deepEqual([status, signal, stderr], [0, null, ''])
  }
})

test('no rejection from inside the package is left unhandled', () => {
  const { status, stdout, stderr } = node(`
    let unhandled = 0
    process.on('unhandledRejection', () => (unhandled += 1))
    const controller = new AbortController()
    const one = client.pay(payRequest({ paymentCode: PAID_AFTER_INQUIRIES }), { signal: controller.signal }).catch((error) => error.name)
    const two = pay().catch((error) => error.code)
    const store = around(new MemoryStore(), { insert: async () => { throw new StoreNotWritten() } })
    const three = gateway.client('ams', { store }).pay(payRequest()).catch((error) => error.code)
    setTimeout(() => controller.abort(), 20)
    setTimeout(() => client.close(), 40)
    const found = await Promise.all([one, two, three])
    await new Promise((resolve) => setTimeout(resolve, 100))
    console.log(found.join(' '), unhandled)
    process.exit(0)
  `)
  assert.deepEqual([status, stdout.trim(), stderr], [0, 'AbortError payment.interrupted store.failed 0', ''])
})

test('the event loop goes on while 1,000 signatures are made', async () => {
  const key = SigningKey.load(privatePem)
  const body = Buffer.alloc(2048, 'x')
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  // The monitor's own timer has to run once before anything can be late.
  await new Promise((resolve) => setTimeout(resolve, 20))
  const started = process.hrtime.bigint()
  const all = Array.from({ length: 1000 }, () => key.signAsync({ path: '/p', clientId: 'C', time: 'T', body }))
  const given = Number(process.hrtime.bigint() - started) / 1e6
  await Promise.all(all)
  delay.disable()
  const took = Number(process.hrtime.bigint() - started) / 1e6
  const [mean, p99, most] = [delay.mean, delay.percentile(99), delay.max].map((value) => (value / 1e6).toFixed(1))
  console.log(`1,000 signAsync: ${took.toFixed(0)} ms, handed over in ${given.toFixed(1)} ms; event loop delay: mean ${mean}, p99 ${p99}, max ${most} ms`)
  assert.ok(Number(p99) < 100, `p99 ${p99} ms`)
})
