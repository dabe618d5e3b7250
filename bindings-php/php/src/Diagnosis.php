<?php

declare(strict_types=1);

namespace AlipayInstore;

/** What was found about a signature that does not verify. As a string it is a sentence a line. */
final class Diagnosis implements \Stringable
{
    /**
     * @param list<Finding> $findings
     * @param list<string> $excluded
     * @param array<array-key, mixed> $all
     */
    private function __construct(
        /** The result in one sentence. */
        public readonly string $summary,
        /** Everything found, the most likely cause first; never empty. */
        public readonly array $findings,
        /** What can't be the cause, a sentence each. */
        public readonly array $excluded,
        /** Whether every candidate was compared. False where the limit of work was reached. */
        public readonly bool $complete,
        private readonly array $all,
        private readonly string $text,
    ) {
    }

    /** @internal */
    public static function fromJson(string $json, string $text): self
    {
        $data = Json::object($json);

        return new self(
            Json::text($data, 'summary'),
            Json::each($data, 'findings', Finding::fromArray(...)),
            \array_values(Json::texts($data, 'excluded')),
            Json::flag($data, 'complete'),
            $data,
            $text,
        );
    }

    /** @return array<array-key, mixed> everything, with the digest that was signed and the keys that were tried */
    public function toArray(): array
    {
        return $this->all;
    }

    public function __toString(): string
    {
        return $this->text;
    }
}
