package dev.outbox.benchmark.contender;

import org.springframework.jdbc.core.simple.JdbcClient;

/** The business of whoever consumes events: one row for each, in one statement, whoever it is. Thread-safe. */
public class Effects {

    private static final String TABLE = """
            create table if not exists effect (
                id bigint generated always as identity primary key,
                account text not null,
                mark text not null)
            """;

    private static final String ADD = """
            insert into effect (account, mark) values (:account, :mark)
            """;

    private final JdbcClient jdbc;

    /** Makes the table, if it is not there. */
    public Effects(JdbcClient jdbc) {
        this.jdbc = jdbc;
        jdbc.sql(TABLE).update();
    }

    /** Adds the effect of an event, in the current transaction. */
    public void add(String account, String mark) {
        jdbc.sql(ADD).param("account", account).param("mark", mark).update();
    }

    /** {@return how many have been added since they were removed} */
    public long count() {
        return jdbc.sql("select case when is_called then last_value else 0 end from effect_id_seq")
                .query(Long.class)
                .single();
    }

    /** Removes all, and counts from 1 again. */
    public void clear() {
        jdbc.sql("truncate effect restart identity").update();
    }
}
