<?php

/** Runs vector files over the package and prints one JSON object a case; see tests/run-vectors. */

declare(strict_types=1);

use AlipayInstore\Amount;
use AlipayInstore\DirectWallet;
use AlipayInstore\Enum;
use AlipayInstore\Exception\AlipayException;
use AlipayInstore\Exception\CodeException;
use AlipayInstore\Exception\SignatureException;
use AlipayInstore\Finding;
use AlipayInstore\Merchant;
use AlipayInstore\PaymentCode;
use AlipayInstore\Reply;
use AlipayInstore\ResultCode;
use AlipayInstore\Router;
use AlipayInstore\SigningKey;
use AlipayInstore\VerifyingKey;

require_once __DIR__ . '/php/autoload.php';
require_once __DIR__ . '/vectors/machines.php';
require_once __DIR__ . '/vectors/Sends.php';
require_once __DIR__ . '/vectors/Unrunnable.php';

/** @param mixed $case */
function text(mixed $case, string $name): string
{
    $value = is_array($case) ? $case[$name] ?? null : null;

    return is_string($value) ? $value : throw new Unrunnable('config.missing');
}

/** @param array<string, mixed> $case */
function data(array $case, string $plain, string $encoded): string
{
    if (is_string($case[$plain] ?? null)) {
        return $case[$plain];
    }

    return is_string($case[$encoded] ?? null) ? base64_decode($case[$encoded], true) : '';
}

function price(mixed $amount): Amount
{
    return Amount::fromMinor(text($amount, 'value'), text($amount, 'currency'));
}

/** A word of an enumeration; one that does not exist is the error that the core gives for it. */
function word(string $enum, string $word, string $code): BackedEnum
{
    return $enum::tryFrom($word) ?? throw new Unrunnable($code);
}

function content(array $case): array
{
    return [
        'method' => text($case, 'method'),
        'path' => text($case, 'path'),
        'clientId' => text($case, 'client_id'),
        'time' => text($case, 'time'),
        'body' => data($case, 'body', 'body_base64'),
    ];
}

function sign(array $file, array $case): array
{
    $version = $case['key_version'] ?? 1;
    if (!is_int($version) || $version < 0 || $version > 0xFFFF_FFFF) {
        throw new Unrunnable('signature.key_version');
    }
    $key = SigningKey::load(text($file, 'private_key'));

    return ['signature_header' => $key->sign(...content($case), keyVersion: $version)];
}

function verify(array $file, array $case): array
{
    $key = VerifyingKey::load(text($file, 'public_key'));
    try {
        $key->verify(text($case, 'signature_header'), ...content($case));
    } catch (SignatureException $error) {
        return ['verified' => false, 'error' => $error->code];
    }

    return ['verified' => true];
}

function explain(array $file, array $case): array
{
    $keys = array_map(VerifyingKey::load(...), $file['keys'] + ['gateway' => $file['public_key']]);
    $listed = $case['gateway_keys'] ?? null;
    $merchant = Merchant::create(
        protocol: Enum\Protocol::Ams,
        clientId: text($case, 'client_id'),
        signingKey: SigningKey::load(text($file, 'private_key')),
        gatewayKey: $listed ? array_map(fn (string $name): VerifyingKey => $keys[$name], $listed) : $keys['gateway'],
        gateway: 'sea',
    );
    $headers = [];
    foreach ($case['headers'] as [$name, $value]) {
        $headers[$name][] = $value;
    }
    $others = $case['alternatives'] ?? [];
    $message = [
        'headers' => $headers,
        'body' => data($case, 'body', 'body_base64'),
        'otherClientIds' => $others['client_ids'] ?? [],
        'otherTimes' => $others['times'] ?? [],
        'otherKeys' => array_combine(
            $others['keys'] ?? [],
            array_map(fn (string $name): VerifyingKey => $keys[$name], $others['keys'] ?? []),
        ),
    ];
    $paths = $others['paths'] ?? [];
    $found = isset($case['path'])
        ? $merchant->explainResponse(...$message, path: $case['path'], otherPaths: $paths)
        : $merchant->explainNotification(...$message, notifyUrl: $case['notify_url'] ?? null, seenPaths: $paths);
    $codes = array_map(static fn (Finding $one): string => $one->code->value, $found->findings);

    return ['codes' => $codes, 'diagnosis' => plain($found)];
}

function key_(array $file, array $case): array
{
    $bytes = data($case, 'text', 'der_base64');
    $key = text($case, 'role') === 'private' ? SigningKey::load($bytes) : VerifyingKey::load($bytes);

    return ['bits' => $key->bits(), 'fingerprint' => $key->fingerprint()];
}

function amount(array $file, array $case): array
{
    [$value, $currency] = [text($case, 'text'), text($case, 'currency')];
    if (text($case, 'op') !== 'to_minor') {
        return ['value' => Amount::fromMinor($value, $currency)->toMajor()];
    }
    $rounding = $case['rounding'] ?? null;
    $price = Amount::fromMajor(
        $value,
        $currency,
        $rounding === null ? null : word(Enum\Rounding::class, $rounding, 'amount.rounding'),
        word(Enum\AmountRules::class, $case['rules'] ?? 'alipay', 'amount.rules'),
    );

    return ['value' => (string) $price->value];
}

