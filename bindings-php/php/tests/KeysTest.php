<?php

declare(strict_types=1);

namespace AlipayInstore\Tests;

use AlipayInstore\Exception\KeyException;
use AlipayInstore\Exception\SignatureException;
use AlipayInstore\SigningKey;
use AlipayInstore\VerifyingKey;
use PHPUnit\Framework\TestCase;

final class KeysTest extends TestCase
{
    private const BODY = '{"paymentRequestId":"P1"}';

    /** @return array{string, string} a private key and its public half, made by PHP's own OpenSSL */
    private static function pair(): array
    {
        $key = \openssl_pkey_new(['private_key_bits' => 2048, 'private_key_type' => \OPENSSL_KEYTYPE_RSA]);
        self::assertNotFalse($key);
        \openssl_pkey_export($key, $private);
        $details = \openssl_pkey_get_details($key);
        self::assertIsArray($details);

        return [$private, $details['key']];
    }

    public function testOpensslVerifiesWhatIsSigned(): void
    {
        [$private, $public] = self::pair();
        $header = SigningKey::load($private)->sign('/v1/pay', 'C1', '1700000000000', self::BODY, 3);
        self::assertSame(1, \preg_match('/^algorithm=RSA256, ?keyVersion=3, ?signature=(.+)$/', $header, $found));
        $signature = \base64_decode(\rawurldecode($found[1]), true);
        $content = "POST /v1/pay\nC1.1700000000000." . self::BODY;
        self::assertSame(1, \openssl_verify($content, (string) $signature, $public, \OPENSSL_ALGO_SHA256));
    }

    public function testWhatOpensslSignedVerifiesAndNothingElse(): void
    {
        [$private, $public] = self::pair();
        \openssl_sign("POST /v1/pay\nC1.1700000000000." . self::BODY, $signature, $private, \OPENSSL_ALGO_SHA256);
        $header = 'algorithm=RSA256,keyVersion=1,signature=' . \rawurlencode(\base64_encode($signature));
        $key = VerifyingKey::load($public);
        $key->verify($header, '/v1/pay', 'C1', '1700000000000', self::BODY);
        $this->expectException(SignatureException::class);
        $key->verify($header, '/v1/pay', 'C1', '1700000000000', self::BODY . ' ');
    }

    public function testAnErrorHasCodeAndHintAndNotTheKey(): void
    {
        $secret = '-----BEGIN PRIVATE KEY-----' . \str_repeat('QUJDRA', 40);
        $before = \ini_set('zend.exception_ignore_args', '0');
        try {
            SigningKey::load($secret);
        } catch (KeyException $error) {
            self::assertSame($error->code, $error->getCode());
            self::assertSame('key', \explode('.', $error->code)[0]);
            self::assertNotSame('', $error->hint);
            self::assertFalse($error->mayHaveCharged);
            $ours = static fn (array $frame): bool => \str_starts_with($frame['class'] ?? $frame['function'], 'AlipayInstore');
            $frames = \array_filter($error->getTrace(), $ours);
            self::assertNotEmpty($frames);
            self::assertStringNotContainsString('QUJDRA', \json_encode($frames) . $error->getMessage());

            return;
        } finally {
            \ini_set('zend.exception_ignore_args', (string) $before);
        }
        self::fail('the key was accepted');
    }

    public function testBytesThatAreNotTextAreAnError(): void
    {
        $this->expectException(KeyException::class);
        VerifyingKey::load("\xff\x00\xfe");
    }

    public function testAnEmptyKeyIsAnError(): void
    {
        $this->expectException(KeyException::class);
        SigningKey::load('');
    }

    public function testAKeyIsNotPrintedClonedOrSerialized(): void
    {
        [$private] = self::pair();
        $key = SigningKey::load($private);
        $shown = \print_r($key, true) . \var_export($key->fingerprint(), true);
        self::assertStringContainsString($key->verifyingKey()->fingerprint(), $shown);
        self::assertStringNotContainsString('PRIVATE', $shown);
        foreach ([static fn () => \serialize($key), static fn () => clone $key] as $copy) {
            try {
                $copy();
                self::fail('the key was copied');
            } catch (\Exception | \Error $error) {
                self::assertStringNotContainsString('PRIVATE', $error->getMessage());
            }
        }
    }

    public function testTheNativeKeyIsNotClonedOrMade(): void
    {
        [$private] = self::pair();
        $native = SigningKey::load($private)->native();
        $this->expectException(\Error::class);
        $copy = clone $native;
        self::fail($copy->fingerprint());
    }

    public function testAPublicKeyIsWrittenAsPem(): void
    {
        [, $public] = self::pair();
        self::assertSame(\trim($public), \trim(VerifyingKey::load($public)->toPem()));
        self::assertSame(2048, VerifyingKey::load($public)->bits());
    }
}
