<?php

declare(strict_types=1);

/** A case that says something no runner knows; the code stands in the result. */
final class Unrunnable extends Exception
{
}
