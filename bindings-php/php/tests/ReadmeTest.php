<?php

declare(strict_types=1);

namespace AlipayInstore\Tests;

use AlipayInstore\PaymentRequestId;
use AlipayInstore\Testing\Sandbox;
use PHPUnit\Framework\TestCase;

/** The PHP of the README runs as it stands, one block after the other, with the settings of a sandbox; that of the guide block by block. */
final class ReadmeTest extends TestCase
{
    /** Names that the page does not spell out each time. */
    private const USES = "use AlipayInstore\\{DirectWallet, ErrorCode, PaymentCode, PaymentRequestId, ResultCode, Router, "
        . "SigningKey, VerifyingKey};\nuse AlipayInstore\\Enum\\{Operation, Protocol};\nuse AlipayInstore\\Model\\RefundRequest;";

    public function testEveryBlockRuns(): void
    {
        $sandbox = Sandbox::start();
        $page = (string) \file_get_contents(__DIR__ . '/../../README.md');
        self::assertGreaterThan(4, \preg_match_all('/^```php\n(.*?)^```$/ms', $page, $found));
        $folder = \sys_get_temp_dir() . '/alipay-readme-' . \bin2hex(\random_bytes(6));
        // It stands in a file of its own, where others are included in one.
        $code = \str_replace("<?php\nrequire 'vendor/autoload.php';\n", '', \implode("\n", $found[1]));
        $code = \strtr($code, [
            '/var/lib/shop/payments' => $folder,
            "'payments'" => "'$folder-first'",
            // The library that makes this object is not a part of the tests.
            'Amount::fromMoney($money);' => '',
        ]);
        // Every `use` stands before the code, and each name once.
        \preg_match_all('/^use ([^;{]+)(?:\{([^}]+)\})?;$/m', self::USES . "\n$code", $uses, \PREG_SET_ORDER);
        $names = [];
        foreach ($uses as $use) {
            foreach (\explode(', ', $use[2] ?? '') as $name) {
                $names[$use[1] . $name] = "use $use[1]$name;";
            }
            $code = \str_replace($use[0], '', $code);
        }
        $head = 'require ' . \var_export(__DIR__ . '/../autoload.php', true) . ';' . $this->settings($sandbox);
        $script = "<?php\n" . \implode("\n", $names) . "\n$head\n$code\necho \"\\nended\";\n";
        \file_put_contents("$folder.php", $script);
        $extension = (string) \getenv('ALIPAY_INSTORE_PHP');
        // A page sends its headers after what the blocks above it print.
        $line = [\PHP_BINARY, '-d', "extension=$extension", '-d', 'display_errors=1', '-d', 'output_buffering=1000000', "$folder.php"];
        $process = \proc_open($line, [1 => ['pipe', 'w'], 2 => ['pipe', 'w']], $pipes);
        self::assertIsResource($process);
        $said = (string) \stream_get_contents($pipes[1]) . (string) \stream_get_contents($pipes[2]);
        self::assertSame(0, \proc_close($process), $said);
        self::assertStringStartsWith("succeeded\n", $said);
        self::assertStringContainsString("\nended", $said);
        self::assertStringNotContainsString('Warning', $said);
        $sandbox->stop();
    }

    /** What a page of the guide includes is run where it comes from. */
    public function testEveryBlockOfTheGuideRuns(): void
    {
        $run = [];
        $pages = new \RecursiveIteratorIterator(new \RecursiveDirectoryIterator(__DIR__ . '/../../../docs'));
        foreach ($pages as $page) {
            if ($page->getExtension() !== 'md') {
                continue;
            }
            \preg_match_all('/^```php\n(?!\{\{#include)(.*?)^```$/ms', (string) \file_get_contents($page->getPathname()), $found);
            foreach ($found[1] as $block) {
                $run[] = $page->getFilename();
                $file = \sys_get_temp_dir() . '/alipay-guide-' . \bin2hex(\random_bytes(6)) . '.php';
                // A `use` may come after this.
                $head = '<?php require ' . \var_export(__DIR__ . '/../autoload.php', true) . ';';
                \file_put_contents($file, "$head\n{$block}echo 'ended';");
                $extension = (string) \getenv('ALIPAY_INSTORE_PHP');
                $line = [\PHP_BINARY, '-d', "extension=$extension", '-d', 'zend.assertions=1', '-d', 'display_errors=1', $file];
                $process = \proc_open($line, [1 => ['pipe', 'w'], 2 => ['pipe', 'w']], $pipes);
                self::assertIsResource($process);
                self::assertSame('ended', \stream_get_contents($pipes[1]) . \stream_get_contents($pipes[2]), \end($run));
                self::assertSame(0, \proc_close($process));
                \unlink($file);
            }
        }
        \sort($run);
        self::assertSame(['amounts.md', 'routing.md'], $run);
    }

    /** What the page takes as given: the environment, the variables of a page, and keys. */
    private function settings(Sandbox $sandbox): string
    {
        $given = [
            'ALIPAY_INSTORE_PROTOCOL' => 'ams',
            'ALIPAY_INSTORE_CLIENT_ID' => $sandbox->clientId,
            'ALIPAY_INSTORE_GATEWAY' => $sandbox->baseUrl,
            'ALIPAY_INSTORE_SIGNING_KEY_FILE' => "$sandbox->folder/merchant_private_key.pem",
            'ALIPAY_INSTORE_GATEWAY_KEY_FILE' => "$sandbox->folder/gateway_public_key.pem",
            'ALIPAY_INSTORE_NOTIFY_URL' => Sandbox::NOTIFY_PATH,
        ];
        $code = '';
        foreach ($given as $name => $value) {
            $code .= 'putenv(' . \var_export("$name=$value", true) . ');';
        }
        $variables = [
            '_POST' => ['code' => Sandbox::PAID_AT_ONCE],
            'id' => PaymentRequestId::new('README'),
            'command' => \getenv('ALIPAY_INSTORE_COMMAND') ?: 'alipay-instore',
            'pem' => \file_get_contents("$sandbox->folder/merchant_private_key.pem"),
            'gatewayKey' => \file_get_contents("$sandbox->folder/merchant_public_key.pem"),
            'path' => '/v1',
            'clientId' => $sandbox->clientId,
            'time' => '1700000000000',
            'body' => '{}',
            'code' => Sandbox::PAID_AT_ONCE,
        ];
        foreach ($variables as $name => $value) {
            $code .= "\$$name = " . \var_export($value, true) . ';';
        }

        $database = \var_export('sqlite:' . \sys_get_temp_dir() . '/alipay-readme-' . \bin2hex(\random_bytes(6)) . '.db', true);

        return "$code\$open = fn () => new PDO($database);\$merchant = Merchant::fromEnv();";
    }
}
