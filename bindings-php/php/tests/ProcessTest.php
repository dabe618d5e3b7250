<?php

declare(strict_types=1);

namespace AlipayInstore\Tests;

use AlipayInstore\Client;
use AlipayInstore\Enum\Outcome;
use AlipayInstore\FileStore;
use AlipayInstore\Testing\Sandbox;
use PHPUnit\Framework\TestCase;

/** Forks, ends of processes, and the stubs: what another process of PHP shows. */
final class ProcessTest extends TestCase
{
    private static Sandbox $sandbox;
    private string $folder;

    public static function setUpBeforeClass(): void
    {
        self::$sandbox = Sandbox::start(speed: 20);
    }

    public static function tearDownAfterClass(): void
    {
        self::$sandbox->stop();
    }

    protected function setUp(): void
    {
        $this->folder = \sys_get_temp_dir() . '/alipay-php-' . \bin2hex(\random_bytes(6));
    }

    /** @return array{string, string, int} what a script said, and its exit code */
    private function script(string $code): array
    {
        $extension = \getenv('ALIPAY_INSTORE_PHP');
        self::assertNotFalse($extension, 'ALIPAY_INSTORE_PHP names the extension');
        $autoload = \var_export(__DIR__ . '/../autoload.php', true);
        $head = "require $autoload; use AlipayInstore\\{Client, FileStore, MemoryStore, Merchant}; use AlipayInstore\\Testing\\Sandbox;";
        $head .= '$merchant = Merchant::fromFile(' . \var_export(self::$sandbox->folder . '/sandbox.json', true) . ');';
        $head .= '$settings = json_decode(file_get_contents(' . \var_export(self::$sandbox->folder . '/sandbox.json', true) . '), true);';
        $head .= '$clock = ["origin" => $settings["clock_origin_ms"], "speed" => $settings["speed"]];';
        $head .= '$make = fn ($store) => new Client($merchant, $store, notifyUrlConfigured: true, ownerTimeout: 1.0, clock: $clock);';
        $head .= '$folder = ' . \var_export($this->folder, true) . ';';
        $line = [\PHP_BINARY, '-d', "extension=$extension", '-d', 'display_errors=1', '-r', $head . $code];
        $process = \proc_open($line, [1 => ['pipe', 'w'], 2 => ['pipe', 'w']], $pipes);
        self::assertIsResource($process);
        [$said, $errors] = [(string) \stream_get_contents($pipes[1]), (string) \stream_get_contents($pipes[2])];

        return [$said, $errors, \proc_close($process)];
    }

    /** A client of this process on the same store. An owner that is dead is noticed by the time of the machine. */
    private function client(): Client
    {
        return new Client(
            self::$sandbox->merchant(),
            new FileStore($this->folder),
            notifyUrlConfigured: true,
            ownerTimeout: 1.0,
            clock: self::$sandbox->clock,
        );
    }

    /** The payment ends, and as the gateway's ledger says: paid, or never paid. */
    private function assertSettled(string $id): void
    {
        $client = $this->client();
        for ($tries = 0; $tries < 12; $tries++) {
            $result = $client->resume($id);
            if (!$result->inProgress()) {
                break;
            }
        }
        self::assertContains($result->outcome, [Outcome::Succeeded, Outcome::Cancelled]);
        $state = self::$sandbox->payment($id)['state'] ?? 'absent';
        self::assertSame($result->succeeded(), $state === 'succeeded', "$id is $state at the gateway");
    }

    public function testChildrenPayWithConnectionsOfTheirOwn(): void
    {
        [$said, $errors, $code] = $this->script(<<<'PHP'
            $client = $make(new FileStore($folder));
            $memory = $make(new MemoryStore());
            $pay = fn (Client $client): bool => $client->pay(Sandbox::payRequest())->succeeded();
            $all = $pay($client) && $pay($memory);
            for ($child = 0; $child < 3; $child++) {
                $process = pcntl_fork();
                if ($process === 0) {
                    exit($pay($client) && $pay($memory) ? 7 : 1);
                }
                pcntl_waitpid($process, $status);
                $all = $all && pcntl_wexitstatus($status) === 7;
            }
            echo $all && $pay($client) ? 'paid' : 'not paid';
            PHP);
        self::assertSame(['paid', 0], [$said, $code], $errors);
    }

