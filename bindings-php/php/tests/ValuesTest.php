<?php

declare(strict_types=1);

namespace AlipayInstore\Tests;

use AlipayInstore\Amount;
use AlipayInstore\DirectWallet;
use AlipayInstore\Enum\Meaning;
use AlipayInstore\Enum\Operation;
use AlipayInstore\Enum\Protocol;
use AlipayInstore\Enum\ScannedAs;
use AlipayInstore\Exception\AlipayException;
use AlipayInstore\Exception\AmountException;
use AlipayInstore\Exception\CodeException;
use AlipayInstore\Exception\ConfigurationException;
use AlipayInstore\Exception\InternalException;
use AlipayInstore\Exception\RequestException;
use AlipayInstore\ErrorCode;
use AlipayInstore\Model\PayRequest;
use AlipayInstore\Model\PayResponse;
use AlipayInstore\PaymentCode;
use AlipayInstore\Policy;
use AlipayInstore\Qr;
use AlipayInstore\ResultCode;
use AlipayInstore\Router;
use AlipayInstore\Testing\Sandbox;
use PHPUnit\Framework\TestCase;

final class ValuesTest extends TestCase
{
    public function testAmountsAreTexts(): void
    {
        $price = Amount::fromMajor('19.99', 'USD');
        self::assertSame([1999, '19.99', '19.99 USD'], [$price->value, $price->toMajor(), (string) $price]);
        self::assertSame(2000, Amount::fromMajor(2000, 'JPY')->value);
        self::assertSame(['currency' => 'USD', 'value' => '1999'], $price->toArray());
        self::assertTrue($price->equals(Amount::fromMinor('1999', 'USD')));
        self::assertFalse($price->equals(Amount::fromMinor(1999, 'SGD')));
    }

    public function testAnAmountIsReadAsItIsShown(): void
    {
        foreach ([[1999, 'USD'], [5, 'USD'], [1999, 'JPY'], [1999, 'KWD'], [12300, 'IDR']] as [$value, $currency]) {
            $amount = Amount::fromMinor($value, $currency);
            self::assertTrue($amount->equals(Amount::parse((string) $amount)));
        }
        $wrong = ['19.99' => 'amount.format', '19.99  USD' => 'currency.format', '123.45 IDR' => 'amount.rule', 'x USD' => 'amount.format'];
        foreach ($wrong as $text => $code) {
            try {
                Amount::parse((string) $text);
                self::fail("it was taken: $text");
            } catch (AlipayException $error) {
                self::assertSame($code, $error->code, (string) $text);
            }
        }
    }

    public function testAFloatIsRefused(): void
    {
        try {
            Amount::fromMajor(19.99, 'USD');
            self::fail('a float was taken');
        } catch (AmountException $error) {
            self::assertSame('amount.float', $error->code);
            self::assertSame(ErrorCode::AmountFloat, $error->errorCode());
        }
    }

    public function testEveryErrorCodeIsThatOfTheCatalogue(): void
    {
        $file = \json_decode((string) \file_get_contents(__DIR__ . '/../../../tests/vectors/errors.json'), true);
        self::assertIsArray($file);
        self::assertCount(\count($file), ErrorCode::cases());
        foreach ($file as $case) {
            $code = ErrorCode::from($case['code']);
            self::assertSame($case['category'], $code->category()->value);
            self::assertSame($case['retryable'], $code->retryable());
            self::assertSame($case['hint'], $code->hint());
            $error = AlipayException::of($code, 'reason');
            self::assertSame($case['code'], $error->code);
            self::assertSame(\ucfirst($case['category']) . 'Exception', (new \ReflectionClass($error))->getShortName());
        }
    }

    public function testAPaymentCodeIsMasked(): void
    {
        $code = PaymentCode::fromScan("]C1281006020000000000125733\r\n");
        self::assertSame('281006020000000000125733', $code->expose());
        self::assertSame('006', $code->routingNumber());
        self::assertSame(24, $code->digits());
        foreach ([(string) $code, \print_r($code, true), \print_r(Sandbox::payRequest(), true)] as $shown) {
            self::assertStringNotContainsString('281006020000000000125733', $shown);
        }
        self::assertStringNotContainsString('Harbour', \print_r(Sandbox::payRequest(), true));
    }

    public function testWhatWasScannedInsteadOfACodeIsTold(): void
    {
        try {
            PaymentCode::fromScan('https://qr.alipay.com/fkx00000');
            self::fail('it was taken');
        } catch (CodeException $error) {
            self::assertSame(ScannedAs::ShopCode, $error->scannedAs);
        }
    }

    public function testCodesAreRouted(): void
    {
        $route = (new Router(direct: [new DirectWallet('MPAY', '003')]))->route('281003020000000000125733');
        self::assertSame('MPAY', $route->wallet);
        self::assertSame('wallet', $route->target->value);
    }

    public function testAdviceSpeaksToTheCashier(): void
    {
        $advice = ResultCode::advice(Protocol::Ams, Operation::Pay, 'F', 'USER_BALANCE_NOT_ENOUGH');
        self::assertSame(Meaning::PaymentRefused, $advice->meaning);
        self::assertNotSame('', $advice->cashierEn);
        self::assertTrue($advice->newIdNeeded);
    }

    public function testAModelIsReadAndWritten(): void
    {
        $written = Sandbox::payRequest()->toArray();
        self::assertSame(['currency' => 'USD', 'value' => '1999'], $written['paymentAmount']);
        self::assertSame($written, PayRequest::fromArray($written)->toArray());
        $odd = ['paymentAmount' => 'much', 'paymentId' => 7, 'unknown' => ['a' => true]];
        $response = PayResponse::fromArray($odd);
        self::assertSame('7', $response->paymentId);
        self::assertNull($response->paymentAmount);
        self::assertSame(['paymentAmount' => 'much', 'unknown' => ['a' => true]], $response->extra);
    }

    public function testAPolicyIsChecked(): void
    {
        $preset = (new Policy(Protocol::Ams))->toArray();
        $name = \array_key_first(\array_filter($preset, \is_int(...)));
        self::assertSame($preset[$name] + 1, (new Policy(Protocol::Ams, [$name => $preset[$name] + 1]))->toArray()[$name]);
        $this->expectException(ConfigurationException::class);
        new Policy(Protocol::Ams, ['no_such_number' => 1]);
    }

    public function testAPanicIsAnException(): void
    {
        \AlipayInstore\Native\arm_panic(1);
        try {
            Amount::fromMinor('1', 'USD');
            self::fail('nothing was thrown');
        } catch (InternalException $error) {
            self::assertSame('internal.panic', $error->code);
        }
        self::assertSame(1, Amount::fromMinor('1', 'USD')->value);
    }

    public function testQrCodes(): void
    {
        $text = 'https://qr.example/pay?order=ab-cd';
        self::assertStringStartsWith('<?xml', Qr::svg($text));
        self::assertStringStartsWith("\x89PNG", Qr::png($text));
        // By another encoder, with each mask that the standard allows.
        $others = \json_decode((string) \file_get_contents(__DIR__ . '/../../../core/tests/fixtures/qr.json'), true)['codes'];
        self::assertCount(3, $others);
        foreach ($others as $other) {
            self::assertContains(Qr::terminal($other['text']), $other['terminal']);
        }
        self::assertStringStartsWith("\x1b[97;40m", Qr::terminal($text, true));
        try {
            Qr::svg(str_repeat('x', 5_000));
            self::fail('it is refused');
        } catch (RequestException $error) {
            self::assertSame('qr.too_long', $error->code);
        }
    }
}
