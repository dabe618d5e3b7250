// What the tests share: codes whose wallet takes its time, and an own store in a Map.
import { storeConflict } from 'alipay-instore'

export const PAID_AFTER_INQUIRIES = '281006029000000000000002'

/** A store as a host writes it over a database. */
export class MapStore {
  records = new Map()
  operations = 0
  /** Called before each operation with its name and number. */
  before = async () => {}

  async #begin(name) {
    this.operations += 1
    await this.before(name, this.operations)
    await new Promise((resolve) => setImmediate(resolve))
  }

  async put(id, expectedRevision, snapshot) {
    await this.#begin('put')
    const found = this.records.get(id)?.revision ?? 0
    if (found !== expectedRevision) throw storeConflict(`revision ${expectedRevision} was expected, ${found} is stored`)
    this.records.set(id, { revision: found + 1, snapshot })
  }

  async get(id) {
    await this.#begin('get')
    return this.records.get(id)
  }

  async ids() {
    await this.#begin('ids')
    return this.records.keys()
  }
}

export const booked = async (gateway, id) => (await gateway.ledger()).payments.find((row) => row.payment_request_id === id)
