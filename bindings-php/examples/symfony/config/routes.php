<?php

declare(strict_types=1);

use App\NotificationController;
use App\TillController;
use Symfony\Component\Routing\Loader\Configurator\RoutingConfigurator;

return static function (RoutingConfigurator $routes): void {
    // Behind the firewall that knows the cashier.
    $routes->add('till_pay', '/till')->methods(['POST'])->controller([TillController::class, 'pay']);
    $routes->add('till_status', '/till')->methods(['GET'])->controller([TillController::class, 'status']);
    // Open to all: the gateway signs what it posts.
    $routes->add('alipay_notify', '/alipay/notify')->methods(['POST'])->controller(NotificationController::class);
};
