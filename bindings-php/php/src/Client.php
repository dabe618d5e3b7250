<?php

declare(strict_types=1);

namespace AlipayInstore;

use AlipayInstore\Enum\Resolved;
use AlipayInstore\Enum\Scenario;
use AlipayInstore\Exception\AlipayException;
use AlipayInstore\Model\InquiryRefundResponse;
use AlipayInstore\Model\InquiryResponse;
use AlipayInstore\Model\PayRequest;
use AlipayInstore\Model\RefundRequest;
use Psr\Http\Message\ServerRequestInterface;
use Psr\Log\LoggerInterface;

/**
 * Pays, refunds and inquires for one merchant. Each payment is driven by one process of those that share the store.
 *
 * What a call begins goes on when the page has ended, in the threads of the process: a client of the same settings in the
 * next request is the same client, with its connections. If the process dies, another one goes on, such as the worker
 * (`alipay-instore worker`), of which one should run beside PHP-FPM.
 */
final class Client
{
    /** How long a call waits where nothing is said, in seconds. */
    private const PATIENCE = 180.0;

    private readonly Native\Client $native;

    /** Its store is in PHP, which can't be called any more when the page has ended. */
    private readonly bool $endsWithPage;
    private readonly ?Log $log;

    /**
     * Times are seconds. `$timeout` is how long one request to the gateway may take. With `$claims` this process takes over
     * what is due and nobody drives. A process that has shown no sign of life for `$ownerTimeout` (15) counts as dead; state
     * the same everywhere.
     *
     * `$logger` is told how each payment, refund and notification ended, and of every alert.
     *
     * `$proxy` is `system` (what the environment says), `none`, or a URL such as `socks5h://proxy:1080`.
     * `$rootCertificates` are the certificate authorities to trust instead of the system's, as PEM.
     *
     * @param list<string> $rootCertificates
     * @param list<string> $extraRootCertificates
     * @param array{origin: int, speed: int}|null $clock the clock of a sandbox, for tests
     *
     * @throws Exception\ConfigurationException|Exception\StoreException
     */
    public function __construct(
        public readonly Merchant $merchant,
        Store $store,
        float $timeout = 10.0,
        float $connectTimeout = 3.0,
        float $idleTimeout = 15.0,
        string $proxy = 'system',
        array $rootCertificates = [],
        array $extraRootCertificates = [],
        ?Policy $policy = null,
        bool $notifyUrlConfigured = false,
        bool $acknowledgeUnknown = false,
        bool $claims = true,
        ?float $ownerTimeout = null,
        ?Limits $limits = null,
        private readonly ?Shop $shop = null,
        ?array $clock = null,
        ?LoggerInterface $logger = null,
    ) {
        $settings = [
            'timeout' => self::milliseconds($timeout, 'timeout'),
            'connect_timeout' => self::milliseconds($connectTimeout, 'connectTimeout'),
            'idle_timeout' => self::milliseconds($idleTimeout, 'idleTimeout'),
            'owner_timeout' => $ownerTimeout === null ? null : self::milliseconds($ownerTimeout, 'ownerTimeout'),
            'proxy' => $proxy,
            'root_certificates' => $rootCertificates,
            'extra_root_certificates' => $extraRootCertificates,
            'policy' => $policy?->json(),
            'notify_url_configured' => $notifyUrlConfigured,
            'acknowledge_unknown' => $acknowledgeUnknown,
            'claims' => $claims,
            'in_flight' => $limits?->inFlight,
            'per_second' => $limits?->perSecond,
            'burst' => $limits?->burst,
            'clock_origin' => $clock['origin'] ?? null,
            'clock_speed' => $clock['speed'] ?? null,
        ];
        $given = \array_filter($settings, static fn (mixed $value): bool => $value !== null);
        $this->native = Native\Client::of($merchant->native(), $store->native(), Json::write($given));
        $this->endsWithPage = $store instanceof OwnStore;
        $this->log = $logger === null ? null : new Log($logger);
    }

    /**
     * Pays, and returns when the payment has its result, or after `$wait` seconds as being in progress: the payment goes on,
     * and the page asks `status`. Without `$wait` it is 180 s, longer than most pages may run.
     *
     * With an id that is stored it goes on with that payment, or returns its result, if the request states the same: the
     * same call again is always safe. With the name of the wallet, where it is known, its minimum amount is checked.
     *
     * @throws Exception\RequestException for what the documents forbid, before anything is stored or sent
     * @throws Exception\PaymentException with `payment.id_reused` if a payment of this id states something else
     * @throws AlipayException whose `mayHaveCharged` says whether the customer may have paid
     */
    public function pay(
        #[\SensitiveParameter] PayRequest $request,
        ?float $wait = null,
        ?string $wallet = null,
    ): PaymentResult {
        $call = ['request' => (object) $request->toArray(), 'wallet' => $wallet, 'wait_ms' => self::wait($wait)];

        return $this->logged('pay', fn (): PaymentResult => PaymentResult::fromJson($this->ask('pay', $call)));
    }

