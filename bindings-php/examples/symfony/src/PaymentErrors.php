<?php

declare(strict_types=1);

namespace App;

use AlipayInstore\Exception\AlipayException;
use Symfony\Component\EventDispatcher\EventSubscriberInterface;
use Symfony\Component\HttpFoundation\JsonResponse;
use Symfony\Component\HttpKernel\Event\ExceptionEvent;
use Symfony\Component\HttpKernel\KernelEvents;

/** What a page shows for an error of a payment. */
final class PaymentErrors implements EventSubscriberInterface
{
    public static function getSubscribedEvents(): array
    {
        return [KernelEvents::EXCEPTION => 'show'];
    }

    public function show(ExceptionEvent $event): void
    {
        $error = $event->getThrowable();
        if ($error instanceof AlipayException) {
            [$status, $page] = Till::error($error);
            $event->setResponse(new JsonResponse($page, $status));
        }
    }
}
