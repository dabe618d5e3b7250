// The types are exact: what is wrong does not compile.
import diagnosticsChannel from 'node:diagnostics_channel'
import {
  AbortError, AlipayError, Amount, Client, FileStore, KeyError, MemoryStore, Merchant, PayRequest, Payment, PaymentCode,
  Router, ScannedLines, SigningKey, StoreConflict, StoreNotWritten, VerifyingKey, advice, readVerified,
  type Advice, type Notification, type Notified, type Outcome, type PaymentAction, type PaymentEvent, type PaymentResult, type PaymentStore, type RefundResult, type ReverseResult, type Route, type Row, type StoredRow, type TimelineEntry, type StepMessage,
} from 'alipay-instore'
import { Sandbox, TestClock, checkStore } from 'alipay-instore-testing'

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const same = <A, B>(_: Equal<A, B>): void => {}

const key = SigningKey.load('pem')
same<ReturnType<typeof key.sign>, string>(true)
same<ReturnType<typeof key.signAsync>, Promise<string>>(true)
key.sign({ path: '/p', clientId: 'C', time: 'T', body: new Uint8Array(), keyVersion: 1 })
// @ts-expect-error a parsed body is not what was signed
key.sign({ path: '/p', clientId: 'C', time: 'T', body: {} })
// @ts-expect-error the path is needed
key.sign({ clientId: 'C', time: 'T', body: '' })
// @ts-expect-error a key is loaded
new SigningKey()
// @ts-expect-error the two kinds of keys are not the same
const pub: VerifyingKey = key

// @ts-expect-error money is never a number
Amount.fromMajor(19.99, 'USD')
// @ts-expect-error money is never a number
Amount.fromMinor(1999, 'USD')
same<Amount['value'], bigint>(true)
same<ReturnType<Amount['toMajor']>, string>(true)
// @ts-expect-error there is no such rounding
Amount.fromMajor('1', 'USD', { rounding: 'up' })

const router = new Router({ direct: [{ wallet: 'MPAY', routingNumber: '003' }] })
same<ReturnType<typeof router.routeMany>, Array<Route | AlipayError>>(true)
for (const found of router.routeMany([new PaymentCode('281006020000000000125733'), '28'])) {
  if (found instanceof AlipayError) same<typeof found.code, string>(true)
  else same<typeof found.target, 'alipay_plus' | 'alipay' | 'wallet'>(true)
}
same<ReturnType<typeof advice>, Advice>(true)
// @ts-expect-error there is no such protocol
advice({ protocol: 'wechat', operation: 'pay' })

class OwnStore implements PaymentStore {
  async insert({ row, owner }: { row: Row; owner: string | null }): Promise<void> {
    if (row.id === owner) throw new StoreConflict()
  }
  load({ id }: { id: string }): StoredRow | undefined {
    if (id === '') throw new StoreNotWritten()
    return undefined
  }
  async save({ row }: { row: Row; expected: number; by: string | null }): Promise<void> {
    throw new StoreConflict({ ...row, revision: 1, owner: null })
  }
  async take() {
    return null
  }
  async claim(): Promise<StoredRow[]> {
    return []
  }
  async touched(): Promise<StoredRow[]> {
    return []
  }
  async release() {}
  async beat({ owner }: { owner: string }) {
    return { known: false, owners: [{ owner, beats: 1n }] }
  }
  async forget() {}
  async list({ after }: { after: { created: number; id: string } | null }) {
    return { rows: [], next: after }
  }
  async purge() {
    return 0
  }
  async gatewayTime() {
    return null
  }
  async findRefund() {
    return undefined
  }
}

// @ts-expect-error an operation is missing
export const partial: PaymentStore = { load: () => null }
// @ts-expect-error what drivers of databases give in place of a list
export const cursor: PaymentStore = { ...new MemoryStore(), claim: async () => ({ rows: [] }) }
void checkStore(async (place) => (place === '' ? new OwnStore() : new FileStore(place)))

