<?php

declare(strict_types=1);

namespace AlipayInstore;

use AlipayInstore\Enum\Operation;
use AlipayInstore\Enum\Protocol;
use Psr\Clock\ClockInterface;

/** One merchant at one gateway: who we are, with which keys. It signs and verifies. */
final class Merchant
{
    /** The protocol of the gateway. */
    public readonly Protocol $protocol;
    public readonly string $clientId;
    /** The version of the key that signs. */
    public readonly int $keyVersion;
    /** The gateway's base URL. */
    public readonly string $gateway;
    /** Whether this merchant plays: its client id is one of the sandbox, or its gateway runs on this machine. */
    public readonly bool $isSandbox;
    /** Where the gateway posts notifications: the public URL, or its path. */
    public readonly ?string $notifyUrl;
    /** What the paths of the gateway begin with. */
    public readonly string $apiPrefix;

    private function __construct(
        private readonly Native\Merchant $native,
        /** What tells the time instead of the system; see `withClock`. */
        public readonly ?ClockInterface $clock = null,
    ) {
        $data = Json::object($native->standing());
        $this->protocol = Protocol::from(Json::text($data, 'protocol'));
        $this->clientId = Json::text($data, 'client_id');
        $this->keyVersion = Json::integer($data, 'key_version');
        $this->gateway = Json::text($data, 'gateway');
        $this->isSandbox = Json::flag($data, 'is_sandbox');
        $this->notifyUrl = Json::optionalText($data, 'notify_url');
        $this->apiPrefix = Json::text($data, 'api_prefix');
    }

    /**
     * `$gateway` is a region (`na`, `sea`, `eu`, `us` …; see `Enum\Region`) or a base URL. Keys are one key, or several by
     * their versions, of which that of `$keyVersion` signs. Plain http is for the loopback interface unless it is allowed.
     *
     * `$notifyUrl` is where the gateway posts notifications: the public URL, as the gateway knows it, or its path.
     * Notifications are verified over its path, whatever a proxy in front of PHP makes of the path. A request
     * to pay that names no notify URL is sent with this one, if it is a URL.
     *
     * @param SigningKey|array<int, SigningKey> $signingKey
     * @param VerifyingKey|array<int, VerifyingKey> $gatewayKey
     * @param int|null $notificationMaxAge milliseconds
     * @param int|null $notificationMaxAhead milliseconds
     *
     * @throws Exception\ConfigurationException
     */
    public static function create(
        Protocol $protocol,
        string $clientId,
        SigningKey|array $signingKey,
        VerifyingKey|array $gatewayKey,
        string $gateway,
        ?int $keyVersion = null,
        #[\SensitiveParameter] ?string $agentToken = null,
        ?string $userAgent = null,
        ?string $notifyUrl = null,
        ?int $notificationMaxAge = null,
        ?int $notificationMaxAhead = null,
        bool $allowHttpGateway = false,
        bool $allowHttpNotify = false,
    ): self {
        $settings = [
            'protocol' => $protocol->value,
            'client_id' => $clientId,
            'gateway' => $gateway,
            'key_version' => self::written($keyVersion),
            'agent_token' => $agentToken,
            'user_agent' => $userAgent,
            'notify_url' => $notifyUrl,
            'max_age_ms' => self::written($notificationMaxAge),
            'max_ahead_ms' => self::written($notificationMaxAhead),
            'allow_http_gateway' => $allowHttpGateway,
            'allow_http_notify' => $allowHttpNotify,
            'php' => self::php(),
        ];
        $signing = [];
        foreach ($signingKey instanceof SigningKey ? ['' => $signingKey] : $signingKey as $version => $key) {
            $signing[(string) $version] = $key->native();
        }
        $verifying = [];
        foreach ($gatewayKey instanceof VerifyingKey ? ['' => $gatewayKey] : $gatewayKey as $version => $key) {
            $verifying[(string) $version] = $key->native();
        }
        $given = \array_filter($settings, static fn (string|bool|null $value): bool => $value !== null);

        return new self(Native\Merchant::of(Json::write($given), $signing, $verifying));
    }

