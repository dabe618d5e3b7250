// The types are exact: what is wrong does not compile.
import diagnosticsChannel from 'node:diagnostics_channel'
import {
  AbortError, AlipayError, Amount, Client, FileStore, KeyError, MemoryStore, Merchant, PayRequest, Payment, PaymentCode,
  Router, ScannedLines, SigningKey, VerifyingKey, advice, readVerified, storeConflict,
  type Advice, type Notified, type Outcome, type PaymentAction, type PaymentResult, type PaymentStore, type ReverseResult, type Route, type TimelineEntry, type StepMessage,
} from 'alipay-instore'
import { TestClock, startGateway } from 'alipay-instore/testing'

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
  async put(id: string, expectedRevision: number, snapshot: string): Promise<void> {
    if (expectedRevision < 0) throw storeConflict(id + snapshot)
  }
  async get(): Promise<{ revision: number; snapshot: string } | undefined> {
    return undefined
  }
  async ids(): Promise<string[]> {
    return []
  }
}

export async function pay(merchant: Merchant, signal: AbortSignal): Promise<Outcome> {
  await using client = new Client(merchant, { store: new OwnStore(), timeoutMs: 60_000 })
  // @ts-expect-error a client without a store would lose payments
  new Client(merchant, {})
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
    const result = await client.pay(request, { signal })
    same<typeof result, PaymentResult>(true)
    for (const step of result.timeline) {
      const { event } = step
      if (event.type === 'answered') same<typeof event.resultCode, string>(true)
      if (event.type === 'concluded') same<typeof event.outcome, Outcome>(true)
    }
    return result.outcome
  } catch (error) {
    if (error instanceof AbortError) return (await client.resume(request.paymentRequestId)).outcome
    if (error instanceof KeyError) same<typeof error.retryable, boolean>(true)
    throw error
  }
}

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
      return notified.outcome ?? 'open'
    case 'refund_taken':
      return notified.refundRequestId
    case 'unknown':
      return notified.paymentRequestId ?? ''
    case 'other':
      return ''
    default:
      same<typeof notified, never>(true)
      return ''
  }
}

export async function giveBack(client: Client, id: string): Promise<bigint> {
  const result = await client.reverse(id)
  same<typeof result, ReverseResult>(true)
  // @ts-expect-error it is made or it is not
  await client.resolveRefund(id, 'r', { resolved: 'perhaps', who: 'x', note: '' })
  return result.left
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
export const gateway = startGateway({ clock: new TestClock({ now: 0 }) })
