<?php

declare(strict_types=1);

namespace AlipayInstore\Tests;

use AlipayInstore\PaymentRequestId;
use AlipayInstore\Testing\Sandbox;
use PHPUnit\Framework\TestCase;

/** The examples for Laravel and Symfony, as the distribution packages them, over real PHP-FPM and nginx. */
final class FrameworksTest extends TestCase
{
    /** @return array<string, array{string}> */
    public function frameworks(): array
    {
        return ['Laravel' => ['laravel'], 'Symfony' => ['symfony']];
    }

    /** @dataProvider frameworks */
    public function testASaleIsPaidNotifiedAndRefused(string $framework): void
    {
        $writable = \sys_get_temp_dir() . "/alipay-$framework-" . \bin2hex(\random_bytes(6));
        \mkdir($writable, 0700);
        $stack = new Stack(
            pages: \dirname(__DIR__, 2) . "/examples/$framework/public",
            site: 'nginx-front-controller.conf',
            variables: [
                'SHOP_AUTOLOAD' => __DIR__ . "/frameworks/$framework.php",
                'APP_SECRET' => 'of a test',
                // What the frameworks write.
                'APP_CACHE_DIR' => $writable,
                'APP_LOG_DIR' => $writable,
                'APP_SERVICES_CACHE' => "$writable/services.php",
                'APP_PACKAGES_CACHE' => "$writable/packages.php",
            ],
        );
        try {
            $id = PaymentRequestId::new('TILL7');
            $answer = $stack->pay($id, Sandbox::PAID_AT_ONCE);
            self::assertSame(200, $answer['status'], $answer['text'] . $stack->log('fpm'));
            self::assertSame(['succeeded', false], [$answer['json']['outcome'], $answer['json']['in_progress']]);
            self::assertSame('succeeded', $stack->sandbox->payment($id)['state'] ?? null);
            self::assertSame('succeeded', $stack->get($id)['json']['outcome']);
            self::assertTrue($stack->isNotified($id), $stack->log('fpm'));

            $later = PaymentRequestId::new('TILL7');
            $code = $stack->sandbox->freshCode('paid_after_inquiries');
            self::assertTrue($stack->pay($later, $code, wait: '0')['json']['in_progress']);
            for ($tries = 0; $tries < 450 && ($stack->get($later)['json']['in_progress'] ?? true); $tries++) {
                \usleep(200_000);
            }
            self::assertSame('succeeded', $stack->get($later)['json']['outcome']);

            $refused = $stack->pay('X', 'https://qr.alipay.com/fkx00000');
            self::assertSame([422, false], [$refused['status'], $refused['json']['may_have_charged'] ?? null], $refused['text']);
            $forged = $stack->http('POST', '/alipay/notify', '{}');
            self::assertContains($forged['status'], [400, 401, 403], $forged['text']);
        } finally {
            $stack->stop();
        }
    }
}
