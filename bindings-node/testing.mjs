import all from './testing.cjs'

export const { startGateway, TestGateway, TestClock, payRequest, PAID_AT_ONCE } = all
