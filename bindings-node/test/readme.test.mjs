// Every block of code in the README runs as it is written there.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import test, { after } from 'node:test'
import { fileURLToPath } from 'node:url'
import { generateKey } from 'alipay-instore'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const blocks = [...readme.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language, text]) => ({ language, text }))
// Inside of the package, so that its own name and those of the frameworks can be resolved.
const folder = mkdtempSync(join(fileURLToPath(new URL('.', import.meta.url)), 'types/surface-readme-'))
const { privatePem } = generateKey()
const { publicPem } = generateKey()
const files = ['till.mjs', 'whole.mjs', 'client.mjs', 'watch.mjs', 'store.test.mjs', 'notify.mjs', 'steps.mjs', 'own.test.mjs']
after(() => rmSync(folder, { recursive: true }))

writeFileSync(join(folder, 'merchant_private_key.pem'), privatePem)
const env = { ...process.env, GATEWAY_KEY: publicPem, NODE_TEST_CONTEXT: '' }
const run = (file) => spawnSync(process.execPath, [file], { cwd: folder, env, encoding: 'utf8', timeout: 60_000 })

test('there are as many blocks as are run', () => {
  assert.deepEqual(blocks.map(({ language }) => language), files.map(() => 'js'))
  for (const [index, { text }] of blocks.entries()) writeFileSync(join(folder, files[index]), text)
})

const succeeds = /^succeeded\n$/
for (const [file, wanted] of [['till.mjs', succeeds], ['whole.mjs', succeeds], ['client.mjs', /^$/], ['watch.mjs', succeeds], ['store.test.mjs', /pass 1/], ['steps.mjs', /^$/], ['own.test.mjs', /pass 1/]]) {
  test(file, () => {
    const { status, stdout, stderr } = run(file)
    assert.deepEqual([status, stderr], [0, ''])
    assert.match(stdout, wanted)
  })
}

test('notify.mjs refuses what is not signed', async () => {
  const free = createServer().listen(0, '127.0.0.1')
  await once(free, 'listening')
  const { port } = free.address()
  free.close()
  const server = spawn(process.execPath, ['notify.mjs'], { cwd: folder, env: { ...env, PORT: String(port) }, stdio: ['ignore', 'ignore', 'pipe'] })
  const refused = once(server.stderr, 'data')
  try {
    let answer
    for (let tries = 0; !answer && tries < 200; tries += 1) {
      answer = await fetch(`http://127.0.0.1:${port}/notify`, { method: 'POST', body: '{}' }).catch(() => undefined)
      if (!answer) await new Promise((resolve) => setTimeout(resolve, 25))
    }
    assert.equal(answer.status, 400)
    assert.equal((await answer.json()).result.resultStatus, 'U')
    assert.match(String((await refused)[0]), /refused: (message\.header|signature\.missing)/)
  } finally {
    server.kill()
    await once(server, 'exit')
  }
})
