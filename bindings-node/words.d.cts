// Generated from schema/words, schema/policy.toml and schema/errors.toml by `make generate`; do not edit.

/**
 * The two protocols of the gateways.
 *
 * - `ams`: Alipay's own merchant services, paths below `/ams`.
 * - `alipay_plus`: Alipay+, for acquirers, paths below `/aps`.
 */
export type Protocol = 'ams' | 'alipay_plus'

/**
 * The gateways' regions; each has a common and an accelerated ("global") address of the same gateway.
 *
 * There is no default: a merchant's contract says which region it belongs to.
 *
 * - `na`: North America.
 * - `na_global`: North America, accelerated.
 * - `sea`: Asia; for Alipay+, everywhere but North America.
 * - `sea_global`: The same as `sea`, accelerated.
 * - `eu`: Europe; AMS only.
 * - `eu_global`: Europe, accelerated; AMS only.
 * - `us`: Merchants of the United States; AMS only.
 */
export type Region = 'na' | 'na_global' | 'sea' | 'sea_global' | 'eu' | 'eu_global' | 'us'

/**
 * The operations whose replies carry a result. A notification counts as one: its result is the payment's, as is the
 * `paymentStatus` or `paymentResult` of an inquiry with its own code.
 *
 * - `pay`: `pay`.
 * - `inquiry`: `inquiryPayment`: whether the inquiry worked, not the outcome of the payment.
 * - `cancel`: `cancel` (AMS) or `cancelPayment` (Alipay+).
 * - `refund`: `refund`.
 * - `refund_inquiry`: `inquiryRefund` (only in AMS).
 * - `notify`: `notifyPayment`: the result of the payment itself.
 */
export type Operation = 'pay' | 'inquiry' | 'cancel' | 'refund' | 'refund_inquiry' | 'notify'

/**
 * How customer and merchant find each other.
 *
 * - `PaymentCode`: The customer shows a payment code and the till scans it.
 * - `OrderCode`: The till shows a code of this order and the customer scans it.
 * - `EntryCode`: The customer scans the shop's code and pays on the merchant's page.
 */
export type Scenario = 'PaymentCode' | 'OrderCode' | 'EntryCode'

/**
 * What a notification is about.
 *
 * - `payment_result`: The result of a payment.
 * - `refund_result`: The result of a refund (AMS, `notifyType` `REFUND_RESULT`).
 * - `other`: Something else, such as an authorisation. To be acknowledged; it says nothing about a payment or a
 *   refund.
 */
export type NotificationKind = 'payment_result' | 'refund_result' | 'other'

/**
 * The status letter of a result.
 *
 * - `S`: `S`: the call succeeded.
 * - `F`: `F`: the call failed, for good.
 * - `U`: `U`: unknown.
 */
export type Status = 'S' | 'F' | 'U'

/**
 * What a result means for the operation it answers.
 *
 * - `succeeded`: The operation succeeded.
 * - `payment_refused`: The payment was refused.
 * - `request_refused`: The request was refused; an inquiry or a cancel that was refused says nothing about the
 *   payment, and a refund that was refused so says nothing about other copies of it.
 * - `in_process`: The gateway is at work: ask again.
 * - `unknown`: The outcome is open.
 * - `closed`: The order is closed or cancelled.
 * - `id_taken`: Another request owns the `paymentRequestId`.
 * - `not_found`: The gateway does not know the order, or not yet.
 * - `window_exceeded`: The cancel window is over.
 * - `status_conflict`: The order's state does not allow a cancel.
 * - `merchant_balance_not_enough`: The merchant's account can't cover the cancel or the refund.
 * - `refund_refused`: The refund was refused.
 */
export type Meaning =
  | 'succeeded'
  | 'payment_refused'
  | 'request_refused'
  | 'in_process'
  | 'unknown'
  | 'closed'
  | 'id_taken'
  | 'not_found'
  | 'window_exceeded'
  | 'status_conflict'
  | 'merchant_balance_not_enough'
  | 'refund_refused'

/**
 * What may be sent next.
 *
 * - `no`: Nothing: the operation is over.
 * - `same_request`: The same request under the same id.
 * - `new_id`: A new attempt, if one is wanted, under a new id.
 * - `inquire`: An inquiry, before anything else.
 */
