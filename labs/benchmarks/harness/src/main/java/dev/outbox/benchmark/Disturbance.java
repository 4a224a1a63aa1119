package dev.outbox.benchmark;

import java.sql.Connection;
import java.sql.SQLException;

/** What somebody else does in the database of the service for the whole run. */
enum Disturbance {
    NONE,

    /** A long reader, whose snapshot keeps dead rows from being removed. */
    HELD_XMIN,

    /** A transaction that has written and does not end. */
    IDLE_WRITER;

    void during(Candidate candidate, Step step) throws Exception {
        if (this == NONE) {
            step.run();
            return;
        }
        try (Database session = candidate.database()) {
            begin(session);
            step.run();
        }
    }

    private void begin(Database session) throws SQLException {
        switch (this) {
            case NONE -> {}
            case HELD_XMIN -> {
                session.begin(Connection.TRANSACTION_REPEATABLE_READ);
                session.execute("select count(*) from account");
            }
            case IDLE_WRITER -> {
                session.begin(Connection.TRANSACTION_READ_COMMITTED);
                session.execute("insert into account values ('idle', 0)");
            }
        }
    }

    /** What is done meanwhile. */
    @FunctionalInterface
    interface Step {

        void run() throws Exception;
    }
}
