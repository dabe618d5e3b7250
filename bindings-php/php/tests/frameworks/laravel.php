<?php

/** What Composer's autoloader would load: Laravel as the distribution packages it, this package, and the example. */

declare(strict_types=1);

// That version of Laravel is older than this PHP, and both tell so.
error_reporting(E_ALL & ~E_DEPRECATED);
require 'Illuminate/autoload.php';
require __DIR__ . '/../../autoload.php';
spl_autoload_register(static function (string $class): void {
    foreach (['laravel/app', '.'] as $folder) {
        $file = __DIR__ . "/../../../examples/$folder/" . basename(strtr($class, '\\', '/')) . '.php';
        if (str_starts_with($class, 'App\\') && is_file($file)) {
            require $file;
        }
    }
});
