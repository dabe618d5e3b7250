<?php

declare(strict_types=1);

require __DIR__ . '/../../../examples/public/notify.php';