export type Retry = 'no' | 'same_request' | 'new_id' | 'inquire'

/**
 * What the answer to pay says.
 *
 * - `paid`: Money moved.
 * - `created`: The code, the redirect or the challenge was created; the customer acts next.
 * - `payment_refused`: The gateway refused the payment.
 * - `request_refused`: The gateway did not take the request.
 * - `closed`: The order is closed or cancelled.
 * - `id_taken`: Another request owns the id.
 * - `in_process`: The gateway is at work.
 * - `open`: A refusal that leaves the outcome open.
 * - `unknown`: Nothing that settles anything.
 */
export type PayAnswer =
  | 'paid'
  | 'created'
  | 'payment_refused'
  | 'request_refused'
  | 'closed'
  | 'id_taken'
  | 'in_process'
  | 'open'
  | 'unknown'

/**
 * What an inquiry or a notification says about the money.
 *
 * - `paid`: It moved.
 * - `failed`: It will not move: the payment was refused.
 * - `cancelled`: It will not move, or was given back: the order was closed or cancelled.
 * - `in_process`: The gateway is at work, or used a word that is not documented.
 * - `nothing`: The message says nothing about it.
 */
export type Money = 'paid' | 'failed' | 'cancelled' | 'in_process' | 'nothing'

/**
 * Whether a message names the payment or the refund that it was taken for.
 *
 * - `absent`: It names none.
 * - `ours`: It names ours.
 * - `other`: It names another one, or what it names can't be read.
 */
export type Named = 'absent' | 'ours' | 'other'

/**
 * What a message says about an amount.
 *
 * - `absent`: Nothing.
 * - `ours`: Our amount and currency.
 * - `other`: Another one, or one that can't be read.
 */
export type Stated = 'absent' | 'ours' | 'other'

/**
 * What an inquiry for a refund, or the notification of one, says about the refund.
 *
 * - `refunded`: The money was given back.
 * - `failed`: It was refused.
 * - `in_process`: The gateway is at work.
 * - `unknown_word`: A word that is not documented.
 * - `nothing`: The message says nothing about it.
 */
export type RefundAnswer = 'refunded' | 'failed' | 'in_process' | 'unknown_word' | 'nothing'

/**
 * What is known of a request that got no usable answer.
 *
 * - `not_sent`: Not one byte of the request left this machine: the name was not found, or the connection, the proxy
 *   or the TLS handshake was refused.
 * - `unknown`: Anything else: a timeout, a reset, no usable body, a missing or wrong signature.
 */
export type Certainty = 'not_sent' | 'unknown'

/**
 * What a person found out about a refund that ended as unresolved.
 *
 * - `made`: The money was given back.
 * - `not_made`: It was not, and will not be.
 */
export type Resolved = 'made' | 'not_made'

/**
 * What to do when a payment succeeded, was to be cancelled, and can't be cancelled any more.
 *
 * - `automatic`: Refund it, as "Payment (Consumer-presented Mode Payment), Result process logic" says.
 * - `ask`: Raise `refund_consent` and end as unresolved: a person decides.
 */
export type RefundAfterCancelWindow = 'automatic' | 'ask'

/**
 * Why a payment, a refund or a reverse needs manual review.
 *
 * - `amount_mismatch`: Verified evidence states another amount or currency than ours.
 * - `id_mismatch`: A message names another payment or refund than ours.
 * - `id_taken`: Another request owns this payment request id.
 * - `unknown_word`: A status word that is not documented; it counts as in process.
 * - `unexpected_refusal`: A cancel or a refund was refused for a reason that is not documented for it.
 * - `cancel_unresolved`: The cancel has no answer for a minute; it goes on.
 * - `merchant_balance_not_enough`: The merchant's balance is too low to give the money back.
 * - `refund_consent`: The payment succeeded, can't be cancelled any more, and the policy asks before refunding.
 * - `refund_failed`: The refund was refused.
 * - `conflicting_evidence`: Verified messages contradict each other.
 * - `late_evidence`: A final fact arrived after the payment ended as unresolved.
 * - `customer_action_required`: The customer has to act before the payment can go on: show the form.
 * - `configuration_suspected`: The gateway does not accept our signature or client id, or its answers verify under no
 *   configured key.
 * - `clock_skew`: The gateway's clock and ours differ by more than the margin.
 * - `stale_answer`: An answer that names no payment was signed long before its request was sent; it settled nothing.
 * - `not_stored`: The payment has a verified end that the store did not take in time.
 */
