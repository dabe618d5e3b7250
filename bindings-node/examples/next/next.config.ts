import type { NextConfig } from 'next'

// The package loads a native library, which can't be bundled.
const config: NextConfig = { serverExternalPackages: ['alipay-instore'] }

export default config
