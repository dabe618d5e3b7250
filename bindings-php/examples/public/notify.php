<?php

/** Where the gateway posts notifications: ALIPAY_INSTORE_NOTIFY_URL names its public address. */

declare(strict_types=1);

require __DIR__ . '/../shop.php';

$handled = client()->handleNotificationFromGlobals();
if ($handled->error !== null) {
    error_log("notification refused: {$handled->error->code}");
}
$handled->send();
