<?php

declare(strict_types=1);

namespace AlipayInstore;

use AlipayInstore\Exception\AlipayException;

/** What to answer to a notification, and what it changed. */
final class HandledNotification
{
    private function __construct(
        /** What to answer; after any other status than 200 the notification comes again. */
        public readonly Acknowledgement $answer,
        /** The notification; null if it could not be verified. */
        public readonly ?Notification $notification,
        /** What it changed; null after an error. */
        public readonly ?Notified $result,
        /** Why it was refused. */
        public readonly ?AlipayException $error,
    ) {
    }

    /** Sends the answer by the SAPI that runs the script. */
    public function send(): void
    {
        $this->answer->send();
    }

    /** @internal */
    public static function refused(AlipayException $error, ?Notification $notification = null): self
    {
        return new self(Acknowledgement::refuse($error), $notification, null, $error);
    }

    /** @internal */
    public static function handled(string $json, Notification $notification): self
    {
        $data = Json::object($json);
        $result = Json::optionalArray($data, 'result');
        $error = Json::optionalArray($data, 'error');

        return new self(
            Acknowledgement::fromArray($data),
            $notification,
            $result === null ? null : Notified::fromArray($result),
            $error === null ? null : AlipayException::fromArray($error),
        );
    }
}
