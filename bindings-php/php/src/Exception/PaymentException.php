<?php

declare(strict_types=1);

namespace AlipayInstore\Exception;

/** The payment or refund machine refused an event, or a snapshot could not be restored. */
final class PaymentException extends AlipayException
{
}
