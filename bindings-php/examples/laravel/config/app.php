<?php

/** What an application has anyway, and the one line that is added to it: AlipayServiceProvider. */

declare(strict_types=1);

return [
    'name' => 'Coffee House',
    'env' => 'production',
    'debug' => false,
    'timezone' => 'UTC',
    'providers' => [
        Illuminate\Filesystem\FilesystemServiceProvider::class,
        App\AlipayServiceProvider::class,
    ],
];
