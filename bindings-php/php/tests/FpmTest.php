<?php

declare(strict_types=1);

namespace AlipayInstore\Tests;

use AlipayInstore\PaymentRequestId;
use AlipayInstore\Testing\Sandbox;
use PHPUnit\Framework\TestCase;

/** The pages of examples/ over real PHP-FPM and nginx, with a worker beside them. */
final class FpmTest extends TestCase
{
    private static Stack $stack;

    public static function setUpBeforeClass(): void
    {
        self::$stack = new Stack();
    }

    public static function tearDownAfterClass(): void
    {
        self::$stack->stop();
    }

    public function testASaleIsPaidAndNotified(): void
    {
        $id = PaymentRequestId::new('TILL7');
        $answer = self::$stack->pay($id, Sandbox::PAID_AT_ONCE);
        self::assertSame(200, $answer['status'], $answer['text'] . self::$stack->log('fpm'));
        self::assertSame(['succeeded', false], [$answer['json']['outcome'], $answer['json']['in_progress']]);
        self::assertSame('succeeded', self::$stack->sandbox->payment($id)['state'] ?? null);
        // The same page sent again pays nothing.
        self::assertSame('succeeded', self::$stack->pay($id, Sandbox::PAID_AT_ONCE)['json']['outcome']);
        $mine = static fn (array $one): bool => ($one['payment_request_id'] ?? null) === $id;
        self::assertCount(1, \array_filter(self::$stack->sandbox->ledger()['payments'], $mine));
        for ($tries = 0; $tries < 100; $tries++) {
            $sent = \array_filter(self::$stack->sandbox->ledger()['notifications'], $mine);
            if (\array_filter(\array_column($sent, 'acknowledged_ms')) !== []) {
                break;
            }
            \usleep(100_000);
        }
        $log = \json_encode(self::$stack->sandbox->ledger()['notifications']) . self::$stack->log('fpm');
        self::assertNotSame([], \array_filter(\array_column($sent, 'acknowledged_ms')), $log);
    }

    public function testAPageThatEndsBeforeThePaymentAsksForItsStatus(): void
    {
        $id = PaymentRequestId::new('TILL7');
        $answer = self::$stack->pay($id, self::$stack->sandbox->freshCode('paid_after_inquiries'), wait: '0');
        self::assertTrue($answer['json']['in_progress']);
        self::assertSame('succeeded', self::outcome($id));
    }

    public function testChildrenThatAreKilledLoseNoPayment(): void
    {
        $ids = [];
        for ($sale = 0; $sale < Stack::CHILDREN; $sale++) {
            $ids[] = $id = PaymentRequestId::new('TILL7');
            $code = self::$stack->sandbox->freshCode('paid_after_inquiries');
            self::assertTrue(self::$stack->pay($id, $code, wait: '0')['json']['in_progress']);
        }
        $killed = 0;
        foreach (self::$stack->children() as $child) {
            $killed += (int) \posix_kill($child, \SIGKILL);
        }
        self::assertSame(Stack::CHILDREN, $killed);
        foreach ($ids as $id) {
            $outcome = self::outcome($id);
            self::assertContains($outcome, ['succeeded', 'cancelled']);
            $state = self::$stack->sandbox->payment($id)['state'] ?? 'absent';
            self::assertSame($outcome === 'succeeded', $state === 'succeeded', "$id is $outcome here and $state at the gateway");
        }
    }

    public function testWhatIsWrongIsToldBeforeAnythingIsSent(): void
    {
        $answer = self::$stack->pay('X', 'https://qr.alipay.com/fkx00000');
        self::assertSame(422, $answer['status']);
        self::assertFalse($answer['json']['may_have_charged']);
        self::assertSame('code', \explode('.', $answer['json']['error'])[0]);
    }

    public function testAForgedNotificationIsRefused(): void
    {
        $answer = self::$stack->http('POST', '/alipay/notify', '{}');
        self::assertContains($answer['status'], [400, 401, 403]);
    }

    /** How a payment ended, as the page tells it; it asks as long as it is in progress. */
    private static function outcome(string $id): ?string
    {
        for ($tries = 0; $tries < 450; $tries++) {
            $answer = self::$stack->get($id);
            if (($answer['json']['in_progress'] ?? true) === false) {
                return $answer['json']['outcome'];
            }
            \usleep(200_000);
        }

        return null;
    }
}
