<?php

/** The till. POST code=…&amount=19.99&id=… charges the customer; GET ?id=… tells how that payment stands. */

declare(strict_types=1);

use AlipayInstore\Exception\AlipayException;
use App\Till;

require __DIR__ . '/../shop.php';

header('Content-Type: application/json');
try {
    $till = new Till(client());
    $page = $_SERVER['REQUEST_METHOD'] === 'GET' ? $till->status((string) ($_GET['id'] ?? '')) : $till->pay($_POST);
} catch (AlipayException $error) {
    [$status, $page] = Till::error($error);
    http_response_code($status);
}
echo json_encode($page, JSON_THROW_ON_ERROR);
