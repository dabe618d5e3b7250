// Every block of JavaScript in the READMEs and below docs/ runs as it is written there.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import test, { after } from 'node:test'
import { fileURLToPath } from 'node:url'
import { generateKey } from 'alipay-instore'
import { Sandbox } from 'alipay-instore-testing'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const more = readFileSync(new URL('../../docs/node.md', import.meta.url), 'utf8')
const testing = readFileSync(new URL('../testing/README.md', import.meta.url), 'utf8')
const blocks = [...`${readme}\n${more}\n${testing}`.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language, text]) => ({ language, text }))
// The blocks of the other pages of the guide. What a page includes is run where it comes from.
const docs = fileURLToPath(new URL('../../docs/', import.meta.url))
const pages = readdirSync(docs, { recursive: true }).filter((name) => name.endsWith('.md') && name !== 'node.md').sort()
const guide = pages.flatMap((page) => {
  const found = [...readFileSync(join(docs, page), 'utf8').matchAll(/^```js\n(?!\{\{#include)([\s\S]*?)^```$/gm)]
  return found.map(([, text]) => ({ page, text }))
})
// Inside of the package, so that its own name and those of the frameworks can be resolved.
const folder = mkdtempSync(join(fileURLToPath(new URL('.', import.meta.url)), 'types/surface-readme-'))
const { publicPem } = generateKey()
const succeeds = /^succeeded\n$/
/** What each block prints; that of the shop is a server. */
const files = new Map([
  ['till.mjs', succeeds], ['keys.mjs', /^$/], ['client.mjs', /^$/], ['watch.mjs', succeeds], ['shop.mjs', undefined], ['own.test.mjs', /pass 1/],
  ['whole.mjs', succeeds], ['store.test.mjs', /pass 1/], ['web.mjs', /^400$/m], ['steps.mjs', /^$/], ['testing.test.mjs', /pass 1/],
])
after(() => rmSync(folder, { recursive: true }))

const env = { ...process.env, GATEWAY_KEY: publicPem, NODE_TEST_CONTEXT: '' }
const run = (file) => spawnSync(process.execPath, [file], { cwd: folder, env, encoding: 'utf8', timeout: 60_000 })

test('there are as many blocks as are run, and the README has at most 200 lines', () => {
  assert.deepEqual(blocks.map(({ language }) => language), [...files].map(() => 'js'))
  const names = [...files.keys()]
  for (const [index, { text }] of blocks.entries()) writeFileSync(join(folder, names[index]), text)
  assert.ok(readme.split('\n').filter((line) => !line.includes('ANCHOR')).length <= 201)
})

for (const [file, wanted] of files) {
  if (wanted === undefined) continue
  test(file, () => {
    const { status, stdout, stderr } = run(file)
    assert.deepEqual([status, stderr], [0, ''])
    assert.match(stdout, wanted)
  })
}

for (const [number, { page, text }] of guide.entries()) {
  test(`${page} of the guide`, () => {
    const file = `guide-${number}.mjs`
    writeFileSync(join(folder, file), text.replace('postgresql://till:secret@db.example/payments', `sqlite://${folder}/guide.db`))
    const { status, stdout, stderr } = run(file)
    assert.deepEqual([status, stderr], [0, ''])
    const said = [...text.matchAll(/^console\.log\(.*\) \/\/ (.*)$/gm)].map(([, value]) => `${value}\n`)
    assert.equal(stdout, said.join(''))
  })
}

test('the guide has blocks', () => {
  assert.deepEqual(guide.map(({ page }) => page), ['amounts.md', 'keys.md', 'notifications.md', 'routing.md', 'stores.md'])
})

test('the client of client.mjs sells, in both protocols', async () => {
  const gateway = await Sandbox.start()
  const { merchant_private_key: own, gateway_public_key: theirs } = gateway.description
  const at = (name) => join(dirname(gateway.file), name)
  const set = [["'5Y00000000000000'", gateway.clientId], ["'sea'", gateway.baseUrl], ["'merchant_private_key.pem'", at(own)]]
  try {
    for (const protocol of ['alipay_plus', 'ams']) {
      let text = blocks[[...files.keys()].indexOf('client.mjs')].text.replace("'alipay_plus'", `'${protocol}'`)
      for (const [shown, here] of set) text = text.replace(shown, JSON.stringify(here))
      text += `import { Amount } from 'alipay-instore'
        console.log((await client.payCode('281006020000000000125733', Amount.fromMajor('19.99', 'USD'), 'Two coffees')).outcome)`
      writeFileSync(join(folder, 'sells.mjs'), text)
      const child = spawn(process.execPath, ['sells.mjs'], { cwd: folder, env: { ...env, GATEWAY_KEY: readFileSync(at(theirs), 'utf8') } })
      let said = ''
      for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (part) => { said += part })
      await once(child, 'close')
      assert.equal(said, 'succeeded\n', protocol)
    }
  } finally {
    await gateway.stop()
  }
})

test('shop.mjs refuses what is not signed, and says what it does not know', async () => {
  const free = createServer().listen(0, '127.0.0.1')
  await once(free, 'listening')
  const { port } = free.address()
  free.close()
  const server = spawn(process.execPath, ['shop.mjs'], { cwd: folder, env: { ...env, PORT: String(port) }, stdio: ['ignore', 'ignore', 'pipe'] })
  const refused = once(server.stderr, 'data')
  try {
    let answer
    for (let tries = 0; !answer && tries < 200; tries += 1) {
      answer = await fetch(`http://127.0.0.1:${port}/notify`, { method: 'POST', body: '{}' }).catch(() => undefined)
      if (!answer) await new Promise((resolve) => setTimeout(resolve, 25))
    }
    assert.equal(answer.status, 400)
    assert.equal((await answer.json()).result.resultStatus, 'U')
    assert.match(String((await refused)[0]), /refused: \w+: (message\.header|signature\.missing)/)
    const unknown = await fetch(`http://127.0.0.1:${port}/sales/nobody`)
    assert.equal(unknown.status, 404)
    assert.equal((await unknown.json()).code, 'request.unknown_payment')
  } finally {
    server.kill()
    await once(server, 'exit')
  }
})
