<?php

declare(strict_types=1);

namespace AlipayInstore\Tests;

use AlipayInstore\Check;
use AlipayInstore\Enum\CheckName;
use AlipayInstore\Amount;
use AlipayInstore\Client;
use AlipayInstore\Enum\NotifiedKind;
use AlipayInstore\Enum\Operation;
use AlipayInstore\Enum\Outcome;
use AlipayInstore\Enum\Protocol;
use AlipayInstore\Enum\RefundOutcome;
use AlipayInstore\Exception\AlipayException;
use AlipayInstore\Exception\CodeException;
use AlipayInstore\Exception\ConfigurationException;
use AlipayInstore\Exception\InternalException;
use AlipayInstore\Exception\PaymentException;
use AlipayInstore\Exception\RequestException;
use AlipayInstore\Exception\SignatureException;
use AlipayInstore\Exception\TransportException;
use AlipayInstore\FileStore;
use AlipayInstore\Limits;
use AlipayInstore\MemoryStore;
use AlipayInstore\Model\PayRequest;
use AlipayInstore\Model\RefundRequest;
use AlipayInstore\Shop;
use AlipayInstore\SqlStore;
use AlipayInstore\Testing\Sandbox;
use Nyholm\Psr7\ServerRequest;
use PHPUnit\Framework\TestCase;

final class ClientTest extends TestCase
{
    private static Sandbox $sandbox;

    public static function setUpBeforeClass(): void
    {
        self::$sandbox = Sandbox::start(speed: gatewaySpeed());
    }

    public static function tearDownAfterClass(): void
    {
        self::$sandbox->stop();
    }

    /** Another request takes the only slot for ten seconds, longer than a store may take to answer. */
    public function testAStartWaitsForItsTurn(): void
    {
        $client = new Client(
            self::$sandbox->merchant(),
            new MemoryStore(),
            notifyUrlConfigured: true,
            limits: new Limits(inFlight: 1),
            clock: self::$sandbox->clock,
        );
        self::$sandbox->inject('reply_lost', 'pay');
        self::assertTrue($client->start(Sandbox::payRequest())->inProgress());
        $second = Sandbox::payRequest();
        $client->start($second);
        self::assertTrue($client->resume($second->paymentRequestId, 3_600.0)->succeeded());
    }

    /** @return iterable<string, array{Protocol}> */
    public function protocols(): iterable
    {
        yield 'AMS' => [Protocol::Ams];
        yield 'Alipay+' => [Protocol::AlipayPlus];
    }

    /** @dataProvider protocols */
    public function testACoffeeIsPaidAndGivenBack(Protocol $protocol): void
    {
        $client = self::$sandbox->client($protocol);
        $request = Sandbox::payRequest();
        $result = $client->pay($request);
        self::assertTrue($result->succeeded());
        self::assertTrue($result->mayHaveCharged);
        self::assertTrue($result->amount->equals($request->paymentAmount));
        // The gateway tells the second.
        self::assertEqualsWithDelta(self::$sandbox->now(), $result->paymentTime, 60_000);
        self::assertNotEmpty($result->timeline);
        self::assertSame('succeeded', self::$sandbox->payment($result->paymentRequestId)['state'] ?? null);

        $again = $client->pay($request);
        self::assertSame($result->paymentId, $again->paymentId);

        $refund = $client->refund($result->paymentRequestId, new RefundRequest(
            refundRequestId: 'R-' . $result->paymentRequestId,
            refundAmount: Amount::fromMajor('5.00', 'USD'),
        ));
        self::assertSame(RefundOutcome::Refunded, $refund->outcome);
        self::assertSame(1499, $refund->left);

        $inquiry = $client->inquire($result->paymentRequestId);
        self::assertSame('S', $inquiry->result?->resultStatus);
    }

