<?php

/**
 * Whether the memory of a process stays flat: php -d extension=… memory.php [SIGNATURES]
 *
 * Signs, verifies, and now and then meets an error, a million times unless told otherwise. What the process holds is printed
 * ten times; between the first tenth, after which everything is in use, and the end it may not grow by more than 1 MiB.
 */

declare(strict_types=1);

use AlipayInstore\Amount;
use AlipayInstore\Exception\AlipayException;
use AlipayInstore\SigningKey;

require __DIR__ . '/php/autoload.php';

const ALLOWED = 1024;

/** What the process holds in memory, in KiB. */
function held(): int
{
    preg_match('/^VmRSS:\s+(\d+) kB$/m', (string) file_get_contents('/proc/self/status'), $found);

    return (int) $found[1];
}

$signatures = max(10, (int) ($argv[1] ?? 1_000_000));
$made = openssl_pkey_new(['private_key_bits' => 2048, 'private_key_type' => OPENSSL_KEYTYPE_RSA]);
openssl_pkey_export($made, $pem);
$key = SigningKey::load($pem);
$public = $key->verifyingKey();
$body = json_encode(['paymentRequestId' => 'P1', 'filler' => str_repeat('x', 1000)]);
[$path, $client, $time] = ['/ams/api/v1/payments/pay', 'SANDBOX_1', '1700000000000'];
[$at, $last, $begun, $errors] = [[], 0, microtime(true), 0];
for ($number = 1; $number <= $signatures; $number++) {
    $header = $key->sign($path, $client, $time, $body);
    $public->verify($header, $path, $client, $time, $body);
    if ($number % 10 === 0) {
        try {
            $public->verify($header, $path, $client, $time, "$body ");
        } catch (AlipayException) {
            $errors++;
        }
        Amount::fromMajor('19.99', 'USD');
        SigningKey::load($pem);
    }
    if ($number % intdiv($signatures, 10) === 0) {
        $at[] = $last = held();
        printf("%9d signatures, %6d errors: %d KiB, of which PHP %d KiB\n", $number, $errors, $last, memory_get_usage() / 1024);
    }
}
$grown = $last - $at[0];
$seconds = microtime(true) - $begun;
printf("memory: %d KiB more after %d signatures than after %d, in %.0f s\n", $grown, $signatures, intdiv($signatures, 10), $seconds);
exit($grown <= ALLOWED && $errors === intdiv($signatures, 10) ? 0 : 1);
