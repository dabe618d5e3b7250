<?php

// Generated from schema/messages by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Model;

/** The members of `extendInfo`. */
final class ExtendMembers extends Model
{
    /**
     * Every field can be left out here; what is required is checked when it is used.
     *
     * @param array<string, mixed> $extra
     */
    public function __construct(
        /** What Alipay in China asks to know about the trade. */
        public readonly ?ChinaExtraTransInfo $chinaExtraTransInfo = null,
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
            chinaExtraTransInfo: $in->model('chinaExtraTransInfo', ChinaExtraTransInfo::fromArray(...)),
            extra: $in->rest(),
        );
    }

    public function toArray(): array
    {
        $out = new Writer();
        $out->model('chinaExtraTransInfo', $this->chinaExtraTransInfo);

        return $out->with($this->extra);
    }

    protected function shown(): array
    {
        return [];
    }
}
