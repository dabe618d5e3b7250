<?php

declare(strict_types=1);

namespace AlipayInstore;

/**
 * Keeps payments in SQLite, PostgreSQL, MySQL or MariaDB, by URL: `sqlite:///var/lib/till/payments.db`,
 * `postgresql://user:password@host/database` or `mysql://user:password@host/database`. Any number of processes share one
 * database. It connects at the first call; the connections stay with the process.
 */
final class SqlStore extends ShippedStore
{
    /**
     * `$prefix` is what the names of the tables begin with, instead of `alipay_`. `$connections` is how many a process opens
     * at most, instead of 10. With `$migrate` the tables are made, or brought up to date.
     *
     * @throws Exception\ConfigurationException|Exception\StoreException
     */
    public function __construct(
        #[\SensitiveParameter] string $url,
        ?string $prefix = null,
        ?int $connections = null,
        bool $migrate = false,
    ) {
        parent::__construct(Native\Store::sql($url, $prefix, $connections, $migrate));
    }
}
