<?php

/** The till of the examples, and one that runs longer than a page may: it begins a sale and never ends by itself. */

declare(strict_types=1);

use AlipayInstore\Amount;

if (!isset($_POST['burn'])) {
    require __DIR__ . '/../../../examples/public/till.php';
    return;
}
require __DIR__ . '/../../../examples/shop.php';
set_time_limit(1);
client()->payCode(
    (string) $_POST['code'],
    Amount::fromMajor((string) $_POST['amount'], 'USD'),
    'Two coffees',
    paymentRequestId: (string) $_POST['id'],
    wait: 0,
);
while (true) {
    client()->status((string) $_POST['id']);
}
