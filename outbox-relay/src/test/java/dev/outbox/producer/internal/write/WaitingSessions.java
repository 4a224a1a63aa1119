package dev.outbox.producer.internal.write;

import dev.outbox.embedded.DatabaseKind;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which sessions wait for a lock. */
public record WaitingSessions(DatabaseKind kind, JdbcClient observer) {

    /** {@return whether the session with this {@link OutboxSession#backendPid()} waits for another} */
    public boolean contains(int backend) {
        return observer.sql(
                        switch (kind) {
                            case POSTGRESQL -> "select cardinality(pg_blocking_pids(:backend)) > 0";
                            case MARIADB ->
                                // Which session waits is shown a tenth of a second late; that one does, and who works,
                                // is not.
                                """
                        select
                            (
                                select variable_value
                                from information_schema.global_status
                                where variable_name = 'INNODB_ROW_LOCK_CURRENT_WAITS'
                            ) > 0
                            and group_concat(id) = :backend
                        from information_schema.processlist
                        where command = 'Query' and id <> connection_id()
                        """;
                            case H2 ->
                                "select count(*) > 0 from information_schema.sessions"
                                        + " where session_id = :backend and executing_statement is not null";
                        })
                .param("backend", backend)
                .query((row, rowNumber) -> row.getBoolean(1))
                .single();
    }
}