export type AlertKind =
  | 'amount_mismatch'
  | 'id_mismatch'
  | 'id_taken'
  | 'unknown_word'
  | 'unexpected_refusal'
  | 'cancel_unresolved'
  | 'merchant_balance_not_enough'
  | 'refund_consent'
  | 'refund_failed'
  | 'conflicting_evidence'
  | 'late_evidence'
  | 'customer_action_required'
  | 'configuration_suspected'
  | 'clock_skew'
  | 'stale_answer'
  | 'not_stored'

/**
 * The part of a payment that an alert is about.
 *
 * - `payment`: The payment itself.
 * - `refund`: One of its refunds.
 * - `reverse`: Its reverse.
 */
export type AlertPart = 'payment' | 'refund' | 'reverse'

/**
 * Why a payment could not be resolved.
 *
 * - `id_taken`: Another request owns this payment request id.
 * - `amount_mismatch`: The gateway states another amount than ours, and nothing was cancelled or given back by
 *   itself.
 * - `refund_consent`: The payment succeeded, can't be cancelled any more, and the policy asks before refunding.
 * - `cancel_window`: The cancel window ended without a clear answer.
 * - `refund`: The refund got no answer.
 * - `refund_failed`: The refund was refused.
 * - `configuration`: The gateway accepted no request: the configured keys or the client id are wrong.
 */
export type UnresolvedReason =
  | 'id_taken'
  | 'amount_mismatch'
  | 'refund_consent'
  | 'cancel_window'
  | 'refund'
  | 'refund_failed'
  | 'configuration'

/**
 * Where a payment stands.
 *
 * - `ready`: Not begun.
 * - `paying`: Pay was sent.
 * - `awaiting_customer`: A code or a form was created: the customer acts next.
 * - `confirming`: The result is being inquired.
 * - `cancelling`: The payment is being cancelled.
 * - `refunding`: The payment succeeded, can't be cancelled any more and is being refunded.
 * - `succeeded`: Paid.
 * - `failed`: Not paid: refused by the gateway, or nothing ever left this machine.
 * - `cancelled`: Not paid: cancelled or closed.
 * - `refunded`: Not paid: it had succeeded and was refunded.
 * - `unresolved`: It is not known whether the money moved: needs manual review.
 */
export type PaymentState =
  | 'ready'
  | 'paying'
  | 'awaiting_customer'
  | 'confirming'
  | 'cancelling'
  | 'refunding'
  | 'succeeded'
  | 'failed'
  | 'cancelled'
  | 'refunded'
  | 'unresolved'

/**
 * How a price with more decimals than the currency is brought to the currency's smallest step.
 *
 * - `half_even`: To the nearest step; half a step goes to the even one.
 * - `half_up`: To the nearest step; half a step goes up.
 * - `down`: To the step below.
 */
export type Rounding = 'half_even' | 'half_up' | 'down'

/**
 * Whose rules decide the smallest step of a currency.
 *
 * - `alipay`: The gateways': one minor unit, but 100 for IDR. Source: Alipay+, the model Amount, where the value in
 *   IDR ends in 00.
 * - `iso`: Only ISO 4217: one minor unit.
 */
export type AmountRules = 'alipay' | 'iso'

/**
 * The forms of payment codes. The form does not tell the wallet: `routing` does, by its configuration.
 *
 * Source: Alipay+, Payment codes, Code types and rules.
 *
 * - `alipay_plus_19`: An Alipay+ code of 19 digits: it starts with 289, and the sixth digit from the end is 6.
 * - `cgcp`: 24 digits, the form of the Code Generation and Circulation Protocol (CGCP), which holds a routing number.
 *   AlipayCN issues codes of this length too, and they can't be told apart.
 * - `alipay`: 17 to 19 digits, as AlipayCN and AlipayHK issue them.
 * - `other`: 16 digits, or 20 to 23.
 */
export type CodeKind = 'alipay_plus_19' | 'cgcp' | 'alipay' | 'other'

