<?php

declare(strict_types=1);

namespace AlipayInstore\Tests;

use AlipayInstore\Testing\Sandbox;

/** The pages of examples/ over real PHP-FPM and nginx, with a sandbox and a worker: everything a shop runs. */
final class Stack
{
    public const CHILDREN = 4;

    public readonly Sandbox $sandbox;
    public readonly int $port;
    public readonly string $folder;
    private readonly string $store;
    /** @var array<string, resource> */
    private array $processes = [];

    /**
     * With `$store` the payments are in that database, otherwise in a SQLite database of its own. `$site` is the configuration
     * of nginx, and `$variables` are more of the pool's.
     *
     * @param array<string, string> $variables
     */
    public function __construct(
        ?string $store = null,
        private readonly ?string $pages = null,
        private readonly string $site = 'nginx.conf',
        private readonly array $variables = [],
    ) {
        $this->folder = \sys_get_temp_dir() . '/alipay-fpm-' . \bin2hex(\random_bytes(6));
        \mkdir($this->folder, 0755);
        $this->store = $store ?? 'sqlite://' . $this->folder . '/payments.db';
        $this->port = self::freePort();
        $this->sandbox = Sandbox::start(folder: $this->folder . '/sandbox');
        $fpm = self::freePort();
        \file_put_contents($this->folder . '/php-fpm.conf', $this->pool($fpm));
        \file_put_contents($this->folder . '/nginx.conf', $this->nginx($fpm));
        $this->launch('migrate', [self::command(), 'store', 'migrate', '--store', $this->store]);
        if (\proc_close($this->processes['migrate']) !== 0) {
            throw new \RuntimeException($this->log('migrate'));
        }
        unset($this->processes['migrate']);
        $extension = (string) \getenv('ALIPAY_INSTORE_PHP');
        $root = \posix_geteuid() === 0 ? ['-R'] : [];
        $program = self::program('php-fpm' . \PHP_MAJOR_VERSION . '.' . \PHP_MINOR_VERSION, 'php-fpm');
        $line = [$program, ...$root, '-F', '-y', $this->folder . '/php-fpm.conf', '-d', "extension=$extension"];
        $this->launch('fpm', $line);
        $this->launch('nginx', [self::program('nginx'), '-p', $this->folder, '-c', $this->folder . '/nginx.conf']);
        $config = $this->sandbox->folder . '/sandbox.json';
        $line = [self::command(), 'worker', '--store', $this->store, '--config', $config, '--protocol', 'ams'];
        $this->launch('worker', $line);
        for ($tries = 0; $tries < 200 && $this->get('unknown')['status'] !== 422; $tries++) {
            \usleep(50_000);
        }
    }

    /** Whether the gateway's notification of a payment was acknowledged; waits for it. */
    public function isNotified(string $id): bool
    {
        for ($tries = 0; $tries < 100; $tries++) {
            foreach ($this->sandbox->ledger()['notifications'] as $sent) {
                if (($sent['payment_request_id'] ?? null) === $id && ($sent['acknowledged_ms'] ?? null) !== null) {
                    return true;
                }
            }
            \usleep(100_000);
        }

        return false;
    }

    public function stop(): void
    {
        foreach ($this->processes as $process) {
            \proc_terminate($process, \SIGQUIT);
            \usleep(300_000);
            \proc_terminate($process, \SIGKILL);
            \proc_close($process);
        }
        $this->processes = [];
        $this->sandbox->stop();
    }

    /** @return array{status: int, json: array<string, mixed>, text: string, location: string|null} */
    public function pay(string $id, string $code, string $wait = '20'): array
    {
        return $this->http('POST', '/till', \http_build_query(['id' => $id, 'code' => $code, 'amount' => '19.99', 'wait' => $wait]));
    }

    /** @return array{status: int, json: array<string, mixed>, text: string, location: string|null} */
    public function get(string $id): array
    {
        return $this->http('GET', '/till?id=' . \rawurlencode($id));
    }

    /**
     * `$at` is the path, or a whole address.
     *
     * @return array{status: int, json: array<string, mixed>, text: string, location: string|null}
     */
    public function http(string $method, string $at, string $body = '', string $agent = 'Till'): array
    {
        $context = \stream_context_create(['http' => [
            'method' => $method,
            'header' => 'Content-Type: application/x-www-form-urlencoded',
            'content' => $body,
            'user_agent' => $agent,
            'follow_location' => 0,
            'ignore_errors' => true,
            'timeout' => 60,
        ]]);
        $url = \str_starts_with($at, 'http') ? $at : 'http://127.0.0.1:' . $this->port . $at;
        $text = @\file_get_contents($url, false, $context);
        $head = $http_response_header ?? [];
        $status = isset($head[0]) ? (int) (\explode(' ', $head[0])[1] ?? 0) : 0;
        $json = \json_decode((string) $text, true);
        $location = \preg_grep('/^location: /i', $head) ?: [];

        return [
            'status' => $status,
            'json' => \is_array($json) ? $json : [],
            'text' => (string) $text,
            'location' => $location === [] ? null : \substr((string) \reset($location), \strlen('location: ')),
        ];
    }

