<?php

// Printed by bindings-php/stubs.php: what the extension alipay_instore exports. Use the classes of the package.

namespace AlipayInstore\Native;

function amount_from_major(string $text, string $currency, ?string $rounding, string $rules): string {}

function amount_from_minor(string $text, string $currency): string {}

function amount_to_major(string $value, string $currency): string {}

function advice(string $protocol, string $operation, string $result_status, string $result_code): string {}

function read_verified(string $protocol, string $operation, string $body, string $ours): string {}

function policy(string $protocol, string $changes): string {}

function check_shop(string $text): void {}

function sale_request(string $of, string $sale): string {}

function new_payment_request_id(int $now, string $terminal): string {}

function version(): string {}

function refuse(string $code): string {}

function qr_svg(string $text): string {}

function qr_png(string $text): string {}

function qr_terminal(string $text, bool $colours): string {}

final class SigningKey
{
    public static function load(string $key): \AlipayInstore\Native\SigningKey {}
    public function bits(): int {}
    public function fingerprint(): string {}
    public function verifyingKey(): \AlipayInstore\Native\VerifyingKey {}
    public function sign(string $method, string $path, string $client_id, string $time, string $body, int $key_version): string {}
}

final class VerifyingKey
{
    public static function load(string $key): \AlipayInstore\Native\VerifyingKey {}
    public function bits(): int {}
    public function fingerprint(): string {}
    public function toPem(): string {}
    public function verify(string $header, string $method, string $path, string $client_id, string $time, string $body): void {}
}

final class PaymentCode
{
    public static function of(string $text): \AlipayInstore\Native\PaymentCode {}
    public static function fromScan(string $scanned): \AlipayInstore\Native\PaymentCode {}
    public function kind(): string {}
    public function routingNumber(): ?string {}
    public function masked(): string {}
    public function digits(): int {}
    public function expose(): string {}
}

final class Router
{
    public static function of(string $config): \AlipayInstore\Native\Router {}
    public function route(string $code): string {}
}

final class Merchant
{
    public static function of(string $settings, array $signing, array $verifying): \AlipayInstore\Native\Merchant {}
    public static function fromEnv(array $variables, string $php): \AlipayInstore\Native\Merchant {}
    public static function fromFile(string $path, string $protocol, string $php): \AlipayInstore\Native\Merchant {}
    public function standing(): string {}
    public function path(string $operation): string {}
    public function signRequest(string $path, string $body, int $now): array {}
    public function verifyResponse(string $path, array $headers, string $body): string {}
    public function verifyNotification(?string $notify_url, array $headers, string $body, int $now): \AlipayInstore\Native\Notification {}
    public function explainNotification(?string $notify_url, array $headers, string $body, string $seen, array $keys): string {}
    public function explainResponse(string $path, array $headers, string $body, string $seen, array $keys): string {}
    public function acknowledge(\AlipayInstore\Native\Notification $notification, int $now, bool $signed): string {}
}

final class Notification
{
    public function standing(): string {}
}

final class Payment
{
    public static function of(string $policy, string $payment_request_id, string $value, string $currency, string $scenario, ?int $payment_expiry_time, string $api_prefix, string $request): \AlipayInstore\Native\Payment {}
    public static function restore(string $snapshot): \AlipayInstore\Native\Payment {}
    public function handle(string $event, int $now): string {}
    public function snapshot(): string {}
    public function standing(): string {}
}

final class RefundLedger
{
    public static function of(\AlipayInstore\Native\Payment $payment): \AlipayInstore\Native\RefundLedger {}
    public static function forReverse(\AlipayInstore\Native\Payment $payment): \AlipayInstore\Native\RefundLedger {}
    public static function restore(string $snapshot): \AlipayInstore\Native\RefundLedger {}
    public function snapshot(): string {}
    public function enter(string $refund_request_id, string $value, string $currency, string $api_prefix, string $body): void {}
    public function handle(string $refund_request_id, string $event, int $now): string {}
    public function resolve(string $refund_request_id, string $resolved, string $who, string $note, int $now): void {}
    public function enterReverse(\AlipayInstore\Native\Payment $payment): void {}
    public function handleReverse(string $event, int $now): string {}
    public function standing(): string {}
}

final class Store
{
    public static function memory(): \AlipayInstore\Native\Store {}
    public static function file(string $folder): \AlipayInstore\Native\Store {}
    public static function sql(string $url, ?string $prefix, ?int $connections, bool $migrate): \AlipayInstore\Native\Store {}
    public static function ofHost(mixed $serve): \AlipayInstore\Native\Store {}
    public function purge(int $older_than, int $limit): int {}
}

final class StoreKit
{
    public static function properties(): array {}
    public static function check(string $property, mixed $serve): ?string {}
}

final class Watch
{
    public function next(int $time): ?string {}
}

final class Client
{
    public static function of(\AlipayInstore\Native\Merchant $merchant, \AlipayInstore\Native\Store $store, string $settings): \AlipayInstore\Native\Client {}
    public function now(): int {}
    public function gatewayTime(): ?int {}
    public function ask(string $name, string $arguments): string {}
    public function watch(string $id): \AlipayInstore\Native\Watch {}
    public function verifyNotification(?string $notify_url, array $headers, string $body): \AlipayInstore\Native\Notification {}
    public function handleVerified(\AlipayInstore\Native\Notification $notification): string {}
    public function work(int $time): void {}
    public function closed(): bool {}
    public function close(): void {}
}