/**
 * What a text that is not a payment code probably is. It is a guess that looks only at the form of the text.
 *
 * - `shop_code`: A code that customers scan: EMVCo merchant text, which begins with 000201, or a URL.
 * - `repeated_code`: The same code more than once in one text, because the scanner read it again.
 * - `wechat_pay`: A payment code of WeChat Pay: 16 to 24 digits that start with 10 to 15.
 * - `union_pay`: A payment code of UnionPay: 16 to 24 digits that start with 62.
 * - `reserved_length`: A code of 25 to 32 digits that starts as an Alipay+ code does. Alipay+ reserves these lengths.
 *   Source: Alipay+, Accept a payment, step 1.
 */
export type ScannedAs = 'shop_code' | 'repeated_code' | 'wechat_pay' | 'union_pay' | 'reserved_length'

/**
 * The system that takes the payment.
 *
 * - `alipay_plus`: The Alipay+ gateway.
 * - `alipay`: Alipay's own gateway (AMS).
 * - `wallet`: The directly integrated wallet that the route names, by its own interface.
 */
export type Target = 'alipay_plus' | 'alipay' | 'wallet'

/**
 * The rule that decided a route.
 *
 * - `alipay_plus_19`: An Alipay+ 19-digit code. Source: Alipay+, Accept a payment, routing logic 1.
 * - `direct_alipay`: A code of AlipayCN or AlipayHK, integrated directly. Source: routing logic 2 of the same page.
 * - `direct_wallet`: The routing number of a directly integrated wallet. Source: routing logic 3 of the same page;
 *   Alipay, pay (consumer-presented mode), Payment code specifications.
 * - `cgcp`: A 24-digit code of no directly integrated wallet. Source: Alipay+, Accept a payment, routing logic 4.
 * - `alipay_default`: No wallet of its own, so Alipay takes it. Source: Alipay, pay (consumer-presented mode),
 *   Payment code specifications.
 * - `fallback`: A valid code that none of the four steps names: 16 digits, or 17 to 23 without AlipayCN or AlipayHK
 *   direct. Both are Alipay+ wallets, so Alipay+ takes it.
 */
export type RoutingRule =
  | 'alipay_plus_19'
  | 'direct_alipay'
  | 'direct_wallet'
  | 'cgcp'
  | 'alipay_default'
  | 'fallback'

/**
 * Whose rules a router follows.
 *
 * - `alipay_plus`: The routing logic of the page "Accept a payment" of Alipay+.
 * - `alipay_plus_2023_08`: The same with the expression of step 1 as Alipay+ corrected it on 2023-08-31 (release
 *   notes 1.3.2): an Alipay+ 19-digit code starts with 289.
 * - `ams`: The rule for local wallets beside Alipay of the page "pay (consumer-presented mode)".
 */
export type RoutingRules = 'alipay_plus' | 'alipay_plus_2023_08' | 'ams'

/**
 * The family an error belongs to, which decides its class where a language has one class a family.
 *
 * - `key`: A key text that can't be used.
 * - `signature`: A signature that can't be made or does not verify.
 * - `code`: A scanned code that can't be routed.
 * - `amount`: A price that can't be turned into minor units, or back.
 * - `configuration`: A setting: gateway, router, policy, merchant.
 * - `request`: A request that the documents forbid; nothing was sent.
 * - `message`: A message from outside that can't be read or trusted.
 * - `payment`: The payment or refund machine refused an event, or a snapshot could not be restored.
 * - `store`: The host's store failed.
 * - `transport`: The network failed.
 * - `internal`: A defect of this library.
 */
export type Category =
  | 'key'
  | 'signature'
  | 'code'
  | 'amount'
  | 'configuration'
  | 'request'
  | 'message'
  | 'payment'
  | 'store'
  | 'transport'
  | 'internal'

/**
 * Whether the customer may have been charged when an error code is seen.
 *
 * - `never`: No: nothing of the payment was sent.
 * - `maybe`: Yes: a request was sent, or an earlier one of the same payment may have been.
 * - `by_case`: The code is seen in both cases.
 */
export type MayHaveCharged = 'never' | 'maybe' | 'by_case'

