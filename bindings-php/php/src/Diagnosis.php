<?php

// Generated from schema/dialect/reports.toml by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore;

/** What was found about a signature that does not verify. It decides nothing. */
final class Diagnosis implements \Stringable
{
    /**
     * @param list<Finding> $findings
     * @param list<string> $excluded
     * @param list<TriedKey> $keys
     */
    private function __construct(
        /** The result in one sentence. */
        public readonly string $summary,
        /** Everything found, the most likely cause first; never empty. */
        public readonly array $findings,
        /** What can't be the cause, a sentence each. */
        public readonly array $excluded,
        /** What the signature holds, where a key opened it. */
        public readonly ?SignedDigest $signed,
        /** Every key that was tried. */
        public readonly array $keys,
        /** The number of contents that were compared with what was signed. */
        public readonly int $tried,
        /** Whether every candidate was compared. False where the limit of work was reached. */
        public readonly bool $complete,
        /** The same in words, a sentence a line. */
        public readonly string $text,
    ) {
    }

    public function __toString(): string
    {
        return $this->text;
    }

    /**
     * @internal
     *
     * @param array<array-key, mixed> $data
     */
    public static function fromArray(#[\SensitiveParameter] array $data): self
    {
        return new self(
            Json::text($data, 'summary'),
            Json::each($data, 'findings', Finding::fromArray(...)),
            \array_values(Json::texts($data, 'excluded')),
            Json::one($data, 'signed', SignedDigest::fromArray(...)),
            Json::each($data, 'keys', TriedKey::fromArray(...)),
            Json::integer($data, 'tried'),
            Json::flag($data, 'complete'),
            Json::text($data, 'text'),
        );
    }
}
