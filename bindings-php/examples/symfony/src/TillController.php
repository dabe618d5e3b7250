<?php

declare(strict_types=1);

namespace App;

use Symfony\Component\HttpFoundation\JsonResponse;
use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\HttpKernel\Attribute\AsController;

#[AsController]
final class TillController
{
    public function __construct(private readonly Till $till)
    {
    }

    public function pay(Request $request): JsonResponse
    {
        return new JsonResponse($this->till->pay($request->request->all()));
    }

    public function status(Request $request): JsonResponse
    {
        return new JsonResponse($this->till->status((string) $request->query->get('id')));
    }
}
