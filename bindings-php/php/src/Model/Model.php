<?php

declare(strict_types=1);

namespace AlipayInstore\Model;

/**
 * A message or a part of one. Reading never fails; a request is checked when it is used.
 *
 * `var_dump` shows no customers' data: of a text that is not needed to find a fault it tells the length.
 */
abstract class Model
{
    /**
     * The JSON object under the gateway's own names: every scalar as text, empty fields left out.
     *
     * @return array<string, mixed>
     */
    abstract public function toArray(): array;

    /**
     * The fields that may stand in a log.
     *
     * @return list<string>
     */
    abstract protected function shown(): array;

    /** @return array<string, mixed> */
    public function __debugInfo(): array
    {
        $info = [];
        foreach (\get_object_vars($this) as $name => $value) {
            if ($value === null || $value === []) {
                continue;
            }
            $info[$name] = match (true) {
                $name === 'extra' => \is_array($value) ? \array_keys($value) : [],
                !\is_string($value), \in_array($name, $this->shown(), true) => $value,
                default => '<' . \strlen($value) . ' bytes>',
            };
        }

        return $info;
    }
}
