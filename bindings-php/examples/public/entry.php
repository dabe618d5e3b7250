<?php

/**
 * The page behind the entry code that is printed at the counter.
 *
 *     GET  /entry/code    the printed code, as SVG: it holds the address of this page
 *     GET  /entry         what the wallet opens when the customer scans it: asks for the amount
 *     POST /entry         begins the payment, and sends the wallet where the gateway says
 *     GET  /entry?id=…    where the wallet comes back to
 *
 * That a browser comes back proves nothing. What was paid is known from verified notifications and inquiries alone; this page
 * shows what is stored, whatever its address says.
 */

declare(strict_types=1);

use AlipayInstore\Amount;
use AlipayInstore\Enum\Outcome;
use AlipayInstore\Enum\Scenario;
use AlipayInstore\Exception\AlipayException;
use AlipayInstore\Model\PayRequest;
use AlipayInstore\PaymentRequestId;
use AlipayInstore\Qr;

require __DIR__ . '/../shop.php';

/** The public address of this page, which is what the printed code holds; a request could name any host. */
$page = (string) getenv('SHOP_ENTRY_URL');

function page(string $content): void
{
    header('Content-Type: text/html; charset=UTF-8');
    echo '<!doctype html><meta name="viewport" content="width=device-width"><title>Coffee House</title>', $content;
}

/** Where the wallet is sent to; null if the gateway has named no place in time. */
function walletPage(string $id): ?string
{
    $steps = client()->watch($id, wait: 10.0);
    do {
        $result = client()->status($id);
        $url = $result->form['redirectActionForm']['redirectUrl'] ?? null;
        if (is_string($url) || !$result->inProgress() || !$steps->valid()) {
            return is_string($url) ? $url : null;
        }
        $steps->next();
    } while (true);
}

if (str_ends_with((string) $_SERVER['DOCUMENT_URI'], '/code')) {
    header('Content-Type: image/svg+xml');
    echo Qr::svg($page);
    return;
}
try {
    if ($_SERVER['REQUEST_METHOD'] === 'POST') {
        // The id was made with the form: the button pressed twice is one payment.
        $id = (string) ($_POST['id'] ?? '');
        $amount = Amount::fromMajor((string) ($_POST['amount'] ?? ''), 'USD');
        // By this header the gateway knows which wallet the customer holds in hand.
        $wallet = (string) ($_SERVER['HTTP_USER_AGENT'] ?? '');
        $request = shop()->sale(Scenario::EntryCode, $amount, 'Coffee House, Harbour', $id, userAgent: $wallet);
        $back = "$page?id=" . rawurlencode($id);
        client()->start(PayRequest::fromArray(['paymentRedirectUrl' => $back] + $request->toArray()));
        header('Location: ' . (walletPage($id) ?? $back), response_code: 303);
        return;
    }
    if (!isset($_GET['id'])) {
        $id = PaymentRequestId::new('COUNTER1');
        page("<form method=post><input type=hidden name=id value=\"$id\">Amount in USD "
            . '<input name=amount inputmode=decimal> <button>Pay</button></form>');
        return;
    }
    page(match (client()->status((string) $_GET['id'])->outcome) {
        Outcome::Succeeded => '<p>Paid. Thank you.',
        Outcome::Failed, Outcome::Cancelled, Outcome::Refunded => '<p>Not paid.',
        Outcome::Unresolved => '<p>Please ask at the counter.',
        null => '<meta http-equiv="refresh" content="2"><p>We are waiting for your wallet.',
    });
} catch (AlipayException $error) {
    http_response_code($error->mayHaveCharged ? 503 : 422);
    // The reason speaks of what the customer typed; it holds no secret.
    page('<p>' . htmlspecialchars($error->reason));
}
