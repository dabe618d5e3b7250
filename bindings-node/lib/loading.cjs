'use strict'
// Loads a native library, and says why where there is none for this platform, or where it does not load.

const { failure } = require('./errors.cjs')

/** Those that there are packages for. */
const PLATFORMS = ['linux-x64-gnu']

function platform() {
  const { platform: system, arch } = process
  if (system !== 'linux') return `${system}-${arch}`
  // Nothing but glibc says its version.
  const libc = process.report?.getReport?.()?.header?.glibcVersionRuntime === undefined ? 'musl' : 'gnu'
  return `${system}-${arch}-${libc}`
}

/** Why the loader that napi-rs wrote found nothing. */
function explained(owner, cause) {
  const here = platform()
  const name = `${owner}-${here}`
  const reasons = []
  for (let at = cause; at && reasons.length < 20; at = at.cause) reasons.push(String(at.message))
  const notFound = reasons.every((reason) => /Cannot find (module|native binding)|MODULE_NOT_FOUND|Unsupported/.test(reason))
  if (!PLATFORMS.includes(here)) {
    return failure('config.missing', `there is no library for ${here}`, {
      path: 'library', cause, hint: `there is one for ${PLATFORMS.join(', ')}; build another from the repository with napi`,
    })
  }
  if (notFound) {
    const hint = 'it is an optional dependency: install without --omit=optional, on the platform on which it runs, and keep it outside of bundles'
    return failure('config.missing', `the package ${name} is not installed`, { path: 'library', hint, cause })
  }
  const reason = reasons.find((text) => !/Cannot find/.test(text))
  const hint = 'the file is there and does not load: see the reason; it needs glibc 2.17 or newer and a folder that is not mounted noexec'
  return failure('config.invalid', `the library of ${name} does not load: ${reason}`, { path: 'library', hint, cause })
}

/** `owner` is the package whose loader `open` requires. */
function load(owner, open) {
  try {
    return open()
  } catch (cause) {
    throw explained(owner, cause)
  }
}

module.exports = { load }
