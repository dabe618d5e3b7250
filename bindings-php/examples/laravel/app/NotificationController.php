<?php

declare(strict_types=1);

namespace App;

use AlipayInstore\Client;
use Illuminate\Http\Request;
use Illuminate\Http\Response;

/** Where the gateway posts notifications: ALIPAY_INSTORE_NOTIFY_URL names its public address. */
final class NotificationController
{
    public function __invoke(Request $request, Client $till): Response
    {
        $answer = $till->handleRawNotification($request->headers->all(), $request->getContent())->answer;

        return new Response($answer->body, $answer->status, $answer->headers);
    }
}
