<?php

// Generated from schema/messages by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Model;

use AlipayInstore\Enum\OsType;
use AlipayInstore\Enum\TerminalType;

/** The environment of the order. Source: Alipay, pay (consumer-presented mode), order.env. */
final class Env extends Model
{
    /**
     * Every field can be left out here; what is required is checked when it is used.
     *
     * @param array<string, mixed> $extra
     */
    public function __construct(
        /** On what the merchant's side runs. */
        public readonly ?TerminalType $terminalType = null,
        /** The operating system of the customer's device. */
        public readonly ?OsType $osType = null,
        /** The User-Agent header with which the wallet opened the merchant's page. Required for an entry code. */
        public readonly ?string $userAgent = null,
        /** A token of the customer's device. At most 64 characters. */
        public readonly ?string $deviceTokenId = null,
        /** The IP address of the customer's device. At most 64 characters. */
        public readonly ?string $clientIp = null,
        /** A cookie of the customer's device. */
        public readonly ?string $cookieId = null,
        /** The till. AMS requires it for payment code and order code. */
        public readonly ?string $storeTerminalId = null,
        /** When the till sent the request, with milliseconds. Left out, it is the time of the request. */
        public readonly \DateTimeInterface|string|null $storeTerminalRequestTime = null,
        /** Information for special cases, sent as JSON text in a string. At most 2048 characters. */
        public readonly ExtendMembers|string|null $extendInfo = null,
        /** Members that are not declared here, and declared ones of another kind; written back as they are. */
        public readonly array $extra = [],
    ) {
    }

    /**
     * Reads a JSON object leniently: scalars as text, number or boolean, null as absent.
     *
     * @param array<array-key, mixed> $data
     */
    public static function fromArray(array $data): self
    {
        $in = new Reader($data);

        return new self(
            terminalType: $in->choice('terminalType', TerminalType::class),
            osType: $in->choice('osType', OsType::class),
            userAgent: $in->text('userAgent'),
            deviceTokenId: $in->text('deviceTokenId'),
            clientIp: $in->text('clientIp'),
            cookieId: $in->text('cookieId'),
            storeTerminalId: $in->text('storeTerminalId'),
            storeTerminalRequestTime: $in->text('storeTerminalRequestTime'),
            extendInfo: $in->extendInfo('extendInfo'),
            extra: $in->rest(),
        );
    }

    public function toArray(): array
    {
        $out = new Writer();
        $out->word('terminalType', $this->terminalType);
        $out->word('osType', $this->osType);
        $out->text('userAgent', $this->userAgent);
        $out->text('deviceTokenId', $this->deviceTokenId);
        $out->text('clientIp', $this->clientIp);
        $out->text('cookieId', $this->cookieId);
        $out->text('storeTerminalId', $this->storeTerminalId);
        $out->time('storeTerminalRequestTime', $this->storeTerminalRequestTime);
        $out->extendInfo('extendInfo', $this->extendInfo);

        return $out->with($this->extra);
    }

    protected function shown(): array
    {
        return ['terminalType', 'osType', 'storeTerminalId', 'storeTerminalRequestTime'];
    }
}
