<?php

declare(strict_types=1);

use App\NotificationController;
use App\TillController;
use Illuminate\Support\Facades\Route;

// Behind the middleware that knows the cashier.
Route::post('/till', [TillController::class, 'pay']);
Route::get('/till', [TillController::class, 'status']);

// Outside of the group `web`: the gateway has no CSRF token, and signs what it posts.
Route::post('/alipay/notify', NotificationController::class);
