// What the tests share: a request that both protocols take, and an own store in a Map.
import { Amount, PayRequest, storeConflict } from 'alipay-instore'

/** Paid at once, and what the others do is said by the sandbox. */
export const CODE = '281006020000000000125733'
export const PAID_AFTER_INQUIRIES = '281006029000000000000002'

export const payRequest = ({ paymentCode = CODE, ...rest } = {}) => PayRequest.forPaymentCode({ paymentCode, ...input(rest) })
export const orderCodeRequest = (rest = {}) => PayRequest.forOrderCode(input(rest))

function input({ price = '19.99', ...rest }) {
  return {
    amount: Amount.fromMajor(price, 'USD'),
    paymentNotifyUrl: 'http://127.0.0.1:9/notify',
    settlementStrategy: { settlementCurrency: 'USD' },
    order: {
      referenceOrderId: 'order-1',
      orderDescription: 'Two coffees',
      merchant: {
        referenceMerchantId: 'M1', merchantMCC: '5814', merchantName: 'Coffee House',
        merchantAddress: { region: 'SG', city: 'Singapore' },
        store: { referenceStoreId: 'S1', storeName: 'Harbour', storeMCC: '5814' },
      },
      env: { storeTerminalId: 'TILL7' },
    },
    ...rest,
  }
}

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
