<?php

declare(strict_types=1);

namespace AlipayInstore\Testing;

use AlipayInstore\Amount;
use AlipayInstore\Client;
use AlipayInstore\Enum\Protocol;
use AlipayInstore\Enum\Scenario;
use AlipayInstore\MemoryStore;
use AlipayInstore\Merchant;
use AlipayInstore\Model;
use AlipayInstore\PaymentCode;
use AlipayInstore\PaymentRequestId;
use AlipayInstore\Shop;
use AlipayInstore\SigningKey;
use AlipayInstore\Store;
use AlipayInstore\VerifyingKey;

/**
 * The sandbox gateway on this machine, for your tests: it runs the command `alipay-instore sandbox`, which has to be
 * installed, and ends it with the object.
 */
final class Sandbox
{
    /** A payment code that the gateway's wallet pays at once, as often as it is used. */
    public const PAID_AT_ONCE = '281006020000000000125733';

    /** Where the merchants of the gateway take notifications, unless told otherwise. */
    public const NOTIFY_PATH = '/alipay/notify';

    /** Such as `http://127.0.0.1:40123`. */
    public readonly string $baseUrl;
    /** The client id, which serves both protocols. */
    public readonly string $clientId;
    /** @var array{origin: int, speed: int} The clock that a client must use to live in the same time. */
    public readonly array $clock;
    /** @var resource|null */
    private $process;

    /** @param resource $process */
    private function __construct($process, public readonly string $folder, private readonly bool $temporary)
    {
        $this->process = $process;
        $settings = \json_decode((string) \file_get_contents("$folder/sandbox.json"), true, 8, \JSON_THROW_ON_ERROR);
        $this->baseUrl = $settings['base_url'];
        $this->clientId = $settings['client_id'];
        $this->clock = ['origin' => $settings['clock_origin_ms'], 'speed' => $settings['speed']];
    }

    /**
     * Starts it and waits until it answers. Its clock runs `$speed` times as fast as real time, and so does that of the
     * clients that it makes.
     *
     * @param list<string> $options more of the command, such as `--every-code-once`
     */
    public static function start(
        int $speed = 1,
        ?string $folder = null,
        array $options = [],
        ?string $command = null,
    ): self {
        $command ??= \getenv('ALIPAY_INSTORE_COMMAND') ?: 'alipay-instore';
        $in = $folder ?? \sys_get_temp_dir() . '/alipay-sandbox-' . \bin2hex(\random_bytes(8));
        if (!\is_dir($in) && !\mkdir($in, 0700, true)) {
            throw new \RuntimeException("$in can't be made");
        }
        @\unlink("$in/sandbox.json");
        $line = [$command, 'sandbox', '--data-dir', $in, '--speed', (string) $speed, ...$options];
        $output = ["$in/sandbox.log", 'a'];
        $process = \proc_open($line, [1 => ['file', ...$output], 2 => ['file', ...$output]], $pipes);
        if (!\is_resource($process)) {
            throw new \RuntimeException("$command can't be started");
        }
        for ($tries = 0; $tries < 600 && \proc_get_status($process)['running']; $tries++) {
            // It is written in one piece, once requests are answered.
            if (\is_file("$in/sandbox.json")) {
                return new self($process, $in, $folder === null);
            }
            \usleep(50_000);
        }
        \proc_terminate($process);

        throw new \RuntimeException("the sandbox did not start; $in/sandbox.log says why");
    }

    /** Ends it, and removes its folder if that was made for it. */
    public function stop(): void
    {
        if ($this->process === null) {
            return;
        }
        \proc_terminate($this->process);
        \proc_close($this->process);
        $this->process = null;
        if ($this->temporary) {
            \array_map(\unlink(...), \glob($this->folder . '/*') ?: []);
            @\rmdir($this->folder);
        }
    }

    public function __destruct()
    {
        $this->stop();
    }

    /** The merchant that the gateway knows, with this notify URL. */
    public function merchant(Protocol $protocol = Protocol::Ams, string $notifyUrl = self::NOTIFY_PATH): Merchant
    {
        return Merchant::create(
            protocol: $protocol,
            clientId: $this->clientId,
            signingKey: SigningKey::load((string) \file_get_contents("$this->folder/merchant_private_key.pem")),
            gatewayKey: VerifyingKey::load((string) \file_get_contents("$this->folder/gateway_public_key.pem")),
            gateway: $this->baseUrl,
            notifyUrl: $notifyUrl,
        );
    }

    /** A client of this gateway, on its clock; without a store it keeps payments in memory. */
    public function client(
        Protocol $protocol = Protocol::Ams,
        ?Store $store = null,
        string $notifyUrl = self::NOTIFY_PATH,
        ?Shop $shop = null,
    ): Client {
        return new Client(
            $this->merchant($protocol, $notifyUrl),
            $store ?? new MemoryStore(),
            notifyUrlConfigured: true,
            shop: $shop,
            clock: $this->clock,
        );
    }

