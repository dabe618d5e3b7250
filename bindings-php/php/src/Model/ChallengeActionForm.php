<?php

// Generated from schema/messages by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Model;

use AlipayInstore\Enum\ChallengeTrigger;
use AlipayInstore\Enum\ChallengeType;

/** A challenge. */
final class ChallengeActionForm extends Model
{
    /**
     * Every field can be left out here; what is required is checked when it is used.
     *
     * @param array<string, mixed> $extra
     */
    public function __construct(
        /** What the customer is asked for. */
        public readonly ChallengeType|string|null $challengeType = null,
        /** What is shown. */
        public readonly ?string $challengeRenderValue = null,
        /** Who asks. */
        public readonly ChallengeTrigger|string|null $triggerSource = null,
        /** More, as text. */
        public readonly ?string $extendInfo = null,
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
            challengeType: $in->word('challengeType', ChallengeType::class),
            challengeRenderValue: $in->text('challengeRenderValue'),
            triggerSource: $in->word('triggerSource', ChallengeTrigger::class),
            extendInfo: $in->text('extendInfo'),
            extra: $in->rest(),
        );
    }

    public function toArray(): array
    {
        $out = new Writer();
        $out->word('challengeType', $this->challengeType);
        $out->text('challengeRenderValue', $this->challengeRenderValue);
        $out->word('triggerSource', $this->triggerSource);
        $out->text('extendInfo', $this->extendInfo);

        return $out->with($this->extra);
    }

    protected function shown(): array
    {
        return ['challengeType', 'triggerSource'];
    }
}
