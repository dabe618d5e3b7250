/**
 * For tests with alipay-instore: a gateway on this machine, a clock, signed notifications, and a check of own stores.
 */
import type {
  Amount, Client, ClientOptions, Clock, MessageBody, Merchant, MerchantOptions, PayRequest, PaymentStore, PaymentCode, Protocol, SentBody, StartedRequest, Time,
} from 'alipay-instore'

/** A payment code that the gateway's wallet pays at once; {@link Sandbox.behaviours} lists the others. */
export const PAID_AT_ONCE: string

/** A request that both protocols take, to be changed where a test needs it. */
export function payRequest(
  input?: Omit<PayRequest, 'paymentAmount'> & {
    /** 19.99 unless given, or an `amount`. */
    price?: string
    amount?: Amount
    /** USD unless given. */
    currency?: string
    /** {@link PAID_AT_ONCE} unless given; `null` makes it a request for an order code. */
    paymentCode?: PaymentCode | string | null
  },
): StartedRequest

/** A clock that stands still until it is advanced. The gateways that were given it go with it. */
export class TestClock implements Clock {
  /** It shows the present time unless another one is given. */
  constructor(options?: { now?: Time })
  /** The clock of a gateway in another process, from its `sandbox.json`. It runs by itself and can't be advanced. */
  static fromFile(file: string): TestClock
  now(): number
  advance(milliseconds: number): void
}

export interface SandboxOptions {
  /** The folder for keys and `sandbox.json`; a temporary one, removed by `stop`, unless given. */
  dataDir?: string
  /** `127.0.0.1:0`, a free port, unless given. */
  listen?: string
  tls?: boolean
  /** How many times as fast as real time its clock runs. */
  speed?: number
  /** A clock that is advanced by hand, for the gateway and its clients; then `speed` does not count. */
  clock?: TestClock
  clientId?: string
  /** What a customer does who was told nothing. */
  customer?: string
  notifyAfterMs?: number
}

export interface Ledger {
  now_ms: number
  payments: Array<Record<string, unknown> & {
    payment_request_id: string
    state: string
    currency: string
    /** What the merchant was paid, less what was given back, in minor units. */
    net: string
    pays: number
    cancels: number
    inquiries: number
  }>
  refunds: Array<Record<string, unknown>>
  notifications: Array<Record<string, unknown>>
}

/** A gateway on this machine. It answers, and keeps the process alive, until it is stopped. */
export class Sandbox {
  private constructor()
  /** Starts one and resolves when it answers. */
  static start(options?: SandboxOptions): Promise<Sandbox>
  readonly baseUrl: string
  /** The path of `sandbox.json`, for a till in another process. */
  readonly file: string
  readonly clientId: string
  /** The certificate authority of its TLS, as PEM. */
  readonly ca: string | null
  /** Its clock, which {@link client} uses: the one that it was given, or one that runs by itself. */
  readonly clock: TestClock
  readonly description: Record<string, unknown>
  /** The merchant of `sandbox.json`; the options replace its settings. */
  merchant(protocol: Protocol, options?: Partial<MerchantOptions>): Merchant
  /** A client of this gateway, on its clock. */
  client(protocol: Protocol, options: ClientOptions & { notifyUrl?: string }): Client
  /** The gateway's ledger. */
  ledger(): Promise<Ledger>
  /** The payment codes by which a wallet's behaviour is chosen. */
  behaviours(): Promise<Array<{ name: string; code: string; description: string; expected: Record<Protocol, string> }>>
  /** Makes an exchange go wrong. */
  inject(fault: Readonly<Record<string, unknown>>): Promise<unknown>
  clearFaults(): Promise<unknown>
  /** What the customer of a payment does now. */
  customer(paymentRequestId: string, action: { does: 'pay' | 'fail' } | { plan: string }): Promise<unknown>
  /** Changes how the gateway behaves, such as `{ sign_query: true }`. */
  settings(wish: Readonly<Record<string, unknown>>): Promise<unknown>
  /** A payment code with this behaviour, such as `paid_at_once`, that was not used yet. */
  freshCode(behaviour: string): Promise<string>
  /**
   * A notification as the gateway would send it, signed with its key over the path of this notify URL: without its
   * query, unless `signQuery` is set.
   */
  notification(input: {
    notifyUrl: string
    body: MessageBody
    now?: Time
    signQuery?: boolean
    keyVersion?: number
    headers?: Record<string, string>
  }): {
    notifyUrl: string
    headers: Record<string, string>
    body: SentBody
  }
  /** What can be wrong with a notification, by name, such as `unsigned`. */
  wrongNotifications(): Promise<string[]>
  /**
   * What the gateway would say of a payment, of 19.99 USD unless an amount is given: correct, or `wrong` on purpose. A handler
   * has to refuse every wrong one.
   */
  notificationOf(
    paymentRequestId: string,
    input: { notifyUrl: string; amount?: Amount; paid?: boolean; protocol?: Protocol; wrong?: string },
  ): Promise<{ notifyUrl: string; headers: Record<string, string>; body: SentBody }>
  stop(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * Checks whether an own store keeps its contract, and resolves with the names of the properties; else it rejects with an error
 * that says what the store did. `makeStore(place)` opens the store of this place, as one more process would: a place is
 * empty when it is opened first, and whatever was written to it is there when it is opened again.
 */
export function checkStore(makeStore: (place: string) => PaymentStore | PromiseLike<PaymentStore>): Promise<string[]>
