<?php

/**
 * A shop whose processes are killed: php crash_test.php SALES KILLS
 *
 * Sales go through nginx and the children of PHP-FPM while children are killed at random, pages run into their time limit,
 * and the gateway posts its notifications. At the end every payment agrees with the gateway's ledger, and no page has shown
 * an error for a sale that was paid. It fails where fewer children were killed, or fewer pages than a tenth of the sales
 * reached their time limit. The payments are in the database that ALIPAY_TEST_MARIADB names, or in SQLite.
 */

declare(strict_types=1);

use AlipayInstore\PaymentRequestId;
use AlipayInstore\Tests\Stack;

require_once __DIR__ . '/php/tests/bootstrap.php';

/** What customers and networks do; the last two end without money. */
const BEHAVIOURS = ['paid_at_once', 'paid_after_inquiries', 'reply_lost_but_paid', 'balance_too_low', 'risk_reject'];
const TILLS = 4;

/** @return array<string, mixed> what the page shows; nothing if it broke off */
function page(int $port, string $method, string $query, string $body = ''): array
{
    $context = stream_context_create(['http' => [
        'method' => $method,
        'header' => 'Content-Type: application/x-www-form-urlencoded',
        'content' => $body,
        'ignore_errors' => true,
        'timeout' => 60,
    ]]);
    $text = @file_get_contents("http://127.0.0.1:$port/till$query", false, $context);
    $json = json_decode((string) $text, true);

    return is_array($json) ? $json : [];
}

/** One till: prints a line for each sale when it is over. */
function till(int $port, string $base, int $sales, int $number): void
{
    for ($sale = 0; $sale < $sales; $sale++) {
        $behaviour = BEHAVIOURS[($sale + $number) % count(BEHAVIOURS)];
        $codes = json_decode((string) file_get_contents("$base/sandbox/codes?behaviour=$behaviour"), true);
        $id = PaymentRequestId::new('TILL7');
        $form = ['id' => $id, 'code' => $codes['code'], 'amount' => '19.99', 'wait' => '5'];
        // About half of these pages live until their time limit; the others are killed before.
        if ($sale % 3 === 1) {
            $form['burn'] = '1';
        }
        $shown = [];
        $answer = page($port, 'POST', '', http_build_query($form));
        for ($tries = 0; $tries < 600; $tries++) {
            $error = $answer['error'] ?? null;
            if ($error === 'request.unknown_payment') {
                // The process died before the sale was stored: the page is sent again with the same id.
                unset($form['burn']);
                usleep(250_000);
                $answer = page($port, 'POST', '', http_build_query($form));
                continue;
            }
            if ($error !== null) {
                $shown[] = $error;
            }
            if (($answer['in_progress'] ?? true) === false) {
                break;
            }
            usleep(250_000);
            $answer = page($port, 'GET', '?id=' . rawurlencode($id));
        }
        $line = ['id' => $id, 'outcome' => $answer['outcome'] ?? null, 'errors' => $shown];
        if ($line['outcome'] === null) {
            $line['last'] = $answer;
        }
        echo json_encode($line + ['behaviour' => $behaviour]), "\n";
    }
}

if (($argv[1] ?? '') === 'till') {
    till((int) $argv[2], $argv[3], (int) $argv[4], (int) $argv[5]);
    exit(0);
}
$sales = max(TILLS, (int) ($argv[1] ?? 200));
$kills = (int) ($argv[2] ?? 40);
$stack = new Stack(getenv('ALIPAY_TEST_MARIADB') ?: null, __DIR__ . '/php/tests/pages');
$tills = [];
for ($number = 0; $number < TILLS; $number++) {
    $extension = (string) getenv('ALIPAY_INSTORE_PHP');
    $line = [PHP_BINARY, '-d', "extension=$extension", __FILE__, 'till', (string) $stack->port, $stack->sandbox->baseUrl];
    $line = [...$line, (string) intdiv($sales, TILLS), (string) $number];
    $output = "$stack->folder/till-$number.out";
    $tills[] = proc_open($line, [1 => ['file', $output, 'w'], 2 => STDERR], $pipes);
}
$killed = 0;
do {
    usleep(random_int(1_000_000, 3_000_000));
    $children = $stack->children();
    if ($children !== []) {
        $killed += (int) posix_kill($children[array_rand($children)], SIGKILL);
    }
    $running = array_filter($tills, static fn ($till): bool => proc_get_status($till)['running']);
} while ($running !== []);

$states = array_column($stack->sandbox->ledger()['payments'], 'state', 'payment_request_id');
[$wrong, $shown, $outcomes] = [[], [], []];
$limits = $stack->logged('Maximum execution time');
for ($number = 0; $number < TILLS; $number++) {
    foreach (file("$stack->folder/till-$number.out", FILE_IGNORE_NEW_LINES) ?: [] as $text) {
        $sale = json_decode($text, true);
        $outcomes[] = $sale['outcome'] ?? 'none';
        $paid = ($states[$sale['id']] ?? 'absent') === 'succeeded';
        if (($sale['outcome'] === 'succeeded') !== $paid || !in_array($sale['outcome'], ['succeeded', 'failed', 'cancelled'], true)) {
            $wrong[] = $sale + ['ledger' => $states[$sale['id']] ?? 'absent'];
        }
        if ($paid && $sale['errors'] !== []) {
            $shown[] = $sale;
        }
    }
}
$acknowledged = count(array_filter(array_column($stack->sandbox->ledger()['notifications'], 'acknowledged_ms')));
$stack->stop();
foreach ([...$wrong, ...$shown] as $sale) {
    echo json_encode($sale), "\n";
}
$counts = array_count_values($outcomes);
ksort($counts);
$told = implode(', ', array_map(static fn (string $of, int $count): string => "$count $of", array_keys($counts), $counts));
printf("crash-test-php: %d sales (%s), %d children killed, ", count($outcomes), $told, $killed);
printf("%d pages over their time limit, %d notifications acknowledged; ", $limits, $acknowledged);
printf("%d disagree with the ledger, %d errors shown for paid sales\n", count($wrong), count($shown));
exit($wrong === [] && $shown === [] && count($outcomes) >= $sales - TILLS && $killed >= $kills && $limits >= intdiv($sales, 10) ? 0 : 1);
