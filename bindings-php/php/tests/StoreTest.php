<?php

declare(strict_types=1);

namespace AlipayInstore\Tests;

use AlipayInstore\Amount;
use AlipayInstore\Client;
use AlipayInstore\Enum\TimelineEventType;
use AlipayInstore\Exception\AlipayException;
use AlipayInstore\Exception\StoreException;
use AlipayInstore\OwnStore;
use AlipayInstore\PdoStore;
use AlipayInstore\Shop;
use AlipayInstore\SqlStore;
use AlipayInstore\Store;
use AlipayInstore\Testing\Sandbox;
use AlipayInstore\Testing\StoreKit;
use PHPUnit\Framework\TestCase;
use Psr\Log\AbstractLogger;

/** Stores in PHP: the contract in each database that is there, and payments over them. */
final class StoreTest extends TestCase
{
    private static Sandbox $sandbox;
    private static int $tables = 0;

    public static function setUpBeforeClass(): void
    {
        self::$sandbox = Sandbox::start(speed: gatewaySpeed());
    }

    public static function tearDownAfterClass(): void
    {
        self::$sandbox->stop();
    }

    /**
     * SQLite, and what `tests/with-databases` has started.
     *
     * @return array<string, \Closure(): \PDO>
     */
    private static function databases(): array
    {
        $file = \sys_get_temp_dir() . '/alipay-php-' . \bin2hex(\random_bytes(6)) . '.db';
        $all = ['SQLite' => static fn (): \PDO => new \PDO("sqlite:$file")];
        foreach (['mysql' => 'ALIPAY_TEST_MARIADB', 'pgsql' => 'ALIPAY_TEST_POSTGRES'] as $driver => $variable) {
            $url = \getenv($variable);
            if ($url !== false) {
                $at = \parse_url($url);
                self::assertIsArray($at);
                $name = \ltrim($at['path'] ?? '', '/');
                $address = "$driver:host={$at['host']};port={$at['port']};dbname=$name";
                $all[$driver] = static fn (): \PDO => new \PDO($address, $at['user'], \urldecode($at['pass']));
            }
        }

        return $all;
    }

    /** @return iterable<string, array{string}> */
    public function properties(): iterable
    {
        yield from StoreKit::cases();
    }

    /** @dataProvider properties */
    public function testPdoStoreKeepsTheContract(string $property): void
    {
        foreach (self::databases() as $name => $open) {
            $prefix = 'kit' . \getmypid() . '_' . ++self::$tables . '_';
            PdoStore::migrate($open, $prefix);
            $found = StoreKit::check($property, static fn (): OwnStore => new PdoStore($open, $prefix));
            self::assertNull($found, "$name: $found");
        }
    }

    public function testTheKitFindsWhatAStoreDoesWrong(): void
    {
        $broken = StoreKit::check('compare_and_set', static fn (): OwnStore => new ForgetfulStore());
        self::assertStringContainsString('compare_and_set', (string) $broken);
    }

    private function client(Store $store): Client
    {
        return new Client(
            self::$sandbox->merchant(),
            $store,
            notifyUrlConfigured: true,
            ownerTimeout: 1.0,
            shop: new Shop('M1', 'Coffee House', '5814', 'S1', 'Harbour', terminal: 'TILL7', settlementCurrency: 'USD'),
            clock: self::$sandbox->clock,
        );
    }

    /** @return array{\Closure(): \PDO, string} a database in a file, and its URL */
    private function sqlite(): array
    {
        $file = \sys_get_temp_dir() . '/alipay-php-' . \bin2hex(\random_bytes(6)) . '.db';
        $open = static fn (): \PDO => new \PDO("sqlite:$file");
        PdoStore::migrate($open);

        return [$open, "sqlite://$file"];
    }

    public function testAPaymentOverTheShopsConnectionIsTheSameInEveryStore(): void
    {
        [$open, $url] = $this->sqlite();
        $client = $this->client(new PdoStore($open()));
        $result = $client->pay(Sandbox::payRequest());
        self::assertTrue($result->succeeded());
        self::assertTrue($client->status($result->paymentRequestId)->succeeded());
        $other = $this->client(new SqlStore($url));
        self::assertTrue($other->status($result->paymentRequestId)->succeeded());
    }

    /** Begins a payment that takes a while; its request has left. One that was given back before would end as not sent. */
    private function begun(Client $page): string
    {
        $id = $page->start(Sandbox::payRequest(code: self::$sandbox->freshCode('paid_after_inquiries')))->paymentRequestId;
        for ($tries = 0; $tries < 200 && self::$sandbox->payment($id) === null; $tries++) {
            $page->work(0.05);
        }

        return $id;
    }

