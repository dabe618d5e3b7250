<?php

declare(strict_types=1);

namespace AlipayInstore\Tests;

use AlipayInstore\Amount;
use AlipayInstore\Client;
use AlipayInstore\Exception\AlipayException;
use AlipayInstore\Exception\MessageException;
use AlipayInstore\Exception\RequestException;
use AlipayInstore\Exception\SignatureException;
use AlipayInstore\MemoryStore;
use AlipayInstore\PaymentRequestId;
use AlipayInstore\Shop;
use AlipayInstore\Testing\Sandbox;
use PHPUnit\Framework\TestCase;
use Psr\Clock\ClockInterface;

/** A PSR-20 clock of the shop, and what it governs. */
final class ClockTest extends TestCase
{
    private static Sandbox $sandbox;

    public static function setUpBeforeClass(): void
    {
        self::$sandbox = Sandbox::start();
    }

    public static function tearDownAfterClass(): void
    {
        self::$sandbox->stop();
    }

    private static function standing(string $time): ClockInterface
    {
        return new class (new \DateTimeImmutable($time)) implements ClockInterface {
            public function __construct(private readonly \DateTimeImmutable $time)
            {
            }

            public function now(): \DateTimeImmutable
            {
                return $this->time;
            }
        };
    }

    public function testItTellsTheTimeOfRequestsAnswersAndIds(): void
    {
        $clock = self::standing('2026-03-01T12:00:00.250Z');
        $merchant = self::$sandbox->merchant()->withClock($clock);
        $headers = $merchant->signRequest('/ams/api/v1/payments/inquiryPayment', '{}')->headers;
        self::assertSame('1772366400250', $headers['Request-Time']);
        // An argument comes first.
        $headers = $merchant->signRequest('/ams/api/v1/payments/inquiryPayment', '{}', 1_700_000_000_000)->headers;
        self::assertSame('1700000000000', $headers['Request-Time']);
        $same = PaymentRequestId::new('TILL7', $clock);
        $other = PaymentRequestId::new('TILL7', self::standing('2027-03-01T12:00:00Z'));
        self::assertSame(\substr(PaymentRequestId::new('TILL7', $clock), 0, 8), \substr($same, 0, 8));
        self::assertNotSame(\substr($other, 0, 8), \substr($same, 0, 8));
    }

    public function testItSaysWhetherANotificationIsTooOld(): void
    {
        $notification = self::$sandbox->notification(['notifyType' => 'PAYMENT_RESULT']);
        $late = self::$sandbox->merchant()->withClock(self::standing('+3 days'));
        try {
            $late->verifyNotification($notification['headers'], $notification['body']);
            self::fail('it was taken');
        } catch (AlipayException $error) {
            self::assertContains($error::class, [MessageException::class, RequestException::class, SignatureException::class]);
            $code = $error->code;
        }
        $client = new Client($late, new MemoryStore(), notifyUrlConfigured: true, clock: self::$sandbox->clock);
        $handled = $client->handleRawNotification($notification['headers'], $notification['body']);
        self::assertSame($code, $handled->error?->code);
        // The same one, in time: it is not refused for its age.
        $inTime = self::$sandbox->merchant()->withClock(self::standing('now'));
        $client = new Client($inTime, new MemoryStore(), notifyUrlConfigured: true, clock: self::$sandbox->clock);
        $handled = $client->handleRawNotification($notification['headers'], $notification['body']);
        self::assertNotSame($code, $handled->error?->code);
    }

    /** The gateway refuses a request whose time is years away; so the client's own are not by this clock. */
    public function testPaymentsFollowTheSystemsClock(): void
    {
        $client = new Client(
            self::$sandbox->merchant()->withClock(self::standing('2020-01-01T00:00:00Z')),
            new MemoryStore(),
            notifyUrlConfigured: true,
            shop: new Shop('M1', 'Coffee House', '5814', 'S1', 'Harbour', terminal: 'TILL7', settlementCurrency: 'USD'),
        );
        $result = $client->payCode(Sandbox::PAID_AT_ONCE, Amount::fromMajor('19.99', 'USD'), 'Two coffees');
        self::assertTrue($result->succeeded());
    }
}
