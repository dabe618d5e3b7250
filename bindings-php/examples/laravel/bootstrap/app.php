<?php

/** As in every application of Laravel. */

declare(strict_types=1);

use Illuminate\Contracts;
use Illuminate\Foundation;

$app = new Foundation\Application(dirname(__DIR__));
$app->singleton(Contracts\Http\Kernel::class, Foundation\Http\Kernel::class);
$app->singleton(Contracts\Debug\ExceptionHandler::class, Foundation\Exceptions\Handler::class);

return $app;