    public function testAPaymentThatTakesLongerThanThePage(): void
    {
        $client = self::$sandbox->client();
        $code = self::$sandbox->freshCode('paid_after_inquiries');
        $result = $client->pay(Sandbox::payRequest(code: $code), wait: 0.0);
        self::assertTrue($result->inProgress());
        self::assertSame(['19.99 USD', null], [(string) $result->amount, $result->paymentTime]);
        $paid = $client->resume($result->paymentRequestId);
        self::assertSame(Outcome::Succeeded, $paid->outcome);
        self::assertSame(Outcome::Succeeded, $client->status($result->paymentRequestId)->outcome);
    }

    public function testARefusedPaymentSaysWhy(): void
    {
        $code = self::$sandbox->freshCode('balance_too_low');
        $result = self::$sandbox->client()->pay(Sandbox::payRequest(code: $code));
        self::assertSame(Outcome::Failed, $result->outcome);
        self::assertSame('USER_BALANCE_NOT_ENOUGH', $result->failureCode);
        self::assertFalse($result->mayHaveCharged);
        self::assertSame(['19.99 USD', null], [(string) $result->amount, $result->paymentTime]);
    }

    public function testAPaidPaymentIsReversed(): void
    {
        $client = self::$sandbox->client();
        $paid = $client->pay(Sandbox::payRequest());
        $reversed = $client->reverse($paid->paymentRequestId);
        self::assertTrue($reversed->reversed());
        self::assertSame(0, $reversed->left);
    }

    public function testWhatTheDocumentsForbidIsRefusedBeforeAnythingIsSent(): void
    {
        $before = \count(self::$sandbox->ledger()['payments']);
        try {
            self::$sandbox->client()->pay(new PayRequest());
            self::fail('it was sent');
        } catch (RequestException $error) {
            self::assertSame('request.missing', $error->code);
            self::assertFalse($error->mayHaveCharged);
            self::assertNotNull($error->path);
        }
        self::assertCount($before, self::$sandbox->ledger()['payments']);
    }

    public function testTheSameIdForSomethingElseIsRefused(): void
    {
        $client = self::$sandbox->client();
        $paid = $client->pay(Sandbox::payRequest());
        try {
            $client->pay(Sandbox::payRequest('20.00', paymentRequestId: $paid->paymentRequestId));
            self::fail('it was taken');
        } catch (PaymentException $error) {
            self::assertSame('payment.id_reused', $error->code);
            self::assertSame($paid->paymentRequestId, $error->paymentRequestId);
        }
    }

    public function testASaleInAShopIsOneCall(): void
    {
        $shop = new Shop('M1', 'Coffee House', '5814', 'S1', 'Harbour', terminal: 'TILL7', settlementCurrency: 'USD');
        $client = self::$sandbox->client(shop: $shop);
        $price = Amount::fromMajor('19.99', 'USD');
        $paid = $client->payCode("]C1" . Sandbox::PAID_AT_ONCE . "\r", $price, 'Two coffees');
        self::assertTrue($paid->succeeded());
        self::assertStringContainsString('TILL7', $paid->paymentRequestId);
        $scanned = $client->payOrderCode($price, 'Two coffees');
        self::assertTrue($scanned->succeeded());
        try {
            $client->payCode("28100602\xff", $price, 'Two coffees');
            self::fail('it was taken');
        } catch (CodeException $error) {
            self::assertFalse($error->mayHaveCharged);
        }
        $this->expectException(CodeException::class);
        $client->payCode('https://qr.alipay.com/fkx00000', $price, 'Two coffees');
    }

    public function testASaleWithoutAShopSaysWhatIsMissing(): void
    {
        $this->expectException(ConfigurationException::class);
        self::$sandbox->client()->payOrderCode(Amount::fromMajor('19.99', 'USD'), 'Two coffees');
    }

    public function testAShopIsChecked(): void
    {
        $this->expectException(AlipayException::class);
        new Shop('M1', 'Coffee House', '5814', settlementCurrency: 'dollars');
    }

