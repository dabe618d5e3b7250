<?php

declare(strict_types=1);

require_once __DIR__ . '/../autoload.php';

// PSR-7 comes from the distribution, which has no autoloader of Composer.
foreach (['/usr/share/php/Psr/Http/Message/autoload.php', '/usr/share/php/Nyholm/Psr7/autoload.php'] as $file) {
    if (is_file($file)) {
        require_once $file;
    }
}

require_once __DIR__ . '/Stack.php';
