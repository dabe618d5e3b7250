<?php

declare(strict_types=1);

require_once __DIR__ . '/../autoload.php';

// PSR-3 and PSR-7 come from the distribution, which has no autoloader of Composer.
foreach (['Psr/Log', 'Psr/Http/Message', 'Nyholm/Psr7'] as $package) {
    $file = "/usr/share/php/$package/autoload.php";
    if (is_file($file)) {
        require_once $file;
    }
}

if (!interface_exists(Psr\Clock\ClockInterface::class)) {
    require_once __DIR__ . '/psr-clock.php';
}

/** How much faster than real time the gateway's clock runs in tests. Under valgrind the clients are slower than that. */
function gatewaySpeed(): int
{
    return (int) (getenv('ALIPAY_INSTORE_TEST_SPEED') ?: 20);
}

// PHPUnit keeps its comparators in a static property, and they refer to each other. They are given back, so that whatever
// valgrind tells was lost by something else.
register_shutdown_function(static function (): void {
    $factory = SebastianBergmann\Comparator\Factory::class;
    if (class_exists($factory, false)) {
        (new ReflectionProperty($factory, 'instance'))->setValue(null, null);
        gc_collect_cycles();
    }
});

require_once __DIR__ . '/Stack.php';
require_once __DIR__ . '/ForgetfulStore.php';
