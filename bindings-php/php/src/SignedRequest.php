<?php

declare(strict_types=1);

namespace AlipayInstore;

/** A signed request, to be sent with POST. The body is sent byte for byte as it stands. */
final class SignedRequest
{
    /** @param array<string, string> $headers */
    public function __construct(
        public readonly string $url,
        /** What was signed, and what the response is verified with. */
        public readonly string $path,
        public readonly array $headers,
        #[\SensitiveParameter] public readonly string $body,
    ) {
    }
}
