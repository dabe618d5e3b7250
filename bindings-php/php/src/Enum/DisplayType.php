<?php

// Generated from schema/messages by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/** How a code is shown. A word that the documents do not list stays readable as a string. */
enum DisplayType: string
{
    /** As text. */
    case Text = 'TEXT';
    /** As an image of middle size. */
    case MiddleImage = 'MIDDLEIMAGE';
    /** As a small image. */
    case SmallImage = 'SMALLIMAGE';
    /** As a big image. */
    case BigImage = 'BIGIMAGE';
}