    /** @return array<string, mixed> */
    private static function body(string $paymentRequestId, ?string $paymentId): array
    {
        return [
            'notifyType' => 'PAYMENT_RESULT',
            'paymentRequestId' => $paymentRequestId,
            'paymentId' => $paymentId ?? 'unknown',
            'paymentAmount' => ['currency' => 'USD', 'value' => '1999'],
            'paymentTime' => '2026-11-22T00:00:00Z',
            'result' => ['resultStatus' => 'S', 'resultCode' => 'SUCCESS', 'resultMessage' => 'success.'],
        ];
    }

    public function testANotificationIsTakenAndAcknowledged(): void
    {
        $client = self::$sandbox->client();
        $paid = $client->pay(Sandbox::payRequest());
        $posted = self::$sandbox->notification(self::body($paid->paymentRequestId, $paid->paymentId));
        $handled = $client->handleRawNotification($posted['headers'], $posted['body']);
        self::assertNull($handled->error);
        self::assertSame(NotifiedKind::Taken, $handled->result?->kind);
        self::assertSame(200, $handled->answer->status);
        self::assertSame($paid->paymentRequestId, $handled->notification?->paymentRequestId);
        self::assertSame('SUCCESS', $handled->notification->content()->toArray()['result']['resultCode'] ?? null);
        self::assertArrayHasKey('signature', \array_change_key_case($handled->answer->headers));
    }

    public function testANotificationIsTakenFromPsr7(): void
    {
        $client = self::$sandbox->client();
        $paid = $client->pay(Sandbox::payRequest());
        $posted = self::$sandbox->notification(self::body($paid->paymentRequestId, $paid->paymentId));
        $request = new ServerRequest('POST', 'https://other.example/chosen/by/a/stranger', $posted['headers'], $posted['body']);
        self::assertSame(NotifiedKind::Taken, $client->handleNotification($request)->result?->kind);
    }

    public function testWhyANotificationDoesNotVerifyIsTold(): void
    {
        $merchant = self::$sandbox->merchant();
        $posted = self::$sandbox->notification(self::body('P1', null), '/another/path');
        $found = $merchant->explainNotification($posted['headers'], $posted['body'], seenPaths: ['/another/path']);
        self::assertStringStartsWith('path.', $found->findings[0]->code->value);
        self::assertStringContainsString($found->summary, (string) $found);
        self::assertTrue($found->complete);
        $twice = ['Signature' => [$posted['headers']['Signature'], $posted['headers']['Signature']]] + $posted['headers'];
        $found = $merchant->explainNotification($twice, $posted['body']);
        self::assertContains('signature.joined', \array_map(static fn ($one) => $one->code->value, $found->findings));
    }

    public function testAForgedNotificationIsRefused(): void
    {
        $client = self::$sandbox->client();
        $posted = self::$sandbox->notification(self::body('P1', null));
        foreach ([[$posted['headers'], $posted['body'] . ' '], [[], ''], [["A\xff" => "\xfe"], "\xff"]] as [$headers, $body]) {
            $handled = $client->handleRawNotification($headers, $body);
            self::assertNotNull($handled->error);
            self::assertNotSame(200, $handled->answer->status);
            self::assertNull($handled->result);
        }
    }

    public function testACheckSaysWhatIsRight(): void
    {
        $report = self::$sandbox->client()->check();
        self::assertTrue($report->healthy, \implode("\n", \array_map(
            static fn (Check $check): string => "{$check->name->value} {$check->status->value} {$check->detail}",
            $report->checks,
        )));
        self::assertSame(CheckName::cases(), \array_map(static fn (Check $check): CheckName => $check->name, $report->checks));
    }

    public function testStoresOfFilesAndOfDatabasesOutliveTheirObjects(): void
    {
        $folder = \sys_get_temp_dir() . '/alipay-php-' . \bin2hex(\random_bytes(6));
        \mkdir($folder);
        $open = [
            static fn () => new FileStore("$folder/files"),
            static fn () => new SqlStore("sqlite://$folder/payments.db", migrate: true),
        ];
        foreach ($open as $store) {
            $paid = self::$sandbox->client(store: $store())->pay(Sandbox::payRequest());
            $client = self::$sandbox->client(store: $store());
            self::assertTrue($client->status($paid->paymentRequestId)->succeeded());
            self::assertSame([], $client->alerts()->alerts);
            self::assertSame(0, $client->resumeAll()->drivenElsewhere);
            self::assertSame(0, $store()->purge(olderThan: 0));
            $client->close();
            self::assertTrue($client->closed());
            try {
                $client->status($paid->paymentRequestId);
                self::fail('a closed client was used');
            } catch (TransportException $error) {
                self::assertSame('client.closed', $error->code);
            }
        }
    }

