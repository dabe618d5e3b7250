<?php

declare(strict_types=1);

namespace AlipayInstore;

/** A private RSA key that signs. It can't be cloned, serialized or printed. */
final class SigningKey
{
    private function __construct(private readonly Native\SigningKey $native)
    {
    }

    /**
     * Reads a private key from PKCS#8 or PKCS#1, as PEM, DER or bare base64, in every format that gets pasted.
     *
     * @throws Exception\KeyException whose code says what is wrong and whose hint says what to do
     */
    public static function load(#[\SensitiveParameter] string $key): self
    {
        return new self(Native\SigningKey::load($key));
    }

    /** The length of the modulus in bits. */
    public function bits(): int
    {
        return $this->native->bits();
    }

    /** The SHA-256 of the public half's SPKI DER, in lower-case hexadecimal. */
    public function fingerprint(): string
    {
        return $this->native->fingerprint();
    }

    /** The public half. */
    public function verifyingKey(): VerifyingKey
    {
        return VerifyingKey::ofNative($this->native->verifyingKey());
    }

    /**
     * Signs a message and gives the value of its Signature header. The body is signed byte for byte.
     *
     * @throws Exception\SignatureException
     */
    public function sign(
        string $path,
        string $clientId,
        string $time,
        #[\SensitiveParameter] string $body,
        int $keyVersion = 1,
        string $method = 'POST',
    ): string {
        return $this->native->sign($method, $path, $clientId, $time, $body, $keyVersion);
    }

    /** @internal */
    public function native(): Native\SigningKey
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
