// Prints the bill of materials of the shipped library, CycloneDX 1.6: every crate that is linked into it, with its
// licence and the checksum under which Cargo.lock has it. The same sources give the same text.
//
//     node generate-sbom.mjs PACKAGE [OPTION OF CARGO TREE]... > sbom.cdx.json
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../', import.meta.url))
const cargo = (...words) => execFileSync('cargo', words, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 })

const [name, ...options] = process.argv.slice(2)
const linked = new Set(
  cargo('tree', '--quiet', '--package', name, '--prefix', 'none', '--no-dedupe', '--edges', 'normal,no-proc-macro', '--format', '{p}', ...options)
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split(' ').slice(0, 2).join(' ')),
)
const { packages, workspace_members: ours } = JSON.parse(cargo('metadata', '--quiet', '--format-version', '1'))
const checksums = new Map(
  [...readFileSync(`${root}Cargo.lock`, 'utf8').matchAll(/^name = "(.+)"\nversion = "(.+)"\nsource = .+\nchecksum = "(.+)"$/gm)].map(
    ([, crate, version, checksum]) => [`${crate} ${version}`, checksum],
  ),
)

const components = packages
  .filter((crate) => linked.has(`${crate.name} v${crate.version}`) && !ours.includes(crate.id))
  .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.version < b.version ? -1 : 1))
  .map((crate) => {
    const checksum = checksums.get(`${crate.name} ${crate.version}`)
    if (!crate.license || !checksum) throw new Error(`${crate.name} ${crate.version} has no licence or no checksum`)
    const purl = `pkg:cargo/${crate.name}@${crate.version}`
    return {
      type: 'library',
      'bom-ref': purl,
      name: crate.name,
      version: crate.version,
      hashes: [{ alg: 'SHA-256', content: checksum }],
      // Old manifests join alternatives with a slash, which is no SPDX.
      licenses: [{ expression: crate.license.replaceAll(/\s*\/\s*/g, ' OR ') }],
      purl,
    }
  })
if (components.length === 0) throw new Error('no crate was found')

const { name: npm, version, license } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8'))
const purl = `pkg:npm/${npm}@${version}`
const component = { type: 'library', 'bom-ref': purl, name: npm, version, licenses: [{ expression: license }], purl }
const bom = { bomFormat: 'CycloneDX', specVersion: '1.6', version: 1, metadata: { component }, components, dependencies: [{ ref: purl, dependsOn: components.map((crate) => crate.purl) }] }
process.stdout.write(`${JSON.stringify(bom, null, 1)}\n`)