    public function testASecondClientOfTheSameSettingsGoesOnWithThePayment(): void
    {
        $store = new FileStore(\sys_get_temp_dir() . '/alipay-php-' . \bin2hex(\random_bytes(6)));
        $client = self::$sandbox->client(store: $store);
        $begun = $client->start(Sandbox::payRequest(code: self::$sandbox->freshCode('paid_after_inquiries')));
        unset($client);
        $paid = self::$sandbox->client(store: $store)->resume($begun->paymentRequestId);
        self::assertTrue($paid->succeeded());
    }

    public function testWrongSettingsAreTold(): void
    {
        foreach ([['timeout' => 0.0], ['proxy' => 'no proxy'], ['ownerTimeout' => -1.0]] as $wrong) {
            try {
                new Client(self::$sandbox->merchant(), new MemoryStore(), ...$wrong);
                self::fail('it was taken: ' . \array_key_first($wrong));
            } catch (ConfigurationException | TransportException $error) {
                self::assertNotSame('', $error->hint);
            }
        }
    }

    public function testAPanicDuringACallLeavesItOpenWhetherMoneyHasMoved(): void
    {
        $client = self::$sandbox->client();
        \AlipayInstore\Native\arm_panic(2);
        try {
            $client->pay(Sandbox::payRequest());
            self::fail('nothing was thrown');
        } catch (InternalException $error) {
            self::assertTrue($error->mayHaveCharged);
        }
        self::assertTrue($client->pay(Sandbox::payRequest())->succeeded());
    }

    public function testARequestIsSignedAndAnAnswerIsVerifiedForAnotherHttpClient(): void
    {
        $merchant = self::$sandbox->merchant();
        $path = $merchant->path(Operation::Inquiry);
        $signed = $merchant->signRequest($path, ['paymentRequestId' => 'NONE'], self::$sandbox->now());
        $lines = [];
        foreach ($signed->headers as $name => $value) {
            $lines[] = "$name: $value";
        }
        $context = \stream_context_create(['http' => ['method' => 'POST', 'header' => $lines, 'content' => $signed->body]]);
        $body = (string) \file_get_contents($signed->url, false, $context);
        $headers = [];
        foreach ($http_response_header as $line) {
            if (\str_contains($line, ':')) {
                [$name, $value] = \explode(':', $line, 2);
                $headers[$name] = \trim($value);
            }
        }
        $answer = $merchant->verifyResponse($signed->path, $headers, $body);
        self::assertSame('ORDER_NOT_EXIST', $answer->body['result']['resultCode']);
        $this->expectException(SignatureException::class);
        $merchant->verifyResponse($signed->path, $headers, $body . ' ');
    }

    /** @dataProvider protocols */
    public function testAHandlerRefusesWhatIsWrongOnPurpose(Protocol $protocol): void
    {
        $client = new Client(self::$sandbox->merchant($protocol), new MemoryStore(), acknowledgeUnknown: true, clock: self::$sandbox->clock);
        $sent = self::$sandbox->notificationOf('P', Amount::fromMajor('4.50', 'USD'), protocol: $protocol);
        self::assertSame(200, $client->handleRawNotification($sent['headers'], $sent['body'])->answer->status);
        $kinds = self::$sandbox->wrongNotifications();
        self::assertGreaterThanOrEqual(10, \count($kinds));
        foreach ($kinds as $kind) {
            $sent = self::$sandbox->notificationOf('P', protocol: $protocol, wrong: $kind);
            self::assertNotSame(200, $client->handleRawNotification($sent['headers'], $sent['body'])->answer->status, $kind);
        }
    }
}
