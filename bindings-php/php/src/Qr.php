<?php

declare(strict_types=1);

namespace AlipayInstore;

/** A text as a QR code: the order code that a customer scans, or the address of the entry code at a table. */
final class Qr
{
    /**
     * The code as SVG.
     *
     * @throws Exception\RequestException `qr.too_long`
     */
    public static function svg(string $text): string
    {
        return Native\qr_svg($text);
    }

    /**
     * The bytes of the code as PNG.
     *
     * @throws Exception\RequestException `qr.too_long`
     */
    public static function png(string $text): string
    {
        return Native\qr_png($text);
    }

    /**
     * The code for a terminal, in half blocks; with colours it is dark on light whatever the terminal's are.
     *
     * @throws Exception\RequestException `qr.too_long`
     */
    public static function terminal(string $text, bool $colours = false): string
    {
        return Native\qr_terminal($text, $colours);
    }
}
