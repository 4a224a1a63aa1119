package dev.outbox.ledger;

import dev.outbox.embedded.TestPostgres;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** A service with accounts that are event-sourced, limits that are stored and not published, and notes that are neither. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({TestPostgres.class, LedgerRows.class, LedgerUpcasters.class, Accounts.class})
public class LedgerApplication {}
