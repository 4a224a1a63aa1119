package dev.outbox.chaos.consumer;

import dev.outbox.chaos.oracle.Occurrence;
import dev.outbox.consumer.DomainEventHandler;
import dev.outbox.consumer.EventMetadata;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the consumer does with an event: one row for each time. Nothing in the table keeps it from doing it twice. */
public class Effects {

    private static final String TABLE = """
            create table if not exists effect (
                id bigint generated always as identity primary key,
                account text not null,
                number bigint not null,
                sequence bigint not null,
                change uuid not null)
            """;

    private static final String ADD = """
            insert into effect (account, number, sequence, change) values (:account, :number, :sequence, :change)
            """;

    private static final String ALL = """
            select account, number, sequence, change
            from effect
            order by id
            """;

    private final JdbcClient jdbc;

    public Effects(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** Makes the table, if it is not there. */
    public void create() {
        jdbc.sql(TABLE).update();
    }

    /** {@return all effects, in the order in which they came about} */
    public List<Occurrence> all() {
        return jdbc.sql(ALL)
                .query((row, rowNumber) -> new Occurrence(
                        row.getString("account"),
                        row.getLong("number"),
                        row.getLong("sequence"),
                        row.getObject("change", UUID.class)))
                .list();
    }

    @DomainEventHandler
    void on(AccountChanged event, EventMetadata metadata) {
        jdbc.sql(ADD)
                .param("account", event.account())
                .param("number", event.number())
                .param("sequence", metadata.sequence())
                .param("change", event.change())
                .update();
    }
}