    /**
     * The arguments of `create` by their names, such as a configuration file has them; keys may be texts.
     *
     * @param array<string, mixed> $settings
     *
     * @throws Exception\ConfigurationException|Exception\KeyException
     */
    public static function fromArray(#[\SensitiveParameter] array $settings): self
    {
        $settings['protocol'] = \is_string($settings['protocol'] ?? null)
            ? Protocol::from($settings['protocol'])
            : $settings['protocol'] ?? null;
        if (\is_string($settings['signingKey'] ?? null)) {
            $settings['signingKey'] = SigningKey::load($settings['signingKey']);
        }
        if (\is_string($settings['gatewayKey'] ?? null)) {
            $settings['gatewayKey'] = VerifyingKey::load($settings['gatewayKey']);
        }

        return self::create(...$settings);
    }

    /**
     * Reads `ALIPAY_INSTORE_PROTOCOL`, `_CLIENT_ID`, `_GATEWAY`, `_SIGNING_KEY` (or `_SIGNING_KEY_FILE`), `_GATEWAY_KEY`,
     * `_NOTIFY_URL` and what docs/cli.md lists. An error names the variable, never its value.
     *
     * @param array<string, string>|null $variables instead of the environment
     *
     * @throws Exception\ConfigurationException|Exception\KeyException
     */
    public static function fromEnv(#[\SensitiveParameter] ?array $variables = null): self
    {
        $ours = [];
        foreach ($variables ?? \getenv() as $name => $value) {
            if (\str_starts_with($name, 'ALIPAY_INSTORE_')) {
                $ours[$name] = $value;
            }
        }

        return new self(Native\Merchant::fromEnv($ours, self::php()));
    }

    /**
     * Reads the `sandbox.json` that the sandbox gateway writes beside its keys.
     *
     * @throws Exception\ConfigurationException|Exception\KeyException
     */
    public static function fromFile(string $path, Protocol $protocol = Protocol::Ams): self
    {
        return new self(Native\Merchant::fromFile($path, $protocol->value, self::php()));
    }

    /**
     * The same merchant with a PSR-20 clock. It tells the time of the requests and answers that this object signs, whether a
     * notification is too old, and what is in the ids that a client of this merchant makes.
     *
     * It does not tell the time of a payment: its deadlines, and the requests that a client sends, follow the system's clock,
     * since threads of the process see to them while no PHP runs.
     */
    public function withClock(ClockInterface $clock): self
    {
        return new self($this->native, $clock);
    }

    /** The path of an operation for this client id, such as `/ams/api/v1/payments/pay`. */
    public function path(Operation $operation): string
    {
        return $this->native->path($operation->value);
    }

    /**
     * Signs a request for one of the gateway's paths, to be sent by an HTTP client of your own.
     *
     * @param string|array<string, mixed> $body
     */
    public function signRequest(
        string $path,
        #[\SensitiveParameter] string|array $body,
        ?int $now = null,
    ): SignedRequest {
        $raw = \is_array($body) ? Json::write($body) : $body;
        [$head, $signed] = $this->native->signRequest($path, $raw, $now ?? Time::now($this->clock));
        $data = Json::object($head);

        return new SignedRequest(
            Json::text($data, 'url'),
            Json::text($data, 'path'),
            Json::texts($data, 'headers'),
            $signed,
        );
    }

    /**
     * Verifies the response to a request of this path. The body is the bytes that arrived.
     *
     * @param array<string, string|array<string>> $headers
     *
     * @throws Exception\SignatureException|Exception\MessageException
     */
    public function verifyResponse(
        string $path,
        array $headers,
        #[\SensitiveParameter] string $body,
    ): VerifiedResponse {
        return VerifiedResponse::fromJson($this->native->verifyResponse($path, Headers::flat($headers), $body));
    }

    /**
     * Verifies a notification over the path of the merchant's notify URL, or of the one that is given. Never pass what the
     * web server says about the request: a stranger chooses it.
     *
     * @param array<string, string|array<string>> $headers
     * @param int|null $now milliseconds since the epoch
     *
     * @throws Exception\SignatureException|Exception\MessageException
     */
    public function verifyNotification(
        array $headers,
        #[\SensitiveParameter] string $body,
        ?string $notifyUrl = null,
        ?int $now = null,
    ): Notification {
        $native = $this->native->verifyNotification($notifyUrl, Headers::flat($headers), $body, $now ?? Time::now($this->clock));

        return Notification::ofNative($native);
    }

    /**
     * Says why a notification does not verify, for a person or a log; decides nothing.
     *
     * `$seenPaths` are paths as the web server saw them: they show what a proxy did to the path. `$otherKeys` are keys by a
     * name for them, such as those of the sandbox.
     *
     * @param array<string, string|array<string>> $headers
     * @param list<string> $seenPaths
     * @param list<string> $otherClientIds
     * @param list<string> $otherTimes
     * @param array<string, VerifyingKey> $otherKeys
     */
    public function explainNotification(
        array $headers,
        #[\SensitiveParameter] string $body,
        ?string $notifyUrl = null,
        array $seenPaths = [],
        array $otherClientIds = [],
        array $otherTimes = [],
        array $otherKeys = [],
    ): Diagnosis {
        $seen = ['paths' => $seenPaths, 'client_ids' => $otherClientIds, 'times' => $otherTimes];
        $keys = \array_map(static fn (VerifyingKey $key): Native\VerifyingKey => $key->native(), $otherKeys);
        $flat = Headers::flat($headers);
        $json = $this->native->explainNotification($notifyUrl, $flat, $body, Json::write($seen), $keys);

        return Diagnosis::fromArray(Json::object($json));
    }

    /**
     * Says why a response does not verify, for a person or a log; decides nothing.
     *
     * @param array<string, string|array<string>> $headers
     * @param list<string> $otherPaths
     * @param list<string> $otherClientIds
     * @param list<string> $otherTimes
     * @param array<string, VerifyingKey> $otherKeys
     */
    public function explainResponse(
        string $path,
        array $headers,
        #[\SensitiveParameter] string $body,
        array $otherPaths = [],
        array $otherClientIds = [],
        array $otherTimes = [],
        array $otherKeys = [],
    ): Diagnosis {
        $seen = ['paths' => $otherPaths, 'client_ids' => $otherClientIds, 'times' => $otherTimes];
        $keys = \array_map(static fn (VerifyingKey $key): Native\VerifyingKey => $key->native(), $otherKeys);
        $flat = Headers::flat($headers);
        $json = $this->native->explainResponse($path, $flat, $body, Json::write($seen), $keys);

        return Diagnosis::fromArray(Json::object($json));
    }

    /** Acknowledges a notification that was verified and stored, whatever result it brought. */
    public function acknowledge(Notification $notification, ?int $now = null, bool $signed = true): Acknowledgement
    {
        $answer = $this->native->acknowledge($notification->native(), $now ?? Time::now($this->clock), $signed);

        return Acknowledgement::fromArray(Json::object($answer));
    }

    /** @internal */
    public function native(): Native\Merchant
    {
        return $this->native;
    }

    /** @return array<string, mixed> */
    public function __debugInfo(): array
    {
        $shown = \get_object_vars($this);
        unset($shown['native'], $shown['clock']);

        return $shown;
    }

    private function __clone()
    {
    }

    private static function php(): string
    {
        return \PHP_MAJOR_VERSION . '.' . \PHP_MINOR_VERSION . '.' . \PHP_RELEASE_VERSION;
    }

    private static function written(?int $number): ?string
    {
        return $number === null ? null : (string) $number;
    }
}
