<?php

declare(strict_types=1);

namespace AlipayInstore;

use AlipayInstore\Exception\AlipayException;

/** An answer to a notification, ready to be sent. The body is sent byte for byte as it stands. */
final class Acknowledgement
{
    /** @param array<string, string> $headers */
    public function __construct(
        /** 200 ends the resending; after any other status the notification comes again. */
        public readonly int $status,
        public readonly array $headers,
        public readonly string $body,
    ) {
    }

    /**
     * Answers a notification that could not be verified or stored, so that the gateway sends it again. The error's text is
     * not told to a stranger.
     */
    public static function refuse(\Throwable $error): self
    {
        $code = $error instanceof AlipayException ? $error->errorCode() : ErrorCode::InternalPanic;

        return self::fromArray(Json::object(Native\refuse($code->value)));
    }

    /** Sends it by the SAPI that runs the script. */
    public function send(): void
    {
        \http_response_code($this->status);
        foreach ($this->headers as $name => $value) {
            \header("$name: $value");
        }
        echo $this->body;
    }

    /**
     * @internal
     *
     * @param array<array-key, mixed> $data
     */
    public static function fromArray(array $data): self
    {
        return new self(Json::integer($data, 'status'), Json::texts($data, 'headers'), Json::text($data, 'body'));
    }
}