    /**
     * Charges the customer who showed this payment code, which is taken as a scanner delivers it. Without an id the client
     * makes one, and each call is a new payment: where an error says `mayHaveCharged`, `resume` its `paymentRequestId` before
     * the customer is charged again. Throws what `pay` throws.
     *
     * @throws Exception\CodeException for what is not a payment code
     */
    public function payCode(
        #[\SensitiveParameter] PaymentCode|string $code,
        Amount $amount,
        string $description,
        ?string $paymentRequestId = null,
        ?float $wait = null,
    ): PaymentResult {
        return $this->sell(Scenario::PaymentCode, $amount, $description, $paymentRequestId, $wait, code: $code);
    }

    /**
     * Makes a code of this order for the customer to scan. With `$wait: 0` it is in progress, and `status` has the form to
     * show as soon as the gateway has made it. Throws what `pay` throws.
     */
    public function payOrderCode(
        Amount $amount,
        string $description,
        ?string $paymentRequestId = null,
        ?float $wait = null,
    ): PaymentResult {
        return $this->sell(Scenario::OrderCode, $amount, $description, $paymentRequestId, $wait);
    }

    /**
     * Charges a customer who opened the merchant's page by the shop's code. `$userAgent` is the User-Agent header that the
     * wallet sent. Throws what `pay` throws.
     */
    public function payEntryCode(
        Amount $amount,
        string $description,
        string $userAgent,
        ?string $paymentRequestId = null,
        ?float $wait = null,
    ): PaymentResult {
        return $this->sell(Scenario::EntryCode, $amount, $description, $paymentRequestId, $wait, userAgent: $userAgent);
    }

