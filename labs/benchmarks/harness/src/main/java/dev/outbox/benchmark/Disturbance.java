package dev.outbox.benchmark;

import java.util.List;

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
            for (String statement : statements()) {
                session.execute(statement);
            }
            step.run();
        }
    }

    private List<String> statements() {
        return switch (this) {
            case NONE -> List.of();
            case HELD_XMIN -> List.of("begin isolation level repeatable read", "select count(*) from account");
            case IDLE_WRITER -> List.of("begin", "insert into account values ('idle', 0)");
        };
    }

    /** What is done meanwhile. */
    @FunctionalInterface
    interface Step {

        void run() throws Exception;
    }
}
