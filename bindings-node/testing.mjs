import all from './testing.cjs'

export const { startGateway, TestGateway, TestClock } = all
