<?php

declare(strict_types=1);

namespace AlipayInstore\Exception;

use AlipayInstore\Enum\Category;
use AlipayInstore\Enum\ScannedAs;
use AlipayInstore\ErrorCode;
use AlipayInstore\Json;

/**
 * An error with a stable code, the reason found this once, and a hint that says what to do. There is one class for each
 * category of the catalogue.
 *
 * Neither its message nor its trace holds a key, a full payment code or the body of a message, whatever
 * `zend.exception_ignore_args` says.
 */
abstract class AlipayException extends \RuntimeException
{
    /** @var string The stable code, such as `key.encrypted`; `getCode()` gives the same. */
    public $code;

    /**
     * @param string $reason What was found.
     * @param string $hint What to do about it.
     * @param bool $retryable Whether the same call, with the same id, may be repeated.
     * @param string|null $path The JSON path of the field at fault, such as `order.env.storeTerminalId`.
     * @param bool $mayHaveCharged Whether the customer may have been charged, by this call or by the stored payment. False
     *     only if nothing was sent, or if the gateway verifiably refused.
     * @param bool $mayHaveRefunded Whether money may have been given back, by this call or for the stored payment.
     * @param string|null $paymentRequestId The payment whose call failed, also where the client made its id.
     * @param ScannedAs|null $scannedAs What was probably scanned, where a code error can tell it.
     * @param int|null $httpStatus The HTTP status of an answer that could not be used, such as 502. Nobody signed it.
     * @param string|null $contentType The content type of that answer, such as `text/html`.
     */
    final public function __construct(
        ErrorCode $code,
        public readonly string $reason,
        public readonly string $hint = '',
        public readonly bool $retryable = false,
        public readonly ?string $path = null,
        public readonly bool $mayHaveCharged = false,
        public readonly bool $mayHaveRefunded = false,
        public readonly ?string $paymentRequestId = null,
        public readonly ?ScannedAs $scannedAs = null,
        public readonly ?int $httpStatus = null,
        public readonly ?string $contentType = null,
    ) {
        $at = $path === null ? '' : "$path: ";
        parent::__construct("$code->value: $at$reason ($hint)");
        $this->code = $code->value;
        $this->forgetArguments();
    }

    /** The entry of the catalogue. */
    public function errorCode(): ErrorCode
    {
        return ErrorCode::from($this->code);
    }

    /**
     * The exception for an error that the extension tells as JSON.
     *
     * @internal
     */
    public static function fromJson(string $json): self
    {
        return self::fromArray(Json::object($json));
    }

    /**
     * @internal
     *
     * @param array<array-key, mixed> $data
     */
    public static function fromArray(array $data): self
    {
        $code = ErrorCode::from(Json::text($data, 'code'));
        $class = self::classOf($code->category());
        $scanned = Json::optionalText($data, 'scanned_as');

        return new $class(
            $code,
            Json::text($data, 'reason'),
            Json::text($data, 'hint'),
            Json::flag($data, 'retryable'),
            Json::optionalText($data, 'path'),
            Json::flag($data, 'may_have_charged'),
            Json::flag($data, 'may_have_refunded'),
            Json::optionalText($data, 'payment_request_id'),
            $scanned === null ? null : ScannedAs::from($scanned),
            Json::optionalInteger($data, 'http_status'),
            Json::optionalText($data, 'content_type'),
        );
    }

    /**
     * An error that the package itself finds.
     *
     * @internal
     */
    public static function of(ErrorCode $code, string $reason, ?string $path = null, ?string $hint = null): self
    {
        $class = self::classOf($code->category());

        return new $class($code, $reason, $hint ?? $code->hint(), $code->retryable(), $path);
    }

    /**
     * Takes the arguments of the package and of the extension out of the trace: a parameter of an extension can't be marked
     * as sensitive, and PHP 8.1 marks none.
     */
    private function forgetArguments(): void
    {
        $trace = new \ReflectionProperty(\Exception::class, 'trace');
        $frames = $this->getTrace();
        foreach ($frames as $place => $frame) {
            if (\str_starts_with($frame['class'] ?? $frame['function'], 'AlipayInstore\\')) {
                unset($frames[$place]['args']);
            }
        }
        $trace->setValue($this, $frames);
    }

    /** @return class-string<self> */
    private static function classOf(Category $category): string
    {
        return match ($category) {
            Category::Key => KeyException::class,
            Category::Signature => SignatureException::class,
            Category::Code => CodeException::class,
            Category::Amount => AmountException::class,
            Category::Configuration => ConfigurationException::class,
            Category::Request => RequestException::class,
            Category::Message => MessageException::class,
            Category::Payment => PaymentException::class,
            Category::Store => StoreException::class,
            Category::Transport => TransportException::class,
            Category::Internal => InternalException::class,
        };
    }
}