/**
 * What was found about a signature that does not verify. The part before the dot says where.
 *
 * - `verifies`: Nothing is wrong: the signature verifies.
 * - `message.refused`: The signature verifies, but the message is refused for another reason.
 * - `input.unusable`: The input or the configuration can't be used, so nothing was compared.
 * - `signature.missing`: The message has no signature.
 * - `signature.header`: The Signature header does not have its documented form.
 * - `signature.no_header`: The header holds the bare signature, without algorithm and key version.
 * - `signature.joined`: The message has two Signature headers, or two joined into one.
 * - `signature.encoded_twice`: The signature is percent-encoded or base64-encoded twice.
 * - `signature.base64url`: The signature is written in the URL-safe alphabet of base64.
 * - `signature.unpadded`: The base64 of the signature lost the padding at its end.
 * - `signature.spaces`: The plus signs of the signature were turned into spaces.
 * - `signature.line_breaks`: The base64 of the signature is broken into lines.
 * - `signature.cut`: The signature is shorter than one of the key: its end is missing.
 * - `signature.length`: The signature has a length that no RSA key makes.
 * - `signature.sha1`: The signer hashed with SHA-1.
 * - `signature.hash`: The signer hashed with another algorithm than SHA-256.
 * - `signature.pss`: The signer used PSS padding.
 * - `signature.digest_info`: The signer left out the name of the hash inside the padding.
 * - `key.version`: A key that is configured under another version made the signature.
 * - `key.own`: The merchant's own key made the signature.
 * - `key.other`: Another key that was named, such as that of the sandbox or of the other protocol, made the
 *   signature.
 * - `key.length`: A key of another length than the configured ones made the signature.
 * - `key.unknown`: None of the keys made the signature.
 * - `path.query`: The path was signed without its query, or with one that is missing here.
 * - `path.trailing_slash`: The path was signed with a slash at its end, or without it.
 * - `path.first_slash`: The path was signed without the slash at its start, or with it.
 * - `path.prefix`: The path was signed with more or less at its start: a proxy added or took away a prefix.
 * - `path.full_url`: The whole URL was signed in place of the path, or the path in place of the URL.
 * - `path.sandbox`: The path was signed in its sandbox form, or in its production form.
 * - `path.api`: The path of an API of the gateway was signed.
 * - `path.encoding`: The path was signed with other percent-encoding.
 * - `path.other`: Another path was signed.
 * - `client_id.other`: Another client id was signed.
 * - `client_id.spaces`: The client id was signed with spaces around it, or without them.
 * - `client_id.sandbox`: The client id was signed with the prefix SANDBOX_, or without it.
 * - `time.other_header`: The time of another header was signed.
 * - `time.text`: The same instant was signed in another text.
 * - `time.fraction`: The time was signed without its fraction of a second, or with one.
 * - `time.plus`: The plus sign of the time was turned into a space.
 * - `time.spaces`: The time was signed with spaces around it, or without them.
 * - `time.other`: Another time was signed.
 * - `header.joined`: A header was sent twice, or two were joined into one.
 * - `body.reserialized`: The body was parsed as JSON and printed again.
 * - `body.end`: Spaces or line breaks at the end of the body were added or taken away.
 * - `body.line_endings`: The line endings of the body were changed.
 * - `body.byte_order_mark`: A byte order mark at the start of the body was added or taken away.
 * - `body.base64`: The body is the base64 of what was signed, or the other way round.
 * - `body.empty`: An empty body, or {}, was signed.
 * - `body.charset`: The body was signed in another character set.
 * - `content.method`: Another HTTP method was signed.
 * - `content.separator`: The parts of the content were joined in another way.
 * - `content.hashed_twice`: The digest of the content was hashed again before it was signed.
 * - `content.differs`: The key and the hash are right; nothing that was tried is what was signed.
 */
