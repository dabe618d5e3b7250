<?php

declare(strict_types=1);

namespace App;

use AlipayInstore\Client;
use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\HttpFoundation\Response;
use Symfony\Component\HttpKernel\Attribute\AsController;

/** Where the gateway posts notifications: ALIPAY_INSTORE_NOTIFY_URL names its public address. */
#[AsController]
final class NotificationController
{
    public function __construct(private readonly Client $till)
    {
    }

    public function __invoke(Request $request): Response
    {
        $answer = $this->till->handleRawNotification($request->headers->all(), $request->getContent())->answer;

        return new Response($answer->body, $answer->status, $answer->headers);
    }
}
