'use strict'
// The clock of a client in tests. A gateway that was given it goes with it.

const fs = require('node:fs')
const { CLOCK, Clock, call, checks, failure } = require('./parts.cjs')
const { options, text, time } = checks

const GUARD = Symbol('clock')
const FOLLOWED = Symbol('followed')
const START = Symbol('start')

class TestClock {
  #handle
  #runs = false
  #gateways = new Set()

  constructor(input, handle) {
    this.#runs = input === GUARD
    if (this.#runs) {
      this.#handle = handle
    } else {
      const { now } = options(input, 'clock', ['now'])
      this.#handle = call(() => Clock.manual(time(now, 'now') ?? Date.now()))
    }
  }

  /** The clock of a gateway, which may be in another process. */
  static fromFile(file) {
    const { clock_origin_ms: origin = 0, speed = 1 } = JSON.parse(fs.readFileSync(text(file, 'file'), 'utf8'))
    return new TestClock(GUARD, call(() => Clock.fast(origin, speed)))
  }

  get [CLOCK]() {
    return this.#handle
  }

  now() {
    return call(() => this.#handle.now())
  }

  advance(milliseconds) {
    const checked = time(milliseconds, 'milliseconds')
    // The gateways first: what a client then asks is answered at the new time.
    for (const gateway of this.#gateways) call(() => gateway.advance(checked))
    call(() => this.#handle.advance(checked))
  }

  /** From now on a gateway's clock goes with this one; call what is returned to end it. */
  [FOLLOWED](gateway) {
    this.#gateways.add(gateway)
    return () => this.#gateways.delete(gateway)
  }

  /** The time at which a gateway starts that is to go with this clock. */
  [START]() {
    if (!this.#runs) return this.now()
    throw failure('config.invalid', 'the clock runs by itself', { path: 'clock', hint: 'pass the speed in its place' })
  }
}

module.exports = { FOLLOWED, START, TestClock }