export type FindingCode =
  | 'verifies'
  | 'message.refused'
  | 'input.unusable'
  | 'signature.missing'
  | 'signature.header'
  | 'signature.no_header'
  | 'signature.joined'
  | 'signature.encoded_twice'
  | 'signature.base64url'
  | 'signature.unpadded'
  | 'signature.spaces'
  | 'signature.line_breaks'
  | 'signature.cut'
  | 'signature.length'
  | 'signature.sha1'
  | 'signature.hash'
  | 'signature.pss'
  | 'signature.digest_info'
  | 'key.version'
  | 'key.own'
  | 'key.other'
  | 'key.length'
  | 'key.unknown'
  | 'path.query'
  | 'path.trailing_slash'
  | 'path.first_slash'
  | 'path.prefix'
  | 'path.full_url'
  | 'path.sandbox'
  | 'path.api'
  | 'path.encoding'
  | 'path.other'
  | 'client_id.other'
  | 'client_id.spaces'
  | 'client_id.sandbox'
  | 'time.other_header'
  | 'time.text'
  | 'time.fraction'
  | 'time.plus'
  | 'time.spaces'
  | 'time.other'
  | 'header.joined'
  | 'body.reserialized'
  | 'body.end'
  | 'body.line_endings'
  | 'body.byte_order_mark'
  | 'body.base64'
  | 'body.empty'
  | 'body.charset'
  | 'content.method'
  | 'content.separator'
  | 'content.hashed_twice'
  | 'content.differs'

/**
 * What is checked before the first payment, in the order of a request's way.
 *
 * - `configuration`: The settings can be read.
 * - `keys`: The keys can be read, and the gateway's is not our own.
 * - `store`: The store takes a write, and can be read.
 * - `proxy`: The way to the gateway: directly, or by a proxy that lets it through.
 * - `name`: The gateway's name has an address.
 * - `connection`: A connection comes about.
 * - `tls`: The gateway's certificate is trusted.
 * - `answer`: What answers is a gateway.
 * - `client_id`: The gateway knows the client id.
 * - `signing_key`: The gateway can verify what we sign.
 * - `gateway_key`: We can verify what the gateway signs.
 * - `clock`: This machine's clock agrees with the gateway's.
 * - `inquiry`: An inquiry for an id that nobody used is answered as the documents say.
 * - `notify_url`: The notify URL can be reached, and its handler refuses what is not signed.
 */
export type CheckName =
  | 'configuration'
  | 'keys'
  | 'store'
  | 'proxy'
  | 'name'
  | 'connection'
  | 'tls'
  | 'answer'
  | 'client_id'
  | 'signing_key'
  | 'gateway_key'
  | 'clock'
  | 'inquiry'
  | 'notify_url'

/**
 * How a check ended.
 *
 * - `passed`: It is right.
 * - `warned`: It works, or can't be told from here; somebody should look at it.
 * - `failed`: It is wrong.
 * - `skipped`: It was not checked, because something before it is wrong.
 */
export type CheckStatus = 'passed' | 'warned' | 'failed' | 'skipped'

/**
 * How a payment ended.
 *
 * - `succeeded`: Paid.
 * - `failed`: Not paid: refused by the gateway, or nothing ever left this machine.
 * - `cancelled`: Not paid: cancelled or closed.
 * - `refunded`: Not paid: it had succeeded and was refunded.
 * - `unresolved`: It is not known whether the money moved: needs manual review.
 */
export type Outcome = 'succeeded' | 'failed' | 'cancelled' | 'refunded' | 'unresolved'

/**
 * How a refund ended.
 *
 * - `refunded`: The money was given back.
 * - `order_cancelled`: The order was cancelled, so that there was nothing to give back.
 * - `failed`: Refused; another attempt needs another id.
 * - `unresolved`: It is not known whether the money was given back: needs manual review. It counts as spent until it
 *   is resolved.
 */
export type RefundOutcome = 'refunded' | 'order_cancelled' | 'failed' | 'unresolved'

/**
 * How a reverse ended.
 *
 * - `reversed`: The merchant keeps nothing of the payment: it was cancelled, or what was left of it was refunded.
 * - `refused`: This reverse gave nothing back, and will not. What was left of the payment stands; a refund may still
 *   be made.
 * - `unresolved`: It is not known whether the money was given back: needs manual review.
 */
export type ReverseOutcome = 'reversed' | 'refused' | 'unresolved'

/**
 * What happened in a step.
 *
 * - `sent`: A request was sent.
 * - `answered`: The gateway answered, and the answer was verified.
 * - `unanswered`: No usable answer came.
 * - `notified`: A verified notification arrived and was stored.
 * - `cancel_requested`: The host asked to cancel the payment.
 * - `resumed`: The payment was resumed after a restart.
 * - `presented`: The customer is to see something: the order code, or a redirect.
 * - `alerted`: It needs manual review.
 * - `concluded`: The payment has its result.
 * - `refund_concluded`: A refund has its result.
 * - `reverse_concluded`: A reverse has its result.
 */