    /** A request that both protocols take, to be changed where a test needs it. */
    public static function payRequest(
        string $price = '19.99',
        string $currency = 'USD',
        ?string $code = self::PAID_AT_ONCE,
        ?string $paymentRequestId = null,
        ?string $notifyUrl = null,
    ): Model\PayRequest {
        return new Model\PayRequest(
            paymentRequestId: $paymentRequestId ?? PaymentRequestId::new('TEST'),
            paymentNotifyUrl: $notifyUrl,
            paymentFactor: new Model\PaymentFactor(
                inStorePaymentScenario: $code === null ? Scenario::OrderCode : Scenario::PaymentCode,
            ),
            paymentAmount: Amount::fromMajor($price, $currency),
            paymentMethod: new Model\PaymentMethod(
                paymentMethodType: 'CONNECT_WALLET',
                paymentMethodId: $code === null ? null : new PaymentCode($code),
            ),
            settlementStrategy: new Model\SettlementStrategy(settlementCurrency: $currency),
            order: new Model\Order(
                referenceOrderId: 'ORDER-1',
                orderDescription: 'Two coffees',
                merchant: new Model\OrderMerchant(
                    referenceMerchantId: 'M1',
                    merchantMcc: '5814',
                    merchantName: 'Coffee House',
                    merchantDisplayName: 'Coffee House',
                    merchantAddress: new Model\Address(region: 'SG', city: 'Singapore'),
                    store: new Model\OrderStore(
                        referenceStoreId: 'S1',
                        storeName: 'Harbour',
                        storeMcc: '5814',
                        storeTerminalId: 'TILL7',
                    ),
                ),
                env: new Model\Env(storeTerminalId: 'TILL7', userAgent: 'Mozilla/5.0'),
            ),
        );
    }

    /** A payment code that chooses a behaviour and was not used before, such as `paid_after_inquiries`. */
    public function freshCode(string $behaviour = 'paid_at_once'): string
    {
        return (string) $this->http('GET', '/sandbox/codes?behaviour=' . \rawurlencode($behaviour))['code'];
    }

    /** @return array<array-key, mixed> the ledger: payments, refunds and notifications */
    public function ledger(): array
    {
        return $this->http('GET', '/sandbox/ledger');
    }

    /** @return array<array-key, mixed>|null what the ledger says about a payment */
    public function payment(string $paymentRequestId): ?array
    {
        foreach ($this->ledger()['payments'] as $payment) {
            if ($payment['payment_request_id'] === $paymentRequestId) {
                return $payment;
            }
        }

        return null;
    }

    /**
     * Tells the customer of an order code or entry code what to do: by a plan, such as `never`, or now: `pay`, `fail`, `scan`.
     */
    public function customer(string $paymentRequestId, ?string $plan = null, ?string $does = null): void
    {
        $wanted = \array_filter(['plan' => $plan, 'does' => $does], static fn (?string $one): bool => $one !== null);
        $this->http('POST', '/sandbox/customers/' . \rawurlencode($paymentRequestId), $wanted);
    }

    /** Lets something go wrong ahead of time, such as `reply_lost` of `pay`. */
    public function inject(string $fault, ?string $operation = null, int $times = 1): void
    {
        $wanted = ['fault' => $fault, 'times' => $times, 'operation' => $operation];
        $this->http('POST', '/sandbox/faults', \array_filter($wanted, static fn (mixed $one): bool => $one !== null));
    }

    /**
     * A notification with the gateway's real signature, to be posted to an endpoint of yours.
     *
     * @param array<string, mixed> $body
     *
     * @return array{headers: array<string, string>, body: string}
     */
    public function notification(array $body, string $path = self::NOTIFY_PATH): array
    {
        $raw = \json_encode($body, \JSON_THROW_ON_ERROR | \JSON_UNESCAPED_SLASHES | \JSON_UNESCAPED_UNICODE);
        $time = (string) $this->now();
        $key = SigningKey::load((string) \file_get_contents("$this->folder/gateway_private_key.pem"));

        return [
            'headers' => [
                'Content-Type' => 'application/json; charset=UTF-8',
                'Client-Id' => $this->clientId,
                'Request-Time' => $time,
                'Signature' => $key->sign($path, $this->clientId, $time, $raw),
            ],
            'body' => $raw,
        ];
    }

    /** @return list<string> what can be wrong with a notification, by name, such as `unsigned` */
    public function wrongNotifications(): array
    {
        return \array_values(\array_column($this->http('GET', '/sandbox/notices'), 'wrong'));
    }

    /**
     * What the gateway would say of a payment, of 19.99 USD unless an amount is given: correct, or `$wrong` on purpose. A
     * handler has to refuse every wrong one.
     *
     * @return array{headers: array<string, string>, body: string}
     */
    public function notificationOf(
        string $paymentRequestId,
        ?Amount $amount = null,
        bool $paid = true,
        Protocol $protocol = Protocol::Ams,
        string $path = self::NOTIFY_PATH,
        ?string $wrong = null,
    ): array {
        $amount ??= Amount::fromMajor('19.99', 'USD');
        $made = $this->http('POST', '/sandbox/notices', [
            'payment_request_id' => $paymentRequestId,
            'currency' => $amount->currency,
            'value' => (string) $amount->value,
            'paid' => $paid,
            'protocol' => $protocol->value,
            'path' => $path,
            'wrong' => $wrong,
        ]);

        return ['headers' => $made['headers'], 'body' => $made['body']];
    }

    /** The gateway's time, in milliseconds since the epoch. */
    public function now(): int
    {
        $now = (int) (new \DateTimeImmutable())->format('Uv');

        return $this->clock['origin'] + ($now - $this->clock['origin']) * $this->clock['speed'];
    }

    /**
     * @param array<string, mixed>|null $body
     *
     * @return array<array-key, mixed>
     */
    private function http(string $method, string $path, ?array $body = null): array
    {
        $context = \stream_context_create(['http' => [
            'method' => $method,
            'header' => 'Content-Type: application/json',
            'content' => $body === null ? '' : \json_encode($body, \JSON_THROW_ON_ERROR),
            'timeout' => 10,
        ]]);
        $text = \file_get_contents($this->baseUrl . $path, false, $context);
        $read = \is_string($text) && $text !== '' ? \json_decode($text, true, 64, \JSON_THROW_ON_ERROR) : [];

        return \is_array($read) ? $read : [];
    }
}
