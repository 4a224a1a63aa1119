package dev.outbox.relay.internal.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a server of MariaDB or MySQL says about itself.
 *
 * @param isReadOnly whether it refuses changes, as a replica does
 * @param flushAtCommit when the redo log is on the disk: 1 or, on MariaDB, 3 at each commit
 * @param doublewrite whether it survives pages that are torn in a crash
 * @param hasBinlog whether it has a binary log
 * @param binlogFormat what the binary log consists of
 * @param syncBinlog how many commits share a flush of the binary log; 0 leaves it to the operating system
 */
record MariaDbSettings(
        boolean isReadOnly,
        int flushAtCommit,
        String doublewrite,
        boolean hasBinlog,
        String binlogFormat,
        long syncBinlog) {

    private static final Set<Integer> AT_EACH_COMMIT = Set.of(1, 3);

    /** A page that was torn is found, and cannot be repaired. */
    private static final Set<String> NO_DOUBLEWRITE = Set.of("0", "OFF", "DETECT_ONLY");

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        if (isReadOnly) {
            findings.add(Finding.fatal(
                    "The database is read-only, as a replica is: what is published could not be deleted.",
                    "Point spring.datasource.url at the primary."));
        }
        if (hasBinlog && binlogFormat.equals("STATEMENT")) {
            findings.add(Finding.fatal(
                    "The server runs with binlog_format=STATEMENT: it refuses changes at read committed, which is the isolation"
                            + " level of the relay, so what is published could not be deleted.",
                    "Run: set global binlog_format = 'ROW'. MIXED works too."));
        }
        addUnsafe(findings);
        return findings;
    }

    private void addUnsafe(List<Finding> findings) {
        if (!AT_EACH_COMMIT.contains(flushAtCommit)) {
            findings.add(Finding.unsafe(
                    "The server runs with innodb_flush_log_at_trx_commit=%d: a crash can lose events that were published."
                            .formatted(flushAtCommit),
                    "Set innodb_flush_log_at_trx_commit to 1."));
        }
        if (hasBinlog && syncBinlog != 1) {
            findings.add(Finding.unsafe(
                    ("The server runs with sync_binlog=%d: when it recovers from a crash of its machine, it rolls back what its"
                                    + " binary log has lost, and that can be events that were published.")
                            .formatted(syncBinlog),
                    "Set sync_binlog to 1."));
        }
        if (NO_DOUBLEWRITE.contains(doublewrite.toUpperCase(Locale.ROOT))) {
            findings.add(Finding.unsafe(
                    "The server runs with innodb_doublewrite=%s: a crash can corrupt events that were published."
                            .formatted(doublewrite),
                    "Set innodb_doublewrite to ON, unless the file system cannot tear pages."));
        }
    }
}