    /** @return list<int> the processes that FPM has forked */
    public function children(): array
    {
        $parent = \proc_get_status($this->processes['fpm'])['pid'];
        $list = (string) @\file_get_contents("/proc/$parent/task/$parent/children");

        return \array_map(\intval(...), \preg_split('/\s+/', \trim($list)) ?: []);
    }

    /** The pool of the example, on free ports and with the sandbox's merchant. */
    private function pool(int $port): string
    {
        $pool = (string) \file_get_contents(__DIR__ . '/../../examples/deploy/php-fpm.conf');
        $sandbox = $this->sandbox;
        $notify = 'http://127.0.0.1:' . $this->port . '/alipay/notify';
        $pool = \strtr($pool, [
            '127.0.0.1:9000' => "127.0.0.1:$port",
            'SANDBOX_1' => $sandbox->clientId,
            'GATEWAY] = sea' => "GATEWAY] = $sandbox->baseUrl",
            '/etc/shop' => $sandbox->folder,
            'https://shop.example/alipay/notify' => $notify,
            'https://shop.example/entry' => 'http://127.0.0.1:' . $this->port . '/entry',
            'sqlite:///var/lib/shop/payments.db' => $this->store,
            // A page of a test sets a time limit of its own.
            'php_admin_value[max' => 'php_value[max',
        ]);
        $root = \posix_geteuid() === 0 ? "user = root\ngroup = root\n" : '';
        $log = $this->folder . '/fpm.log';

        $more = "env[ALIPAY_INSTORE_ALLOW_HTTP_NOTIFY] = \"true\"\ncatch_workers_output = yes\nphp_value[log_errors] = on\n";
        foreach ($this->variables as $name => $value) {
            $more .= "env[$name] = \"$value\"\n";
        }

        return "[global]\nerror_log = $log\n$pool\n$root$more";
    }

    private function nginx(int $port): string
    {
        $server = (string) \file_get_contents(__DIR__ . '/../../examples/deploy/' . $this->site);
        $server = \strtr($server, [
            '127.0.0.1:8080' => '127.0.0.1:' . $this->port,
            '127.0.0.1:9000' => "127.0.0.1:$port",
            '/srv/shop/public' => $this->pages ?? \dirname(__DIR__, 2) . '/examples/public',
            'include fastcgi_params' => 'include /etc/nginx/fastcgi_params',
        ]);
        $folder = $this->folder;
        $temporary = '';
        foreach (['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'] as $kind) {
            $temporary .= "    {$kind}_temp_path $folder/$kind;\n";
        }
        $root = \posix_geteuid() === 0 ? "user root;\n" : '';

        return "{$root}daemon off;\npid $folder/nginx.pid;\nerror_log $folder/nginx.log;\nevents {}\nhttp {\n    access_log off;\n"
            . "$temporary$server}\n";
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
        throw new \RuntimeException("$names[0] is missing: run bindings-php/install-tools");
    }

    /** @param list<string> $line */
    private function launch(string $name, array $line): void
    {
        $log = ['file', $this->folder . "/$name.out", 'a'];
        $process = \proc_open($line, [1 => $log, 2 => $log], $pipes);
        if (!\is_resource($process)) {
            throw new \RuntimeException("$name can't be started");
        }
        $this->processes[$name] = $process;
    }

    /** How often PHP-FPM has logged a text. */
    public function logged(string $text): int
    {
        return \substr_count((string) @\file_get_contents("$this->folder/fpm.log"), $text);
    }

    public function log(string $name): string
    {
        $text = '';
        foreach (["$name.out", "$name.log"] as $file) {
            $text .= (string) @\file_get_contents($this->folder . "/$file");
        }

        return "\n" . \substr($text, -3000);
    }

    private static function freePort(): int
    {
        $socket = \stream_socket_server('tcp://127.0.0.1:0');
        if ($socket === false) {
            throw new \RuntimeException('no port is free');
        }

        return (int) \substr((string) \strrchr((string) \stream_socket_get_name($socket, false), ':'), 1);
    }
}
