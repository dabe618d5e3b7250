<?php

/** What Composer's autoloader would load: Symfony as the distribution packages it, this package, and the example. */

declare(strict_types=1);

require 'Symfony/Bundle/FrameworkBundle/autoload.php';
require __DIR__ . '/../../autoload.php';
spl_autoload_register(static function (string $class): void {
    foreach (['symfony/src', '.'] as $folder) {
        $file = __DIR__ . "/../../../examples/$folder/" . basename(strtr($class, '\\', '/')) . '.php';
        if (str_starts_with($class, 'App\\') && is_file($file)) {
            require $file;
        }
    }
});
