import { Client, FileStore, Merchant } from 'alipay-instore'

const shared = globalThis as typeof globalThis & { till?: Client }

/**
 * The one client of this process. It is made at the first request, since `next build` loads every route where no setting is
 * there; and each route may have a copy of this module, so it lies where all of them see it.
 */
export function till(): Client {
  shared.till ??= open()
  return shared.till
}

function open(): Client {
  const merchant = Merchant.fromEnv()
  const shop = {
    merchantId: 'M1', merchantName: 'Coffee House', mcc: '5814', storeId: 'S1', storeName: 'Harbour', terminal: 'TILL7',
    settlementCurrency: 'USD', notifyUrl: merchant.notifyUrl ?? undefined,
  }
  return new Client(merchant, { store: new FileStore(process.env.PAYMENTS ?? 'payments'), shop })
}
