// A panic in each kind of export arrives as an InternalError, and the process lives. The native part with the exports
// that panic is built beside this file by `make node-test`.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import test from 'node:test'

const library = fileURLToPath(new URL('./panic/alipay-instore.linux-x64-gnu.node', import.meta.url))
const testing = fileURLToPath(new URL('./panic-testing/alipay-instore-testing.linux-x64-gnu.node', import.meta.url))

const inChild = (then) =>
  spawnSync(process.execPath, ['-e', `
    const assert = require('node:assert/strict')
    const native = require('../native.cjs')
    const { InternalError, MemoryStore } = require('alipay-instore')
    const { call, callAsync } = require('../lib/errors.cjs')
    // Each loader takes the library that this variable names.
    process.env.NAPI_RS_NATIVE_LIBRARY_PATH = ${JSON.stringify(testing)}
    const { armPanic } = require('../testing/native.cjs')
    const { Sandbox, TestClock } = require('alipay-instore-testing')
    ${then}
    main().then(() => console.log('alive'))
  `], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    // Hundreds of panics with their backtraces would be more than spawnSync takes, and it kills the child then.
    env: { ...process.env, NAPI_RS_NATIVE_LIBRARY_PATH: library, RUST_BACKTRACE: '0' },
    encoding: 'utf8',
    timeout: 60_000,
  })

const lives = (then) => {
  const { stdout, stderr, status, signal } = inChild(then)
  assert.deepEqual([stdout.trim(), status, signal], ['alive', 0, null], stderr)
}

test('a panic in each kind of export', () => {
  lives(`
    const wanted = (text) => (error) => {
      assert.ok(error instanceof InternalError, String(error))
      assert.equal(error.code, 'internal.panic')
      assert.match(error.message, new RegExp(text))
      return true
    }
    const abort = () => new native.Abort()
    async function main() {
      for (let round = 0; round < 50; round += 1) {
        assert.throws(() => call(() => native.panicInFunction()), wanted('a panic in a function'))
        assert.throws(() => call(() => new native.Panicking(true)), wanted('a panic in a constructor'))
        assert.throws(() => call(() => native.Panicking.factory()), wanted('a panic in a factory'))
        assert.throws(() => call(() => new native.Panicking(false).getter), wanted('a panic in a getter'))
        assert.throws(() => call(() => new native.Panicking(false).method()), wanted('a panic in a method'))
        await assert.rejects(callAsync(() => native.panicInCompute()), wanted('a panic in compute'))
        await assert.rejects(callAsync(() => native.panicInResolve()), wanted('a panic in resolve'))
        await assert.rejects(callAsync(() => native.panicInFuture(abort())), wanted('a panic in a future'))
        const answering = async (given) => given + 1
        await assert.rejects(callAsync(() => native.panicAfterCallback(abort(), answering)), wanted('after a callback: true'))
      }
      // Afterwards everything works as before.
      const gateway = await Sandbox.start()
      const client = gateway.client('ams', { store: new MemoryStore() })
      assert.equal((await client.inquire('unknown')).result.resultCode, 'ORDER_NOT_EXIST')
      await gateway.stop()
    }
  `)
})

test('what a callback throws or answers in a wrong shape is an error of the call', () => {
  lives(`
    // The package's own callbacks do none of this, so that the native part is called directly. Node-API reports what
    // they threw as uncaught besides.
    process.on('uncaughtException', () => {})
    async function main() {
      const answers = [() => { throw new Error('thrown') }, async () => { throw new Error('rejected') }, () => 5, async () => null]
      for (const answer of answers) {
        const { failure, error } = await callAsync(() => native.Store.ofHost(answer).perform('load', '{"id":"p"}'))
        assert.deepEqual([failure, JSON.parse(error).code], ['maybe_written', 'store.failed'], String(answer))
      }
    }
  `)
})

test("a panic in the gateway's library", () => {
  lives(`
    const panicked = { name: 'InternalError', code: 'internal.panic', message: /a panic that was armed/ }
    async function main() {
      for (let round = 0; round < 20; round += 1) {
        armPanic()
        await assert.rejects(Sandbox.start(), panicked)
      }
      const clock = new TestClock()
      const gateway = await Sandbox.start({ clock })
      armPanic()
      assert.throws(() => gateway.baseUrl, panicked)
      armPanic()
      assert.throws(() => gateway.file, panicked)
      armPanic()
      assert.throws(() => clock.advance(1), panicked)
      armPanic()
      await assert.rejects(gateway.stop(), panicked)
      await gateway.stop()
    }
  `)
})
