// Builds the native part of a package for the tests, and writes native.cjs and native.d.ts beside it:
//
//     node build.mjs PACKAGE OUTPUT FEATURE…      PACKAGE is the folder of its package.json and Cargo.toml
//
// `napi build` names the target to cargo, so that every crate would be compiled once more only for Node.js. This calls cargo
// as every other build here does, and lets napi's own functions write the two files.
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generateTypeDef, readNapiConfig, writeJsBinding } from '@napi-rs/cli'

const here = dirname(fileURLToPath(import.meta.url))
const target = resolve(process.env.CARGO_TARGET_DIR ?? join(here, '../target'))
const [name, output, ...features] = process.argv.slice(2)
const folder = resolve(here, name)
const [, crate] = /^name = "(.*)"$/m.exec(readFileSync(join(folder, 'Cargo.toml'), 'utf8'))

// The macros write the types here while they expand, and nothing when cargo has nothing to do: so the folder stays, one for
// each set of features, and lies where cargo's own results do.
const types = join(target, 'node/types', crate, features.join('-'))
mkdirSync(types, { recursive: true })
function build() {
  const command = ['build', '--quiet', '--package', crate, '--features', features.join(',')]
  const env = { ...process.env, CARGO_TARGET_DIR: target, NAPI_TYPE_DEF_TMP_FOLDER: types }
  const { status } = spawnSync('cargo', command, { cwd: folder, stdio: 'inherit', env })
  if (status !== 0) process.exit(status ?? 1)
}
build()
if (!existsSync(join(types, crate))) {
  // Somebody removed the folder, and cargo had nothing to do.
  const now = new Date()
  utimesSync(join(folder, 'native/lib.rs'), now, now)
  build()
}

const config = await readNapiConfig(join(folder, 'package.json'))
const outputDir = resolve(folder, output)
mkdirSync(outputDir, { recursive: true })
const library = join(outputDir, `${config.binaryName}.linux-x64-gnu.node`)
// Not written in place: a process may have it loaded.
copyFileSync(join(target, `debug/lib${crate.replaceAll('-', '_')}.so`), `${library}.new`)
rmSync(library, { force: true })
renameSync(`${library}.new`, library)

const { exports, dts } = await generateTypeDef({ typeDefDir: types, cwd: folder, constEnum: false, declareBindingTarget: true })
writeFileSync(join(outputDir, 'native.d.ts'), dts)
await writeJsBinding({
  platform: true,
  idents: exports,
  jsBinding: 'native.cjs',
  binaryName: config.binaryName,
  packageName: config.packageName,
  version: config.packageJson.version,
  outputDir,
})
