// The classes are those of index.cjs, so that `instanceof` holds across both kinds of modules.
import all from './index.cjs'

export const { Sandbox, TestClock, checkStore, payRequest, PAID_AT_ONCE } = all
