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
        self::assertTrue(self::$stack->isNotified($id), self::$stack->log('fpm'));
    }

    /** The customer scans, types an amount, looks at the result too early, confirms, and comes back. */
    public function testTheEntryCodeLeadsToAPaidSale(): void
    {
        $stack = self::$stack;
        $wallet = 'Mozilla/5.0 (Linux; Android 15) AlipayClient/10.6';
        self::assertStringContainsString('<svg ', $stack->http('GET', '/entry/code')['text']);
        $asked = $stack->http('GET', '/entry', agent: $wallet);
        self::assertSame(1, \preg_match('/name=id value="([^"]+)"/', $asked['text'], $found), $asked['text']);
        $id = $found[1];
        $stack->sandbox->customer($id, plan: 'never');
        $press = static fn (string $amount): array =>
            $stack->http('POST', '/entry', \http_build_query(['id' => $id, 'amount' => $amount]), $wallet);
        self::assertSame(422, $press('0.001')['status']);

        $opened = $press('19.99');
        self::assertSame(303, $opened['status'], $opened['text'] . $stack->log('fpm'));
        self::assertStringStartsWith($stack->sandbox->baseUrl . '/wallet/pay/', (string) $opened['location']);
        // The button pressed twice is one payment.
        self::assertSame($opened['location'], $press('19.99')['location']);
        self::assertStringContainsString('19.99 USD', $stack->http('GET', (string) $opened['location'])['text']);

        // Whoever makes up the way back gets no goods.
        $early = $stack->http('GET', '/entry?id=' . \rawurlencode($id) . '&resultStatus=S')['text'];
        self::assertStringContainsString('waiting', $early);
        $confirmed = $stack->http('POST', (string) $opened['location'], 'do=pay', $wallet);
        self::assertSame("http://127.0.0.1:$stack->port/entry?id=" . \rawurlencode($id), $confirmed['location']);
        for ($tries = 0, $shown = ''; $tries < 150 && !\str_contains($shown, 'Paid.'); $tries++) {
            \usleep(100_000);
            $shown = $stack->http('GET', (string) $confirmed['location'])['text'];
        }
        self::assertStringContainsString('Paid.', $shown);
        self::assertSame('succeeded', $stack->sandbox->payment($id)['state'] ?? null);
        self::assertTrue($stack->isNotified($id), $stack->log('fpm'));
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
        // All have left: of one that never did it takes until its expiry to know that.
        foreach ($ids as $id) {
            for ($tries = 0; $tries < 100 && self::$stack->sandbox->payment($id) === null; $tries++) {
                \usleep(50_000);
            }
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