export type TimelineEventType =
  | 'sent'
  | 'answered'
  | 'unanswered'
  | 'notified'
  | 'cancel_requested'
  | 'resumed'
  | 'presented'
  | 'alerted'
  | 'concluded'
  | 'refund_concluded'
  | 'reverse_concluded'

/**
 * What was allowed and is worth knowing about a payment, beside its result.
 *
 * - `order_amount_differs`: The customer is shown another amount than the one that is paid.
 * - `below_minimum`: The wallet may not take an amount this small.
 * - `off_step`: The wallet takes only multiples of a step.
 * - `field_missing`: AMS: a field is missing that some pages require and others do not.
 * - `default_expiry`: AMS: no expiry was stated, so the policy's was sent. The contract with Alipay may set another
 *   one.
 * - `expiry_capped`: Alipay+: a later expiry was stated than the protocol allows, so an earlier one was sent.
 */
export type WarningKind =
  | 'order_amount_differs'
  | 'below_minimum'
  | 'off_step'
  | 'field_missing'
  | 'default_expiry'
  | 'expiry_capped'

/**
 * What a notification changed.
 *
 * - `taken`: It is stored with its payment: acknowledge it. Whoever drives the payment goes on with it.
 * - `unknown`: No payment or refund of this id is stored. It can have overtaken the payment, so refuse it: then it
 *   comes again.
 * - `other`: It is not about the result of a payment or a refund.
 */
export type NotifiedKind = 'taken' | 'unknown' | 'other'

/** The machine's numbers: a preset, and what replaces its members. Times are milliseconds. */
export interface Policy {
  /** The merchant's protocol unless given. */
  preset?: Protocol
  /** How long a reply is waited for before the machine goes on. The host's request lives on. Preset: 5 s. */
  replyTime?: number
  /**
   * Whether an unknown result of pay, or none, has the same request sent again ("Alipay+, Accept a payment, step 2")
   * instead of an inquiry. Preset: no in AMS, yes in Alipay+.
   */
  resendUnknown?: boolean
  /** The wait before pay is sent again. Preset: 3 s. */
  resendDelay?: number
  /** How often pay is sent again after an unknown result. Preset: 3. */
  resendLimit?: number
  /** The wait before a request that did not leave this machine is tried again. Preset: 3 s. */
  notSentDelay?: number
  /** How often such a request is tried again. Preset: 3. */
  notSentLimit?: number
  /** The time from one inquiry to the next. Preset: 3 s. */
  inquiryInterval?: number
  /** How many inquiries are sent before the payment is cancelled. Preset: 20. */
  inquiryLimit?: number
  /** How long a payment by payment code may take at the most. Preset: 2 min in AMS, 1 min in Alipay+. */
  expiry?: number
  /**
   * How long an order code or entry code payment may take at the most. Preset: 10 min in AMS, 3 min in Alipay+.
   */
  closingTime?: number
  /** The wait from showing the code, or redirecting the wallet, to the first inquiry. Preset: 15 s. */
  customerFirstInquiry?: number
  /** The time from one inquiry to the next while the customer is acting. Preset: 5 s. */
  customerInquiryInterval?: number
  /** The time from one cancel to the next at first. Preset: 5 s. */
  cancelInterval?: number
  /** How long cancels are sent at that pace; then `cancel_unresolved` is raised. Preset: 1 min. */
  cancelFastPeriod?: number
  /** The time from one cancel to the next after that. Preset: 1 min. */
  cancelSlowInterval?: number
  /** Until when the gateway takes a cancel. Preset: 24 h in AMS, next_day in Alipay+. */
  cancelWindow?: number | 'next_day'
  /** How far the gateway's clock may be behind this one's. Preset: 1 min. */
  clockMargin?: number
  /** What to do when a payment succeeded and can't be cancelled any more. Preset: automatic. */
  refundAfterCancelWindow?: RefundAfterCancelWindow
  /** The time from one refund request to the next at first. Preset: 5 s. */
  refundInterval?: number
  /** How long refund requests are sent at that pace. Preset: 1 min. */
  refundFastPeriod?: number
  /** The time from one request to the next after that. Preset: 1 min. */
  refundSlowInterval?: number
  /** How long the slow pace is kept before the refund is given up as unresolved. Preset: 24 h. */
  refundSlowPeriod?: number
  /** The wait before a refund that the gateway does not know is inquired for again. Preset: 15 s. */
  refundMissingDelay?: number
  /** How often it is inquired for again before it is sent again. Preset: 3. */
  refundMissingLimit?: number
}

