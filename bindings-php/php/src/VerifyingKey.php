<?php

declare(strict_types=1);

namespace AlipayInstore;

/** A public RSA key that verifies. */
final class VerifyingKey
{
    private function __construct(private readonly Native\VerifyingKey $native)
    {
    }

    /**
     * Reads a public key from SPKI or PKCS#1, in the same spellings as `SigningKey::load`.
     *
     * @throws Exception\KeyException whose code says what is wrong and whose hint says what to do
     */
    public static function load(#[\SensitiveParameter] string $key): self
    {
        return new self(Native\VerifyingKey::load($key));
    }

    /** The length of the modulus in bits. */
    public function bits(): int
    {
        return $this->native->bits();
    }

    /** The SHA-256 of the key's SPKI DER, in lower-case hexadecimal. */
    public function fingerprint(): string
    {
        return $this->native->fingerprint();
    }

    /** The key as SPKI PEM. */
    public function toPem(): string
    {
        return $this->native->toPem();
    }

    /**
     * Verifies a Signature header over a message, whose body is taken byte for byte.
     *
     * @throws Exception\SignatureException if it does not verify
     */
    public function verify(
        string $header,
        string $path,
        string $clientId,
        string $time,
        #[\SensitiveParameter] string $body,
        string $method = 'POST',
    ): void {
        $this->native->verify($header, $method, $path, $clientId, $time, $body);
    }

    /** @internal */
    public static function ofNative(Native\VerifyingKey $native): self
    {
        return new self($native);
    }

    /** @internal */
    public function native(): Native\VerifyingKey
    {
        return $this->native;
    }

    /** @return array<string, mixed> */
    public function __debugInfo(): array
    {
        return ['fingerprint' => $this->fingerprint(), 'bits' => $this->bits()];
    }

    private function __clone()
    {
    }
}
