<?php

declare(strict_types=1);

namespace AlipayInstore\Tests;

use AlipayInstore\PaymentRequestId;
use AlipayInstore\Testing\Sandbox;
use PHPUnit\Framework\TestCase;

/** The pages of examples/ over real PHP-FPM and nginx, with a worker beside them. */
final class FpmTest extends TestCase
{
    private const CHILDREN = 4;

    private static Sandbox $sandbox;
    private static string $folder;
    private static int $port;
    /** @var array<string, resource> */
    private static array $processes = [];

    public static function setUpBeforeClass(): void
    {
        self::$folder = \sys_get_temp_dir() . '/alipay-fpm-' . \bin2hex(\random_bytes(6));
        \mkdir(self::$folder, 0755);
        self::$port = self::freePort();
        self::$sandbox = Sandbox::start(folder: self::$folder . '/sandbox');
        $fpm = self::freePort();
        \file_put_contents(self::$folder . '/php-fpm.conf', self::pool($fpm));
        \file_put_contents(self::$folder . '/nginx.conf', self::nginx($fpm));
        $store = self::store();
        self::launch('migrate', [self::command(), 'store', 'migrate', '--store', $store]);
        $migrated = \proc_close(self::$processes['migrate']);
        unset(self::$processes['migrate']);
        self::assertSame(0, $migrated, self::log('migrate'));
        $extension = (string) \getenv('ALIPAY_INSTORE_PHP');
        $root = \posix_geteuid() === 0 ? ['-R'] : [];
        $program = self::program('php-fpm' . \PHP_MAJOR_VERSION . '.' . \PHP_MINOR_VERSION, 'php-fpm');
        $line = [$program, ...$root, '-F', '-y', self::$folder . '/php-fpm.conf', '-d', "extension=$extension"];
        self::launch('fpm', $line);
        self::launch('nginx', [self::program('nginx'), '-p', self::$folder, '-c', self::$folder . '/nginx.conf']);
        $config = self::$sandbox->folder . '/sandbox.json';
        self::launch('worker', [self::command(), 'worker', '--store', $store, '--config', $config, '--protocol', 'ams']);
        for ($tries = 0; $tries < 200 && self::get('unknown')['status'] !== 422; $tries++) {
            \usleep(50_000);
        }
    }

    public static function tearDownAfterClass(): void
    {
        foreach (self::$processes as $process) {
            \proc_terminate($process, \SIGQUIT);
            \usleep(300_000);
            \proc_terminate($process, \SIGKILL);
            \proc_close($process);
        }
        self::$sandbox->stop();
    }

    public function testASaleIsPaidAndNotified(): void
    {
        $id = PaymentRequestId::new('TILL7');
        $answer = self::pay($id, Sandbox::PAID_AT_ONCE);
        self::assertSame(200, $answer['status'], $answer['text'] . self::log('fpm'));
        self::assertSame(['succeeded', false], [$answer['json']['outcome'], $answer['json']['in_progress']]);
        self::assertSame('succeeded', self::$sandbox->payment($id)['state'] ?? null);
        // The same page sent again pays nothing.
        self::assertSame('succeeded', self::pay($id, Sandbox::PAID_AT_ONCE)['json']['outcome']);
        $mine = static fn (array $one): bool => ($one['payment_request_id'] ?? null) === $id;
        self::assertCount(1, \array_filter(self::$sandbox->ledger()['payments'], $mine));
        for ($tries = 0; $tries < 100; $tries++) {
            $sent = \array_filter(self::$sandbox->ledger()['notifications'], $mine);
            if (\array_filter(\array_column($sent, 'acknowledged_ms')) !== []) {
                break;
            }
            \usleep(100_000);
        }
        $log = \json_encode(self::$sandbox->ledger()['notifications']) . self::log('fpm');
        self::assertNotSame([], \array_filter(\array_column($sent, 'acknowledged_ms')), $log);
    }

    public function testAPageThatEndsBeforeThePaymentAsksForItsStatus(): void
    {
        $id = PaymentRequestId::new('TILL7');
        $answer = self::pay($id, self::$sandbox->freshCode('paid_after_inquiries'), wait: '0');
        self::assertTrue($answer['json']['in_progress']);
        self::assertSame('succeeded', self::outcome($id));
    }

    public function testChildrenThatAreKilledLoseNoPayment(): void
    {
        $ids = [];
        for ($sale = 0; $sale < self::CHILDREN; $sale++) {
            $ids[] = $id = PaymentRequestId::new('TILL7');
            self::assertTrue(self::pay($id, self::$sandbox->freshCode('paid_after_inquiries'), wait: '0')['json']['in_progress']);
        }
        $killed = 0;
        foreach (self::children() as $child) {
            $killed += (int) \posix_kill($child, \SIGKILL);
        }
        self::assertSame(self::CHILDREN, $killed);
        foreach ($ids as $id) {
            $outcome = self::outcome($id);
            self::assertContains($outcome, ['succeeded', 'cancelled']);
            $state = self::$sandbox->payment($id)['state'] ?? 'absent';
            self::assertSame($outcome === 'succeeded', $state === 'succeeded', "$id is $outcome here and $state at the gateway");
        }
    }

    public function testWhatIsWrongIsToldBeforeAnythingIsSent(): void
    {
        $answer = self::pay('X', 'https://qr.alipay.com/fkx00000');
        self::assertSame(422, $answer['status']);
        self::assertFalse($answer['json']['may_have_charged']);
        self::assertSame('code', \explode('.', $answer['json']['error'])[0]);
    }

