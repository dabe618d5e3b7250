<?php

declare(strict_types=1);

namespace AlipayInstore;

use AlipayInstore\Enum\AmountRules;
use AlipayInstore\Enum\Rounding;
use AlipayInstore\Exception\AlipayException;

/**
 * An amount of money in minor units. A price comes in as text: a float can't hold most prices and is refused.
 */
final class Amount implements \Stringable
{
    private function __construct(
        /** Minor units, such as `1999` for 19.99 USD. */
        public readonly int $value,
        /** The currency's three letters. */
        public readonly string $currency,
    ) {
    }

    /**
     * A price in major units, such as `'19.99'`. What the currency can't hold is refused, unless a rounding is given.
     *
     * @param string|int|\Brick\Math\BigNumber $price
     *
     * @throws Exception\AmountException
     */
    public static function fromMajor(
        mixed $price,
        string $currency,
        ?Rounding $rounding = null,
        AmountRules $rules = AmountRules::Alipay,
    ): self {
        $text = self::priceText($price);

        return new self(
            self::whole(Native\amount_from_major($text, $currency, $rounding?->value, $rules->value)),
            $currency,
        );
    }

    /**
     * Reads a price with its currency, such as `'19.99 USD'`. Nothing is rounded.
     *
     * @throws Exception\AmountException
     */
    public static function parse(string $text): self
    {
        $parts = \explode(' ', $text, 2);
        if (\count($parts) < 2) {
            throw AlipayException::of(ErrorCode::AmountFormat, 'the text is not a price, a space and a currency code');
        }

        return self::fromMajor($parts[0], $parts[1]);
    }

    /**
     * Minor units, as the gateways write them.
     *
     * @throws Exception\AmountException
     */
    public static function fromMinor(string|int $value, string $currency): self
    {
        return new self(self::whole(Native\amount_from_minor((string) $value, $currency)), $currency);
    }

    /**
     * A `Brick\Money\Money` or a `Money\Money` of moneyphp.
     *
     * @throws Exception\AmountException
     */
    public static function fromMoney(object $money): self
    {
        if ($money instanceof \Brick\Money\Money) {
            return self::fromMajor((string) $money->getAmount(), $money->getCurrency()->getCurrencyCode());
        }
        if ($money instanceof \Money\Money) {
            return self::fromMinor($money->getAmount(), $money->getCurrency()->getCode());
        }

        throw new \TypeError('money must be a Brick\Money\Money or a Money\Money, not ' . $money::class);
    }

    /** The price in major units, such as `19.99`. */
    public function toMajor(): string
    {
        return Native\amount_to_major((string) $this->value, $this->currency);
    }

    public function equals(self $other): bool
    {
        return $this->value === $other->value && $this->currency === $other->currency;
    }

    /** @return array{currency: string, value: string} as it stands in a message */
    public function toArray(): array
    {
        return ['currency' => $this->currency, 'value' => (string) $this->value];
    }

    public function __toString(): string
    {
        return $this->toMajor() . ' ' . $this->currency;
    }

    private static function priceText(mixed $price): string
    {
        if (\is_float($price)) {
            throw AlipayException::of(ErrorCode::AmountFloat, 'a float was passed as money');
        }
        if (\is_int($price) || \is_string($price) || $price instanceof \Brick\Math\BigNumber) {
            return (string) $price;
        }

        throw new \TypeError('a price must be a string or an int, not ' . \get_debug_type($price));
    }

    private static function whole(string $digits): int
    {
        $value = \filter_var($digits, \FILTER_VALIDATE_INT);

        return \is_int($value) ? $value : throw AlipayException::of(
            ErrorCode::AmountTooLong,
            'the amount has more digits than an int of PHP holds',
        );
    }
}