    public function testAProcessThatEndsGivesItsPaymentsBack(): void
    {
        $code = \var_export(self::$sandbox->freshCode('paid_after_inquiries'), true);
        [$id, $errors, $exit] = $this->script(<<<PHP
            \$client = \$make(new FileStore(\$folder));
            echo \$client->start(Sandbox::payRequest(code: $code))->paymentRequestId;
            PHP);
        self::assertSame(0, $exit, $errors);
        $this->assertSettled($id);
    }

    public function testAProcessThatIsKilledLosesNothing(): void
    {
        $code = \var_export(self::$sandbox->freshCode('paid_after_inquiries'), true);
        [$id] = $this->script(<<<PHP
            \$client = \$make(new FileStore(\$folder));
            echo \$client->start(Sandbox::payRequest(code: $code))->paymentRequestId;
            posix_kill(getmypid(), SIGKILL);
            PHP);
        $this->assertSettled($id);
    }

    public function testTheTimeOfAPageEndsThePageAndNotThePayment(): void
    {
        $code = \var_export(self::$sandbox->freshCode('paid_after_inquiries'), true);
        [$said, $errors, $exit] = $this->script(<<<PHP
            set_time_limit(1);
            \$client = \$make(new FileStore(\$folder));
            echo \$client->start(Sandbox::payRequest(code: $code))->paymentRequestId, "\\n";
            while (true) {
                \$client->gatewayTime();
            }
            PHP);
        self::assertStringContainsString('Maximum execution time', $said, "it ended with $exit: $errors");
        $this->assertSettled(\explode("\n", $said)[0]);
    }

    public function testTheWorkerGoesOnWithWhatAPageBegan(): void
    {
        // The worker lives by the time of the machine.
        $sandbox = Sandbox::start();
        $page = $sandbox->client(store: new FileStore($this->folder));
        $id = $page->start(Sandbox::payRequest(code: $sandbox->freshCode('paid_after_inquiries')))->paymentRequestId;
        for ($tries = 0; $tries < 200 && $sandbox->payment($id) === null; $tries++) {
            \usleep(50_000);
        }
        $page->close();
        $variables = [
            'PATH' => (string) \getenv('PATH'),
            'ALIPAY_INSTORE_PROTOCOL' => 'ams',
            'ALIPAY_INSTORE_CLIENT_ID' => $sandbox->clientId,
            'ALIPAY_INSTORE_GATEWAY' => $sandbox->baseUrl,
            'ALIPAY_INSTORE_SIGNING_KEY_FILE' => "$sandbox->folder/merchant_private_key.pem",
            'ALIPAY_INSTORE_GATEWAY_KEY_FILE' => "$sandbox->folder/gateway_public_key.pem",
        ];
        $extension = (string) \getenv('ALIPAY_INSTORE_PHP');
        $line = [\PHP_BINARY, '-d', "extension=$extension", __DIR__ . '/../../bin/alipay-instore-worker', $this->folder];
        $worker = \proc_open($line, [1 => ['pipe', 'w'], 2 => ['pipe', 'w']], $pipes, null, $variables);
        self::assertIsResource($worker);
        $looks = $sandbox->client(store: new FileStore($this->folder));
        for ($tries = 0; $tries < 300 && $looks->status($id)->inProgress(); $tries++) {
            \usleep(200_000);
        }
        $outcome = $looks->status($id)->outcome;
        \proc_terminate($worker, \SIGTERM);
        $said = \stream_get_contents($pipes[1]) . \stream_get_contents($pipes[2]);
        self::assertSame(0, \proc_close($worker), $said);
        self::assertSame(Outcome::Succeeded, $outcome, $said);
        self::assertStringContainsString('working', $said);
        self::assertSame('succeeded', $sandbox->payment($id)['state'] ?? null);
    }

    public function testTheStubsAreWhatTheExtensionExports(): void
    {
        \ob_start();
        require __DIR__ . '/../../stubs.php';
        self::assertStringEqualsFile(__DIR__ . '/../stubs/native.php', (string) \ob_get_clean());
    }

    public function testWithoutThePackageAnErrorIsAnExceptionAllTheSame(): void
    {
        $extension = (string) \getenv('ALIPAY_INSTORE_PHP');
        $code = 'try { AlipayInstore\Native\amount_from_minor("x", "USD"); } catch (Exception $e) { echo $e->getMessage(); }';
        $said = \shell_exec(\escapeshellarg(\PHP_BINARY) . ' -d extension=' . \escapeshellarg($extension) . ' -r ' . \escapeshellarg($code));
        self::assertStringStartsWith('amount.format: ', (string) $said);
    }
}
