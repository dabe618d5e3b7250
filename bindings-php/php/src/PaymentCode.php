<?php

declare(strict_types=1);

namespace AlipayInstore;

use AlipayInstore\Enum\CodeKind;

/** A scanned payment code: checked once, masked wherever it is printed. It can't be cloned or serialized. */
final class PaymentCode implements \Stringable
{
    private readonly Native\PaymentCode $native;

    /** @throws Exception\CodeException for a text that is not a payment code */
    public function __construct(#[\SensitiveParameter] string $code)
    {
        $this->native = Native\PaymentCode::of($code);
    }

    /**
     * Reads what a scanner delivered: without an AIM identifier such as `]C1` and control characters around the code, with
     * groups of four joined, up to the first line end.
     *
     * @throws Exception\CodeException whose `scannedAs` says what was probably scanned
     */
    public static function fromScan(#[\SensitiveParameter] string $scanned): self
    {
        return new self(Native\PaymentCode::fromScan($scanned)->expose());
    }

    /** The form of the code. It does not tell the wallet. */
    public function kind(): CodeKind
    {
        return CodeKind::from($this->native->kind());
    }

    /** The routing number of a code of 24 digits, its fourth to sixth digit; null for every other length. */
    public function routingNumber(): ?string
    {
        return $this->native->routingNumber();
    }

    /** The first two and the last two digits, with an asterisk for each digit between them. */
    public function masked(): string
    {
        return $this->native->masked();
    }

    /** How many digits the code has. */
    public function digits(): int
    {
        return $this->native->digits();
    }

    /** The code itself, for the request body and nothing else. */
    public function expose(): string
    {
        return $this->native->expose();
    }

    public function __toString(): string
    {
        return $this->masked();
    }

    /** @return array<string, mixed> */
    public function __debugInfo(): array
    {
        return ['masked' => $this->masked()];
    }

    private function __clone()
    {
    }
}
