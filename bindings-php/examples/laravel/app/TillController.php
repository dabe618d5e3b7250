<?php

declare(strict_types=1);

namespace App;

use Illuminate\Http\JsonResponse;
use Illuminate\Http\Request;

final class TillController
{
    public function pay(Request $request, Till $till): JsonResponse
    {
        return new JsonResponse($till->pay($request->post()));
    }

    public function status(Request $request, Till $till): JsonResponse
    {
        return new JsonResponse($till->status((string) $request->query('id')));
    }
}
