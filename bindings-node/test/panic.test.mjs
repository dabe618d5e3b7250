// A panic in each kind of export arrives as an InternalError, and the process lives. The native part with the exports
// that panic is built by `make node-test` beside this file; without it the test is skipped.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import test from 'node:test'

const library = fileURLToPath(new URL('./panic/alipay-instore.linux-x64-gnu.node', import.meta.url))

const script = `
const assert = require('node:assert/strict')
const native = require('../native.cjs')
const { InternalError, Client, MemoryStore } = require('alipay-instore')
const { call, callAsync } = require('../lib/errors.cjs')
const { startGateway } = require('alipay-instore/testing')

const wanted = (text) => (error) => {
  assert.ok(error instanceof InternalError, String(error))
  assert.equal(error.code, 'internal.panic')
  assert.match(error.message, new RegExp(text))
  return true
}
const main = async () => {
  for (let round = 0; round < 100; round += 1) {
    assert.throws(() => call(() => native.panicInFunction()), wanted('a panic in a function'))
    assert.throws(() => call(() => new native.Panicking(true)), wanted('a panic in a constructor'))
    assert.throws(() => call(() => native.Panicking.factory()), wanted('a panic in a factory'))
    assert.throws(() => call(() => new native.Panicking(false).getter), wanted('a panic in a getter'))
    assert.throws(() => call(() => new native.Panicking(false).method()), wanted('a panic in a method'))
    await assert.rejects(callAsync(() => native.panicInTask()), wanted('a panic in a task'))
    await assert.rejects(callAsync(() => native.panicInFuture(new native.Abort())), wanted('a panic in a future'))
  }
  // Afterwards everything works as before.
  const gateway = await startGateway()
  const client = gateway.client('ams', { store: new MemoryStore() })
  await assert.rejects(client.inquire('unknown id'), (error) => error.code.startsWith('request.'))
  assert.equal((await client.inquire('unknown')).result.resultCode, 'ORDER_NOT_EXIST')
  await gateway.stop()
  console.log('alive')
}
main()
`

test('a panic in each kind of export', { skip: !existsSync(library) && 'the library that panics is not built' }, () => {
  const out = execFileSync(process.execPath, ['-e', script], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    env: { ...process.env, NAPI_RS_NATIVE_LIBRARY_PATH: library },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  assert.equal(out.trim(), 'alive')
})
