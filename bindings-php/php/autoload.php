<?php

// For hosts without Composer, and for the tests: loads the classes of the package.

declare(strict_types=1);

spl_autoload_register(static function (string $class): void {
    $prefix = 'AlipayInstore\\';
    if (str_starts_with($class, $prefix)) {
        $file = __DIR__ . '/src/' . strtr(substr($class, strlen($prefix)), '\\', '/') . '.php';
        if (is_file($file)) {
            require $file;
        }
    }
});