    public function testAForgedNotificationIsRefused(): void
    {
        $answer = self::http('POST', '/alipay/notify', '{}');
        self::assertContains($answer['status'], [400, 401, 403]);
    }

    /** How a payment ended, as the page tells it; it asks as long as it is in progress. */
    private static function outcome(string $id): ?string
    {
        for ($tries = 0; $tries < 450; $tries++) {
            $answer = self::get($id);
            if (($answer['json']['in_progress'] ?? true) === false) {
                return $answer['json']['outcome'];
            }
            \usleep(200_000);
        }

        return null;
    }

    /** @return array{status: int, json: array<string, mixed>, text: string} */
    private static function pay(string $id, string $code, string $wait = '20'): array
    {
        return self::http('POST', '/till', \http_build_query(['id' => $id, 'code' => $code, 'amount' => '19.99', 'wait' => $wait]));
    }

    /** @return array{status: int, json: array<string, mixed>, text: string} */
    private static function get(string $id): array
    {
        return self::http('GET', '/till?id=' . \rawurlencode($id));
    }

    /** @return array{status: int, json: array<string, mixed>, text: string} */
    private static function http(string $method, string $path, string $body = ''): array
    {
        $context = \stream_context_create(['http' => [
            'method' => $method,
            'header' => 'Content-Type: application/x-www-form-urlencoded',
            'content' => $body,
            'ignore_errors' => true,
            'timeout' => 60,
        ]]);
        $text = @\file_get_contents('http://127.0.0.1:' . self::$port . $path, false, $context);
        $status = isset($http_response_header[0]) ? (int) (\explode(' ', $http_response_header[0])[1] ?? 0) : 0;
        $json = \json_decode((string) $text, true);

        return ['status' => $status, 'json' => \is_array($json) ? $json : [], 'text' => (string) $text];
    }

    /** @return list<int> the processes that FPM has forked */
    private static function children(): array
    {
        $parent = \proc_get_status(self::$processes['fpm'])['pid'];
        $list = (string) @\file_get_contents("/proc/$parent/task/$parent/children");

        return \array_map(\intval(...), \preg_split('/\s+/', \trim($list)) ?: []);
    }

    /** The pool of the example, on free ports and with the sandbox's merchant. */
    private static function pool(int $port): string
    {
        $pool = (string) \file_get_contents(__DIR__ . '/../../examples/deploy/php-fpm.conf');
        $sandbox = self::$sandbox;
        $notify = 'http://127.0.0.1:' . self::$port . '/alipay/notify';
        $pool = \strtr($pool, [
            '127.0.0.1:9000' => "127.0.0.1:$port",
            'SANDBOX_1' => $sandbox->clientId,
            'GATEWAY] = sea' => "GATEWAY] = $sandbox->baseUrl",
            '/etc/shop' => $sandbox->folder,
            'https://shop.example/alipay/notify' => $notify,
            'sqlite:///var/lib/shop/payments.db' => self::store(),
        ]);
        $root = \posix_geteuid() === 0 ? "user = root\ngroup = root\n" : '';
        $log = self::$folder . '/fpm.log';

        return "[global]\nerror_log = $log\n$pool\n{$root}env[ALIPAY_INSTORE_ALLOW_HTTP_NOTIFY] = \"true\"\ncatch_workers_output = yes\n";
    }

    private static function nginx(int $port): string
    {
        $server = (string) \file_get_contents(__DIR__ . '/../../examples/deploy/nginx.conf');
        $server = \strtr($server, [
            '127.0.0.1:8080' => '127.0.0.1:' . self::$port,
            '127.0.0.1:9000' => "127.0.0.1:$port",
            '/srv/shop/public' => \dirname(__DIR__, 2) . '/examples/public',
            'include fastcgi_params' => 'include /etc/nginx/fastcgi_params',
        ]);
        $folder = self::$folder;
        $temporary = '';
        foreach (['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'] as $kind) {
            $temporary .= "    {$kind}_temp_path $folder/$kind;\n";
        }
        $root = \posix_geteuid() === 0 ? "user root;\n" : '';

        return "{$root}daemon off;\npid $folder/nginx.pid;\nerror_log $folder/nginx.log;\nevents {}\nhttp {\n    access_log off;\n"
            . "$temporary$server}\n";
    }

    private static function store(): string
    {
        return 'sqlite://' . self::$folder . '/payments.db';
    }

    private static function command(): string
    {
        return \getenv('ALIPAY_INSTORE_COMMAND') ?: 'alipay-instore';
    }

    private static function program(string ...$names): string
    {
        foreach ($names as $name) {
            foreach (['/usr/sbin', '/usr/bin', '/usr/local/sbin', '/usr/local/bin'] as $folder) {
                if (\is_executable("$folder/$name")) {
                    return "$folder/$name";
                }
            }
        }
        self::fail("$names[0] is missing: run bindings-php/install-tools");
    }

    /** @param list<string> $line */
    private static function launch(string $name, array $line): void
    {
        $log = ['file', self::$folder . "/$name.out", 'a'];
        $process = \proc_open($line, [1 => $log, 2 => $log], $pipes);
        self::assertIsResource($process);
        self::$processes[$name] = $process;
    }

    private static function log(string $name): string
    {
        $text = '';
        foreach (["$name.out", "$name.log"] as $file) {
            $text .= (string) @\file_get_contents(self::$folder . "/$file");
        }

        return "\n" . \substr($text, -3000);
    }

    private static function freePort(): int
    {
        $socket = \stream_socket_server('tcp://127.0.0.1:0');
        self::assertNotFalse($socket);

        return (int) \substr((string) \strrchr((string) \stream_socket_get_name($socket, false), ':'), 1);
    }
}
