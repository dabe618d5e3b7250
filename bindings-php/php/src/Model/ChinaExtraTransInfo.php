<?php

// Generated from schema/messages by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Model;

/** The texts as they are sent. `ChinaOrder` makes them from lists. */
final class ChinaExtraTransInfo extends Model
{
    /**
     * Every field can be left out here; what is required is checked when it is used.
     *
     * @param array<string, mixed> $extra
     */
    public function __construct(
        /**
         * One or more of 1 hotel, 2 flight, 3 study abroad, 4 trade, 5 other, joined by `|`. At most 16 characters.
         * Required.
         */
        public readonly ?string $businessType = null,
        /** Flight numbers. Business type 2. At most 1000 characters. */
        public readonly ?string $flightNumber = null,
        /** Departures, `yyyy-MM-dd HH:mm`, one a flight. Business type 2. */
        public readonly ?string $departureTime = null,
        /** Hotels. Business type 1. At most 1000 characters. */
        public readonly ?string $hotelName = null,
        /** Arrivals, `yyyy-MM-dd` in UTC+8, one a hotel. Business type 1. */
        public readonly ?string $checkinTime = null,
        /** Departures, `yyyy-MM-dd` in UTC+8, one a hotel. Business type 1. */
        public readonly ?string $checkoutTime = null,
        /** URLs of admission notices. Business type 3. At most 1000 characters. */
        public readonly ?string $admissionNoticeUrl = null,
        /** Goods as `name^quantity`. Business type 4. At most 2000 characters. */
        public readonly ?string $goodsInfo = null,
        /** The number of all goods together. Business type 4. */
        public readonly ?int $totalQuantity = null,
        /** Members that are not declared here, and declared ones of another kind; written back as they are. */
        public readonly array $extra = [],
    ) {
    }

    /**
     * Reads a JSON object leniently: scalars as text, number or boolean, null as absent.
     *
     * @param array<array-key, mixed> $data
     */
    public static function fromArray(array $data): self
    {
        $in = new Reader($data);

        return new self(
            businessType: $in->text('businessType'),
            flightNumber: $in->text('flightNumber'),
            departureTime: $in->text('departureTime'),
            hotelName: $in->text('hotelName'),
            checkinTime: $in->text('checkinTime'),
            checkoutTime: $in->text('checkoutTime'),
            admissionNoticeUrl: $in->text('admissionNoticeUrl'),
            goodsInfo: $in->text('goodsInfo'),
            totalQuantity: $in->integer('totalQuantity'),
            extra: $in->rest(),
        );
    }

    public function toArray(): array
    {
        $out = new Writer();
        $out->text('businessType', $this->businessType);
        $out->text('flightNumber', $this->flightNumber);
        $out->text('departureTime', $this->departureTime);
        $out->text('hotelName', $this->hotelName);
        $out->text('checkinTime', $this->checkinTime);
        $out->text('checkoutTime', $this->checkoutTime);
        $out->text('admissionNoticeUrl', $this->admissionNoticeUrl);
        $out->text('goodsInfo', $this->goodsInfo);
        $out->integer('totalQuantity', $this->totalQuantity);

        return $out->with($this->extra);
    }

    protected function shown(): array
    {
        return ['businessType'];
    }
}
