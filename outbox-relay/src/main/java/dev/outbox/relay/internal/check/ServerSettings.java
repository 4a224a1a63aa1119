package dev.outbox.relay.internal.check;

import dev.outbox.relay.internal.check.Finding.Severity;
import java.util.ArrayList;
import java.util.List;

/**
 * What the database server says about itself.
 *
 * @param version such as 150004
 * @param inRecovery whether it is a standby
 * @param sequenceCache how many values a session of a service takes from the sequence of events at a time
 * @param isolation the isolation level with which the relay's transactions start
 * @param fsync whether it waits for its disk
 * @param fullPageWrites whether it survives pages that are torn in a crash
 * @param synchronousCommit what a commit waits for, unless the session sets it differently
 */
record ServerSettings(
        int version,
        boolean inRecovery,
        long sequenceCache,
        String isolation,
        boolean fsync,
        boolean fullPageWrites,
        String synchronousCommit) {

    private static final int OLDEST = 130_000;

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        if (version < OLDEST) {
            findings.add(Finding.fatal(
                    "The database is PostgreSQL %d; the relay needs 13 or later.".formatted(version / 10_000),
                    "Upgrade the database."));
        }
        if (inRecovery) {
            findings.add(Finding.fatal(
                    "The database is a standby, which can neither store positions nor show new transactions.",
                    "Point spring.datasource.url at the primary, for instance with targetServerType=primary."));
        }
        if (sequenceCache != 1) {
            findings.add(Finding.fatal(
                    ("Sequence outbox_event_seq has a cache of %d: sessions draw numbers ahead, and events of an aggregate"
                                    + " would be published out of order.")
                            .formatted(sequenceCache),
                    "Run: alter sequence outbox_event_seq cache 1. Then make the services reconnect."));
        }
        if (!isolation.equals("read committed")) {
            findings.add(Finding.fatal(
                    ("The relay's sessions begin their transactions as %s: one that waits for a lease or a lock would fail"
                                    + " instead of looking again, and read what was true before it waited.")
                            .formatted(isolation),
                    "Use read committed for the relay's connections: take transaction-isolation out of the pool's"
                            + " settings, or run: alter role <user> set default_transaction_isolation = 'read committed'."
                            + " Services may have another."));
        }
        addUnsafe(findings);
        return findings;
    }

    private void addUnsafe(List<Finding> findings) {
        if (!fsync) {
            findings.add(Finding.unsafe(
                    "The server runs with fsync=off: a crash of its machine can lose events that were published.",
                    "Set fsync to on."));
        }
        if (!fullPageWrites) {
            findings.add(Finding.unsafe(
                    "The server runs with full_page_writes=off: a crash can corrupt events that were published.",
                    "Set full_page_writes to on, unless the file system cannot tear pages."));
        }
        if (synchronousCommit.equals("off")) {
            // Not unsafe for the relay, which waits for the disk itself.
            findings.add(new Finding(
                    Severity.NOTICE,
                    "The server runs with synchronous_commit=off: a crash loses the last transactions and their events,"
                            + " none of which has been published.",
                    "Set synchronous_commit to on, unless that is what you want."));
        }
    }
}
