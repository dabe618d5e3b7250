<?php

/** How long one call takes: `php -d extension=… calls.php FOLDER [SDK]`, where SDK is a clone of the official SDK. */

declare(strict_types=1);

use AlipayInstore\Amount;
use AlipayInstore\Enum\Protocol;
use AlipayInstore\Merchant;
use AlipayInstore\Router;
use AlipayInstore\SigningKey;
use AlipayInstore\VerifyingKey;
use Client\SignatureTool;

require __DIR__ . '/questions.php';
require __DIR__ . '/../../bindings-php/php/autoload.php';

$folder = $argv[1];
$read = static fn (string $name): string => (string) file_get_contents("$folder/$name");
$messages = json_decode($read('messages.json'), true, 16, JSON_THROW_ON_ERROR);
[$clientId, $time] = [(string) $messages['client_id'], (string) $messages['now_ms']];
[$path, $notifyPath, $header] = [$messages['path'], $messages['notify_path'], $messages['signature']];
[$request, $notification] = [$read('request.json'), $read('notification.json')];
[$privatePem, $publicPem] = [$read('merchant_private.pem'), $read('gateway_public.pem')];

[$signing, $verifying] = [SigningKey::load($privatePem), VerifyingKey::load($publicPem)];
// Parsed once, as ours are.
[$private, $public] = [openssl_pkey_get_private($privatePem), openssl_pkey_get_public($publicPem)];
$merchant = Merchant::create(
    protocol: Protocol::Ams,
    clientId: $clientId,
    signingKey: $signing,
    gatewayKey: $verifying,
    gateway: $messages['base_url'],
    notifyUrl: $notifyPath,
);
$headers = ['Client-Id' => $clientId, 'Request-Time' => $time, 'Signature' => $header];
$router = new Router();
$opensslSign = static function () use ($path, $clientId, $time, $request, $private): string {
    openssl_sign("POST $path\n$clientId.$time.$request", $signature, $private, OPENSSL_ALGO_SHA256);

    return 'algorithm=RSA256,keyVersion=1,signature=' . rawurlencode(base64_encode($signature));
};
$opensslVerify = static function () use ($notifyPath, $clientId, $time, $notification, $public, $header): void {
    $signature = base64_decode(rawurldecode(explode('signature=', $header)[1]));
    if (openssl_verify("POST $notifyPath\n$clientId.$time.$notification", $signature, $public, OPENSSL_ALGO_SHA256) !== 1) {
        throw new RuntimeException('it does not verify');
    }
};
$ours = static fn (): string => $signing->sign($path, $clientId, $time, $request);
if ($ours() !== $opensslSign()) {
    throw new RuntimeException('the two signatures differ');
}
$measures = [
    'sign' => timed($ours),
    'verify' => timed(static fn () => $verifying->verify($header, $notifyPath, $clientId, $time, $notification)),
    'openssl_sign' => timed($opensslSign),
    'openssl_verify' => timed($opensslVerify),
    'sign_request' => timed(static fn () => $merchant->signRequest($path, $request)),
    'verify_notification' => timed(
        static fn () => $merchant->verifyNotification($headers, $notification, now: (int) $time),
    ),
    'route' => timed(static fn () => $router->route('281006020000000000125733')),
    'amount' => timed(static fn () => Amount::fromMajor('19.99', 'USD')),
];
if (isset($argv[2])) {
    require "$argv[2]/client/SignatureTool.php";
    // It takes keys only as base64, and an RSA key as PKCS#1.
    openssl_pkey_export($private, $pkcs8);
    $bare = static fn (string $pem): string => (string) preg_replace('/-----[^-]+-----|\s/', '', $pem);
    $pkcs1 = base64_encode(substr((string) base64_decode($bare($pkcs8)), 26));
    $spki = $bare($publicPem);
    $value = explode('signature=', $header)[1];
    $measures['official_sign'] = timed(
        static fn () => SignatureTool::sign('POST', $path, $clientId, $time, $request, $pkcs1),
    );
    $verify = static function () use ($notifyPath, $clientId, $time, $notification, $value, $spki): void {
        if (SignatureTool::verify('POST', $notifyPath, $clientId, $time, $notification, $value, $spki) !== 1) {
            throw new RuntimeException('it does not verify');
        }
    };
    $measures['official_verify'] = timed($verify);
    if (!str_ends_with($ours(), SignatureTool::sign('POST', $path, $clientId, $time, $request, $pkcs1))) {
        throw new RuntimeException("the SDK's signature differs");
    }
}
answerEach($measures);