    /** Stores the payment and sends its request, and returns without the answer; it goes on in the background. Throws what `pay` throws. */
    public function start(#[\SensitiveParameter] PayRequest $request, ?string $wallet = null): PaymentResult
    {
        $call = ['request' => (object) $request->toArray(), 'wallet' => $wallet];

        return $this->logged('start', fn (): PaymentResult => PaymentResult::fromJson($this->ask('start', $call)));
    }

    /** How a stored payment stands. Reads the store, and does nothing else. */
    public function status(string $paymentRequestId): PaymentResult
    {
        return PaymentResult::fromJson($this->ask('status', ['payment_request_id' => $paymentRequestId]));
    }

    /** Waits for a stored payment, and drives it if nobody else does; one that has its result is returned as it is. */
    public function resume(string $paymentRequestId, ?float $wait = null): PaymentResult
    {
        $call = ['payment_request_id' => $paymentRequestId, 'wait_ms' => self::wait($wait)];

        return $this->logged('resume', fn (): PaymentResult => PaymentResult::fromJson($this->ask('resume', $call)));
    }

    /** Resumes every stored payment, refund and reverse that is open and that nobody drives, and returns at once. */
    public function resumeAll(): Recovery
    {
        return Recovery::fromJson($this->ask('resume_all'));
    }

    /**
     * Cancels a payment that has no result yet, and returns when it has one. A payment that was paid stays paid, and that is
     * its result; `reverse` gives the money back.
     */
    public function cancel(string $paymentRequestId, ?float $wait = null): PaymentResult
    {
        $call = ['payment_request_id' => $paymentRequestId, 'wait_ms' => self::wait($wait)];

        return $this->logged('cancel', fn (): PaymentResult => PaymentResult::fromJson($this->ask('cancel', $call)));
    }

    /** Makes sure that the customer has paid nothing: cancels the payment, and gives back what was taken. */
    public function reverse(string $paymentRequestId, ?float $wait = null): ReverseResult
    {
        $call = ['payment_request_id' => $paymentRequestId, 'wait_ms' => self::wait($wait)];

        return $this->logged('reverse', fn (): ReverseResult => ReverseResult::fromJson($this->ask('reverse', $call)));
    }

    /**
     * Gives money back for a payment of this store. A refund whose id is stored goes on, or its result is returned, if the
     * request states the same: the same call again is safe.
     */
    public function refund(string $paymentRequestId, RefundRequest $request, ?float $wait = null): RefundResult
    {
        $call = [
            'payment_request_id' => $paymentRequestId,
            'request' => (object) $request->toArray(),
            'wait_ms' => self::wait($wait),
        ];

        return $this->logged('refund', fn (): RefundResult => RefundResult::fromJson($this->ask('refund', $call)));
    }

    /** Asks the gateway about a payment, once. What it answers is not fed to the payment. */
    public function inquire(string $paymentRequestId): InquiryResponse
    {
        return InquiryResponse::fromArray(Json::object($this->ask('inquire', ['payment_request_id' => $paymentRequestId])));
    }

    /** Asks the gateway about a refund, once. AMS only. */
    public function inquireRefund(string $refundRequestId): InquiryRefundResponse
    {
        $answer = $this->ask('inquire_refund', ['refund_request_id' => $refundRequestId]);

        return InquiryRefundResponse::fromArray(Json::object($answer));
    }

    /**
     * Calls any other API of the gateway: signed, sent once, verified.
     *
     * @param array<string, mixed> $body
     */
    public function call(string $path, #[\SensitiveParameter] array $body): VerifiedResponse
    {
        return VerifiedResponse::fromJson($this->ask('call', ['path' => $path, 'body' => (object) $body]));
    }

    /**
     * Checks everything that a payment needs, and says what is wrong and what to do about it. Nothing is charged: it writes a sign
     * of life to the store and removes it again, asks the gateway about an id that nobody used, and posts an unsigned notification
     * to the notify URL, which a correct handler refuses.
     */
    public function check(): CheckReport
    {
        return CheckReport::fromArray(Json::object($this->ask('check')));
    }

    /** The alerts of this merchant's payments that nobody has acknowledged. */
    public function alerts(): Alerts
    {
        return Alerts::fromJson($this->ask('alerts'));
    }

    /** Somebody has taken care of the alert of this number. The same again changes nothing. */
    public function acknowledgeAlert(string $paymentRequestId, int $number, string $who): void
    {
        $this->ask('acknowledge_alert', ['payment_request_id' => $paymentRequestId, 'number' => $number, 'who' => $who]);
    }

    /** Enters what a person found out about a payment, or about one of its refunds, that ended as unresolved. */
    public function resolve(
        string $paymentRequestId,
        Resolved $resolved,
        string $who,
        string $note = '',
        ?string $refundRequestId = null,
    ): void {
        $this->ask('resolve', [
            'payment_request_id' => $paymentRequestId,
            'refund_request_id' => $refundRequestId,
            'resolved' => $resolved->value,
            'who' => $who,
            'note' => $note,
        ]);
    }

    /**
     * Verifies a notification, stores what it says, and tells what to answer: the one call of the endpoint. It throws no
     * AlipayException: `error` says why a notification was refused, and the answer makes the gateway send it again.
     *
     * The path is that of the merchant's notify URL, or of the one that is given; never that of the request, which a
     * stranger chooses.
     */
    public function handleNotification(ServerRequestInterface $request, ?string $notifyUrl = null): HandledNotification
    {
        return $this->handleRawNotification($request->getHeaders(), (string) $request->getBody(), $notifyUrl);
    }

    /** The same for the request that this script answers, by `$_SERVER` and `php://input`. */
    public function handleNotificationFromGlobals(?string $notifyUrl = null): HandledNotification
    {
        $body = (string) \file_get_contents('php://input');

        return $this->handleRawNotification(Headers::ofServer($_SERVER), $body, $notifyUrl);
    }

    /**
     * The same for headers and the raw body, as any other web library has them.
     *
     * @param array<string, string|array<string>> $headers
     */
    public function handleRawNotification(
        array $headers,
        #[\SensitiveParameter] string $body,
        ?string $notifyUrl = null,
    ): HandledNotification {
        $notification = null;
        try {
            // Without a clock of the merchant it is the client's, which follows that of a sandbox.
            $notification = $this->merchant->clock !== null
                ? $this->merchant->verifyNotification($headers, $body, $notifyUrl)
                : Notification::ofNative($this->native->verifyNotification($notifyUrl, Headers::flat($headers), $body));

            $handled = HandledNotification::handled($this->native->handleVerified($notification->native()), $notification);
        } catch (AlipayException $error) {
            $handled = HandledNotification::refused($error, $notification);
        }
        $this->log?->notification($handled);

        return $handled;
    }

    /** The time at the gateway in milliseconds since the epoch, by the answers that it signed; null until it is known. */
    public function gatewayTime(): ?int
    {
        return $this->native->gatewayTime();
    }

    /**
     * Takes no more calls, and gives back what this process drives, so that others go on with it at once. Not needed at the
     * end of a page, after which the process goes on by itself; what a process drives at its own end is given back too. It
     * returns when the requests that are under way were answered, after 5 seconds at the latest.
     */
    public function close(): void
    {
        $this->native->close();
    }

    /**
     * Drives what it has and takes over what nobody drives, for a number of seconds: what the worker of an `OwnStore` does all the
     * time. Other stores need no call for that.
     */
    public function work(float $seconds): void
    {
        $this->native->work((int) \round(\max(0.0, \min($seconds, 86_400.0)) * 1000.0));
    }

    /**
     * Follows a stored payment: what it shows to the customer now, and each step from then on until it has its result, or for
     * `$wait` seconds. This is how a till shows an order code. Where another process drives the payment, its steps are seen when
     * it stores them. `getReturn()` is how it stands at the end.
     *
     * @return \Generator<int, TimelineEntry, mixed, PaymentResult>
     */
    public function watch(string $paymentRequestId, ?float $wait = null): \Generator
    {
        $end = \microtime(true) + \max(0.0, $wait ?? self::PATIENCE);
        $watch = $this->native->watch($paymentRequestId);
        while (true) {
            $left = $end - \microtime(true);
            $step = $left > 0.0 ? Json::object($watch->next((int) \ceil($left * 1000.0)) ?? '[]') : [];
            if ($step === []) {
                return $this->status($paymentRequestId);
            }
            yield TimelineEntry::fromArray($step);
        }
    }

    /** Whether it was closed. */
    public function closed(): bool
    {
        return $this->native->closed();
    }

    public function __destruct()
    {
        if (!$this->endsWithPage || $this->native->closed()) {
            return;
        }
        try {
            $this->native->close();
        } catch (\Throwable) {
            // What can't be given back is taken over by others after a while.
        }
    }

    /** @return array<string, mixed> */
    public function __debugInfo(): array
    {
        return ['merchant' => $this->merchant];
    }

    private function __clone()
    {
    }

    private function sell(
        Scenario $scenario,
        Amount $amount,
        string $description,
        ?string $paymentRequestId,
        ?float $wait,
        #[\SensitiveParameter] PaymentCode|string|null $code = null,
        ?string $userAgent = null,
    ): PaymentResult {
        if ($this->shop === null) {
            $hint = 'nothing was sent; pass a Shop to the client, or a whole request to pay';

            throw AlipayException::of(ErrorCode::ConfigMissing, 'the client was made without a shop', 'shop', $hint);
        }
        $id = $paymentRequestId ?? PaymentRequestId::new($this->shop->terminal ?? '', $this->merchant->clock);
        $request = $this->shop->sale($scenario, $amount, $description, $id, $code, $userAgent);
        $call = ['request' => (object) $request->toArray(), 'wait_ms' => self::wait($wait), 'fresh' => $paymentRequestId === null];

        return $this->logged('pay', fn (): PaymentResult => PaymentResult::fromJson($this->ask('pay', $call)));
    }

    /**
     * Makes the call of this name.
     *
     * @param array<string, mixed> $arguments those that are null are left out
     */
    private function ask(string $name, #[\SensitiveParameter] array $arguments = []): string
    {
        $given = \array_filter($arguments, static fn (mixed $value): bool => $value !== null);

        return $this->native->ask($name, Json::write($given));
    }

    /**
     * @template T of PaymentResult|RefundResult|ReverseResult
     *
     * @param \Closure(): T $call
     *
     * @return T
     */
    private function logged(string $name, \Closure $call): PaymentResult|RefundResult|ReverseResult
    {
        try {
            $result = $call();
        } catch (AlipayException $error) {
            $this->log?->failed($name, $error);

            throw $error;
        }
        $this->log?->ended($name, $result);

        return $result;
    }

    private static function milliseconds(float $seconds, string $name): string
    {
        if (!($seconds > 0.0) || $seconds > 86_400.0) {
            throw AlipayException::of(ErrorCode::ConfigInvalid, "$name is not more than 0 s and at most a day", $name);
        }

        return (string) (int) \round($seconds * 1000.0);
    }

    private static function wait(?float $seconds): ?int
    {
        if ($seconds === null) {
            return null;
        }
        if (!($seconds >= 0.0)) {
            throw AlipayException::of(ErrorCode::ConfigInvalid, 'wait is negative', 'wait');
        }

        return (int) \round(\min($seconds, 86_400.0) * 1000.0);
    }
}