    public function testWhatAPageBeganIsGivenBackWithIt(): void
    {
        [$open, $url] = $this->sqlite();
        $client = $this->client(new PdoStore($open));
        $id = $this->begun($client);
        unset($client);
        // A record whose owner is not known is free.
        $owners = $open()->query('SELECT count(*) FROM alipay_owners');
        self::assertNotFalse($owners);
        self::assertSame(0, (int) $owners->fetchColumn());
        self::assertTrue($this->client(new SqlStore($url))->resume($id)->succeeded());
    }

    public function testAWorkerInPhpTakesOver(): void
    {
        [$open] = $this->sqlite();
        $page = $this->client(new PdoStore($open));
        $id = $this->begun($page);
        $page->close();
        $worker = $this->client(new PdoStore($open));
        for ($tries = 0; $tries < 60 && $worker->status($id)->inProgress(); $tries++) {
            $worker->work(0.5);
        }
        self::assertTrue($worker->status($id)->succeeded());
    }

    public function testNothingIsPaidInATransactionOfTheShop(): void
    {
        [$open] = $this->sqlite();
        $connection = $open();
        $client = $this->client(new PdoStore($connection));
        $amount = Amount::fromMajor('19.99', 'USD');
        $fresh = fn () => $client->payCode(Sandbox::PAID_AT_ONCE, $amount, 'Two coffees');
        $stated = fn () => $client->pay(Sandbox::payRequest());
        $before = \count(self::$sandbox->ledger()['payments']);
        $connection->beginTransaction();
        // Neither call sends anything. Under an id that the shop states an earlier call may have, and what the store holds
        // of that is not known here; an id that the client made was never used before.
        foreach ([[$fresh, false], [$stated, true]] as [$call, $mayHaveCharged]) {
            try {
                $call();
                self::fail('it was paid');
            } catch (StoreException $error) {
                self::assertSame('store.failed', $error->code);
                self::assertStringContainsString('transaction', $error->reason);
                self::assertSame($mayHaveCharged, $error->mayHaveCharged);
                self::assertStringContainsString($mayHaveCharged ? 'this call sent nothing' : 'nothing was sent', $error->hint);
            }
        }
        self::assertSame($before, \count(self::$sandbox->ledger()['payments']));
        $connection->rollBack();
        self::assertTrue($client->pay(Sandbox::payRequest())->succeeded());
    }

    public function testTablesThatAreMissingAreRefused(): void
    {
        $this->expectException(StoreException::class);
        $this->expectExceptionMessage('store.schema');
        new PdoStore(new \PDO('sqlite::memory:'));
    }

    public function testEachStepIsWatched(): void
    {
        [$open] = $this->sqlite();
        foreach ([new PdoStore($open), new \AlipayInstore\MemoryStore()] as $store) {
            $client = $this->client($store);
            $code = self::$sandbox->freshCode('paid_after_inquiries');
            $id = $client->start(Sandbox::payRequest(code: $code))->paymentRequestId;
            $watched = $client->watch($id);
            $steps = [];
            foreach ($watched as $step) {
                $steps[] = $step->event;
            }
            self::assertContains(TimelineEventType::Concluded, $steps);
            self::assertTrue($watched->getReturn()->succeeded());
        }
    }

    public function testALoggerIsToldHowCallsEnd(): void
    {
        $logger = new class () extends AbstractLogger {
            /** @var list<array{mixed, mixed}> */
            public array $entries = [];

            /** @param array<mixed> $context */
            public function log($level, $message, array $context = []): void
            {
                $this->entries[] = [$level, $context];
            }
        };
        $client = new Client(
            self::$sandbox->merchant(),
            new \AlipayInstore\MemoryStore(),
            notifyUrlConfigured: true,
            clock: self::$sandbox->clock,
            logger: $logger,
        );
        $id = $client->pay(Sandbox::payRequest())->paymentRequestId;
        self::assertSame(['info', ['call' => 'pay', 'payment_request_id' => $id, 'outcome' => 'succeeded']], $logger->entries[0]);
        try {
            $client->resume('nobody');
        } catch (AlipayException $error) {
            self::assertSame('error', $logger->entries[1][0]);
            self::assertSame($error->code, $logger->entries[1][1]['code']);
        }
        self::assertCount(2, $logger->entries);
        self::assertStringNotContainsString('28100602', (string) \json_encode($logger->entries[0]));
    }
}
