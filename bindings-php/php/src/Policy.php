<?php

declare(strict_types=1);

namespace AlipayInstore;

use AlipayInstore\Enum\Protocol;

/** The numbers that payments are driven by: a preset of a protocol, and changes to it. */
final class Policy
{
    private readonly string $json;

    /**
     * @param array<string, mixed> $changes the numbers to change by their names, which docs/protocol.md lists; times are
     *     milliseconds
     *
     * @throws Exception\ConfigurationException
     */
    public function __construct(Protocol $preset, array $changes = [])
    {
        $this->json = Native\policy($preset->value, Json::write($changes));
    }

    /** @return array<array-key, mixed> every number by its name */
    public function toArray(): array
    {
        return Json::object($this->json);
    }

    /** @internal */
    public function json(): string
    {
        return $this->json;
    }
}
