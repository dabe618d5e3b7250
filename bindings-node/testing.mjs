import all from './testing.cjs'

export const { startGateway, TestGateway, TestClock, checkStore, payRequest, PAID_AT_ONCE } = all
