<?php

declare(strict_types=1);

namespace AlipayInstore\Pdo;

/**
 * One connection while an operation uses it.
 *
 * @internal
 */
final class Session
{
    public function __construct(private readonly \PDO $connection)
    {
    }

    /**
     * @param list<int|string|null> $values
     *
     * @return int how many rows were changed
     */
    public function update(string $text, #[\SensitiveParameter] array $values): int
    {
        return $this->executed($text, $values)->rowCount();
    }

    /**
     * @param list<int|string|null> $values
     *
     * @return list<list<mixed>>
     */
    public function rows(string $text, #[\SensitiveParameter] array $values = []): array
    {
        return $this->executed($text, $values)->fetchAll(\PDO::FETCH_NUM);
    }

    /** A statement without values. */
    public function run(string $text): void
    {
        $this->connection->exec($text);
    }

    /** @param list<int|string|null> $values */
    private function executed(string $text, #[\SensitiveParameter] array $values): \PDOStatement
    {
        $statement = $this->connection->prepare($text);
        foreach ($values as $place => $value) {
            $kind = match (true) {
                $value === null => \PDO::PARAM_NULL,
                \is_int($value) => \PDO::PARAM_INT,
                default => \PDO::PARAM_STR,
            };
            $statement->bindValue($place + 1, $value, $kind);
        }
        $statement->execute();

        return $statement;
    }
}
