<?php

/**
 * The till. POST code=…&amount=19.99&id=… charges the customer; GET ?id=… tells how that payment stands.
 *
 * The id is made once for a sale and sent again if the page is: then the payment goes on, and nobody pays twice.
 */

declare(strict_types=1);

use AlipayInstore\Amount;
use AlipayInstore\Exception\AlipayException;

require __DIR__ . '/../shop.php';

header('Content-Type: application/json');
try {
    if ($_SERVER['REQUEST_METHOD'] === 'GET') {
        echo shown(client()->status((string) ($_GET['id'] ?? '')));
        return;
    }
    // Less than max_execution_time and the timeouts of the web server. What is in progress then goes on in this process, or
    // in the worker if this process ends.
    echo shown(client()->payCode(
        (string) ($_POST['code'] ?? ''),
        Amount::fromMajor((string) ($_POST['amount'] ?? ''), 'USD'),
        'Two coffees',
        paymentRequestId: (string) ($_POST['id'] ?? ''),
        wait: min(20.0, (float) ($_POST['wait'] ?? 20)),
    ));
} catch (AlipayException $error) {
    // The cashier must not charge again before the payment's state is known.
    http_response_code($error->mayHaveCharged ? 503 : 422);
    echo json_encode(['error' => $error->code, 'hint' => $error->hint, 'may_have_charged' => $error->mayHaveCharged]);
}