function route(array $file, array $case): array
{
    $config = $case['router'];
    $direct = [];
    foreach ($config['direct'] ?? [] as $wallet) {
        $direct[] = new DirectWallet($wallet['wallet'], $wallet['routing_number'] ?? null, $wallet['min_length'] ?? null);
    }
    $rules = word(Enum\RoutingRules::class, $config['ruleset'] ?? 'alipay_plus', 'router.configuration');
    $route = (new Router($config['alipay_plus'] ?? true, $rules, $direct))->route(text($case, 'code'));

    return ['target' => $route->target->value, 'wallet' => $route->wallet, 'rule' => $route->rule->value];
}

function advice(array $file, array $case): array
{
    $advice = ResultCode::advice(
        Enum\Protocol::from($case['protocol']),
        Enum\Operation::from($case['operation']),
        $case['result_status'] ?? '',
        $case['result_code'] ?? '',
    );

    return ['meaning' => $advice->meaning->value];
}

function scan(array $file, array $case): array
{
    try {
        $code = PaymentCode::fromScan(data($case, 'text', 'text_base64'));
    } catch (CodeException $error) {
        return ['error' => $error->code, 'scanned_as' => $error->scannedAs?->value];
    }

    return ['value' => $code->expose(), 'kind' => $code->kind()->value, 'routing_number' => $code->routingNumber()];
}

function reading(array $file, array $case): array
{
    $ours = $case['ours'] ?? [];

    $reading = Reply::readVerified(
        Enum\Protocol::from($case['protocol']),
        Enum\Operation::from($case['operation']),
        data($case, 'body', 'body_base64'),
        isset($ours['scenario']) ? Enum\Scenario::from($ours['scenario']) : null,
        $ours['payment_request_id'] ?? null,
        isset($ours['payment_amount']) ? price($ours['payment_amount']) : null,
        $ours['refund_request_id'] ?? null,
        isset($ours['refund_amount']) ? price($ours['refund_amount']) : null,
    );

    return plain($reading);
}

/** An object of the package as the shared JSON has it. */
function plain(mixed $value): mixed
{
    if ($value instanceof BackedEnum) {
        return $value->value;
    }
    if (is_array($value)) {
        return array_map(plain(...), $value);
    }
    if (!is_object($value)) {
        return $value;
    }
    $all = [];
    foreach (get_object_vars($value) as $name => $member) {
        $all[strtolower(preg_replace('/[A-Z]/', '_$0', $name))] = plain($member);
    }

    return $all;
}

/** Equal, whatever the order of the members. */
function same(mixed $one, mixed $other): bool
{
    if (!is_array($one) || !is_array($other)) {
        return $one === $other;
    }
    if (count($one) !== count($other)) {
        return false;
    }
    foreach ($one as $name => $value) {
        if (!array_key_exists($name, $other) || !same($value, $other[$name])) {
            return false;
        }
    }

    return true;
}

/** Of these only the members that are expected are compared. */
const PARTIAL = ['verify', 'explain', 'flow', 'snapshot', 'refund', 'reverse', 'reading'];

function matches(string $kind, mixed $expected, mixed $result): bool
{
    if (in_array($kind, PARTIAL, true) && is_array($expected) && is_array($result)) {
        return same($expected, array_intersect_key($result, $expected));
    }

    return same($expected, $result);
}

function run(array $paths): int
{
    $kinds = [
        'sign' => sign(...), 'verify' => verify(...), 'explain' => explain(...), 'key' => key_(...), 'amount' => amount(...),
        'route' => route(...), 'scan' => scan(...), 'advice' => advice(...), 'reading' => reading(...),
        'flow' => flow(...), 'snapshot' => snapshot(...), 'refund' => refund(...), 'reverse' => reverse(...),
    ];
    $agreed = true;
    foreach ($paths as $path) {
        $text = @file_get_contents($path);
        $file = $text === false ? null : json_decode($text, true, 512, JSON_BIGINT_AS_STRING);
        if (!is_array($file) || ($file['schema'] ?? null) !== 1 || !is_array($file['cases'] ?? null)) {
            fwrite(STDERR, "run-vectors: $path: the file is none of schema 1 with a list of cases\n");

            return 2;
        }
        foreach ($file['cases'] as $case) {
            $kind = (string) ($case['kind'] ?? '');
            try {
                $run = $kinds[$kind] ?? throw new Unrunnable('config.invalid');
                $result = $run($file, $case);
            } catch (AlipayException $error) {
                $result = ['error' => $error->code];
            } catch (Unrunnable $error) {
                $result = ['error' => $error->getMessage()];
            }
            $line = ['name' => $case['name'] ?? '', 'result' => $result];
            echo json_encode($line, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES), "\n";
            if (array_key_exists('expected', $case) && !matches($kind, $case['expected'], $result)) {
                $agreed = false;
                $wanted = json_encode($case['expected']);
                fwrite(STDERR, "$path: {$line['name']}: expected $wanted, got " . json_encode($result) . "\n");
            }
        }
    }

    return $agreed ? 0 : 1;
}

$paths = array_slice($argv, 1);
if ($paths === []) {
    fwrite(STDERR, "usage: run_vectors.php FILE...\n");
    exit(2);
}
exit(run($paths));