export async function pay(merchant: Merchant, signal: AbortSignal): Promise<Outcome | null> {
  await using client = new Client(merchant, { store: new OwnStore(), ownerTimeoutMs: 15_000, claims: true, acknowledgeUnknown: false })
  // @ts-expect-error a client without a store would lose payments
  new Client(merchant, {})
  // @ts-expect-error there is no such option
  new Client(merchant, { store: new OwnStore(), timeoutMs: 5 })
  const request = PayRequest.forPaymentCode({
    amount: Amount.fromMajor('19.99', 'USD'),
    paymentCode: '281006020000000000125733',
    order: { orderDescription: 'Two coffees', merchant: { merchantMCC: '5814', store: { storeMCC: '5814' } } },
  })
  same<typeof request.paymentRequestId, string>(true)
  // @ts-expect-error a misspelt member of a request
  PayRequest.forOrderCode({ amount: request.amount, order: { orderDescriptions: 'Two coffees' } })
  // @ts-expect-error a misspelt word
  PayRequest.forOrderCode({ amount: Amount.fromMinor('1', 'USD'), order: { env: { terminalType: 'WEP' } } })
  // @ts-expect-error a misspelt number of a policy
  new Client(merchant, { store: new OwnStore(), policy: { inquiryLimits: 10 } })
  try {
    const result = await client.pay(request, { signal, waitMs: Infinity })
    same<typeof result, PaymentResult>(true)
    if (result.inProgress) same<typeof result.outcome, null>(true)
    else same<typeof result.outcome, Outcome>(true)
    for (const alert of result.alerts) same<typeof alert.part, 'payment' | 'refund' | 'reverse'>(true)
    for await (const { event } of client.watch(request.paymentRequestId)) {
      if (event.type === 'presented') same<typeof event.form, Record<string, unknown>>(true)
    }
    for (const step of result.timeline) {
      const { event } = step
      if (event.type === 'answered') same<typeof event.resultCode, string>(true)
      if (event.type === 'concluded') same<typeof event.outcome, Outcome>(true)
    }
    return result.outcome
  } catch (error) {
    if (error instanceof AbortError) return (await client.resume(request.paymentRequestId)).outcome
    if (error instanceof KeyError) same<typeof error.mayHaveCharged, boolean>(true)
    throw error
  }
}

export async function answers(client: Client, notification: Notification): Promise<unknown[]> {
  const answer = await client.inquire('p')
  same<typeof answer.paymentId, string | undefined>(true)
  same<typeof answer.extra, Readonly<Record<string, unknown>> | undefined>(true)
  // @ts-expect-error a misspelt member of an answer
  const misspelt = answer.paymentIds
  // @ts-expect-error and of an object in it
  const inside = answer.transactions?.[0]?.transactionIds
  // @ts-expect-error and of a notification
  const told = notification.body.notifytype
  // @ts-expect-error what was verified is the text: the body has what is unknown in another place
  const event: PaymentEvent = { type: 'notified', body: notification.body }
  return [misspelt, inside, told, event, notification.body.extra?.['brandNew']]
}
PayRequest.forOrderCode({ amount: Amount.parse('1 USD'), order: { extra: { brandNew: '1' } }, extra: { another: ['x'] } })
// @ts-expect-error what is not documented has a place of its own
PayRequest.forOrderCode({ amount: Amount.parse('1 USD'), order: { brandNew: '1' } })

for (const line of new ScannedLines().push('28\r')) same<typeof line, PaymentCode | AlipayError>(true)
same<PaymentCode['routingNumber'], string | null>(true)

// @ts-expect-error a parsed body is not what was signed
readVerified({ protocol: 'ams', operation: 'pay', body: {} })

export function told(merchant: Merchant, notified: Notified): string {
  // @ts-expect-error the path of the request is never taken
  merchant.verifyNotification({ path: '/notify', headers: {}, body: '' })
  // @ts-expect-error only what was verified is acknowledged
  merchant.acknowledge({ path: '/notify' })
  switch (notified.kind) {
    case 'taken':
      return notified.outcome ?? notified.refundRequestId ?? 'open'
    case 'unknown':
    case 'other':
      return ''
    default:
      same<typeof notified, never>(true)
      return ''
  }
}

export async function giveBack(client: Client, id: string): Promise<bigint> {
  const refunded = await client.refund(id, { refundRequestId: 'r' }, { waitMs: 1 })
  same<typeof refunded, RefundResult>(true)
  const result = await client.reverse(id)
  same<typeof result, ReverseResult>(true)
  // @ts-expect-error it is made or it is not
  await client.resolve(id, 'perhaps', { who: 'x', note: '' })
  // @ts-expect-error somebody has found it out
  await client.resolve(id, 'made', { note: '' })
  return BigInt(result.left)
}

export function act(payment: Payment, action: PaymentAction): string {
  switch (action.type) {
    case 'send':
      return action.body
    case 'present':
      return String(action.form['orderCodeForm'])
    case 'conclude':
      return action.outcome
    case 'alert':
      return action.kind
    default:
      same<typeof action, never>(true)
      return payment.state
  }
}

diagnosticsChannel.subscribe('alipay-instore:step', (message) => {
  const { step } = message as StepMessage
  same<typeof step, TimelineEntry>(true)
})

export const stores: PaymentStore[] = [new MemoryStore(), new FileStore('folder'), new OwnStore()]
export const gateway = Sandbox.start({ clock: new TestClock({ now: 0 }) })