/** The codes of errors. */
export type ErrorCode =
  | 'key.empty'
  | 'key.not_a_key'
  | 'key.encrypted'
  | 'key.not_rsa'
  | 'key.pss'
  | 'key.public_given'
  | 'key.private_given'
  | 'key.truncated'
  | 'key.multiple'
  | 'key.inconsistent'
  | 'key.own_public'
  | 'key.size'
  | 'signature.missing'
  | 'signature.header'
  | 'signature.duplicate_field'
  | 'signature.algorithm'
  | 'signature.encoding'
  | 'signature.key_version'
  | 'signature.client_id'
  | 'signature.mismatch'
  | 'signature.content'
  | 'signature.failed'
  | 'code.not_digits'
  | 'code.length'
  | 'code.prefix'
  | 'code.unroutable'
  | 'router.configuration'
  | 'currency.format'
  | 'currency.unknown'
  | 'currency.no_minor_unit'
  | 'amount.format'
  | 'amount.excess_precision'
  | 'amount.too_long'
  | 'amount.rule'
  | 'amount.zero'
  | 'amount.float'
  | 'amount.rounding'
  | 'amount.rules'
  | 'gateway.region'
  | 'gateway.url'
  | 'gateway.insecure'
  | 'gateway.path'
  | 'config.missing'
  | 'config.invalid'
  | 'config.notify_url'
  | 'config.unknown_client'
  | 'message.encrypted'
  | 'message.too_large'
  | 'message.not_json'
  | 'message.not_object'
  | 'message.duplicate_key'
  | 'message.field'
  | 'message.header'
  | 'notification.stale'
  | 'notification.future'
  | 'notification.time'
  | 'request.missing'
  | 'request.invalid'
  | 'request.too_long'
  | 'request.forbidden'
  | 'request.expired'
  | 'request.below_minimum'
  | 'request.notify_url'
  | 'qr.too_long'
  | 'request.refund_exceeds'
  | 'request.unknown_payment'
  | 'payment.not_begun'
  | 'payment.already_begun'
  | 'payment.expired'
  | 'payment.unknown_send'
  | 'payment.wrong_operation'
  | 'payment.time'
  | 'payment.not_sent'
  | 'payment.id_reused'
  | 'payment.interrupted'
  | 'payment.not_unresolved'
  | 'payment.not_final'
  | 'payment.not_succeeded'
  | 'policy.inquiry_limit'
  | 'policy.inquiry_window'
  | 'policy.value'
  | 'snapshot.malformed'
  | 'snapshot.newer'
  | 'snapshot.kind'
  | 'snapshot.inconsistent'
  | 'store.conflict'
  | 'store.failed'
  | 'store.corrupt'
  | 'store.id'
  | 'store.url'
  | 'store.schema'
  | 'store.durability'
  | 'transport.configuration'
  | 'transport.name_not_found'
  | 'transport.refused'
  | 'transport.connect_timeout'
  | 'transport.certificate'
  | 'transport.proxy'
  | 'transport.proxy_authentication'
  | 'transport.protocol'
  | 'transport.not_sent'
  | 'transport.http_status'
  | 'transport.timeout'
  | 'transport.broken'
  | 'client.closed'
  | 'refund.id_reused'
  | 'refund.not_sent'
  | 'refund.not_unresolved'
  | 'refund.not_begun'
  | 'refund.already_begun'
  | 'refund.unknown_send'
  | 'refund.wrong_operation'
  | 'reverse.nothing_taken'
  | 'reverse.amount_unknown'
  | 'reverse.id_taken'
  | 'reverse.under_way'
  | 'reverse.done'
  | 'reverse.refund_unresolved'
  | 'reverse.not_begun'
  | 'reverse.already_begun'
  | 'reverse.unknown_send'
  | 'reverse.wrong_operation'
  | 'internal.panic'
