<?php

/** Questions on the input, one a line: `WHAT SECONDS`; an answer is one line of JSON. */

declare(strict_types=1);

/** @param array<string, Closure(float): array<string, float>> $measures */
function answerEach(array $measures): void
{
    echo "{\"ready\":true}\n";
    while (($line = fgets(STDIN)) !== false) {
        [$what, $seconds] = explode(' ', trim($line));
        try {
            $answer = $measures[$what]((float) $seconds);
        } catch (Throwable $error) {
            $answer = ['error' => $error::class . ': ' . $error->getMessage()];
        }
        echo json_encode($answer), "\n";
    }
}

/** Nanoseconds of processor time of this process; what other processes do does not count in it. */
function processor(): float
{
    $used = getrusage();

    return ($used['ru_utime.tv_sec'] + $used['ru_stime.tv_sec']) * 1e9 + ($used['ru_utime.tv_usec'] + $used['ru_stime.tv_usec']) * 1e3;
}

/** Nanoseconds of processor time that a call takes. */
function timed(Closure $call): Closure
{
    return static function (float $seconds) use ($call): array {
        [$calls, $batch, $begun] = [0, 1, processor()];
        while (true) {
            for ($number = 0; $number < $batch; $number++) {
                $call();
            }
            $calls += $batch;
            $taken = processor() - $begun;
            if ($taken >= $seconds * 1e9) {
                return ['ns' => $taken / $calls];
            }
            // The clock is read about a hundred times.
            $batch = max(1, min(1 << 16, (int) ($seconds * 1e9 / 100 / (max($taken, 1.0) / $calls))));
        }
    };
}
