package dev.outbox.relay.internal.database;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows what to do about missing tables, without a stack trace. */
final class MissingTablesFailureAnalyzer extends AbstractFailureAnalyzer<MissingTablesException> {

    private static final String MEND = "Set outbox.schema.migrate to true, which creates the tables at start, or have"
            + " the DDL in docs/schema applied to this database and schema, with the rights that docs/configuration.md"
            + " lists for the relay's user. If the tables are elsewhere, check spring.datasource.url,"
            + " outbox.relay.database.url and the search path.";

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MissingTablesException cause) {
        return new FailureAnalysis(cause.getMessage(), MEND, cause);
    }
}
