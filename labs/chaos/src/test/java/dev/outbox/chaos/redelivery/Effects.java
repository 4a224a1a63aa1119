package dev.outbox.chaos.redelivery;

import dev.outbox.chaos.oracle.Occurrence;
import dev.outbox.consumer.DomainEventHandler;
import dev.outbox.consumer.EventMetadata;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the consumers do with an event: one row for each time. Nothing in the table keeps them from doing it twice. One
 * consumer guards by the ids of events, one by the sequence of each account.
 */
public class Effects {

    /** Its guard is event-id. */
    public static final String IDENTIFYING = "identifying";

    /** Its guard is aggregate-sequence. */
    public static final String COUNTING = "counting";

    private static final String TABLE = """
            create table if not exists effect (
                id bigint generated always as identity primary key,
                consumer text not null,
                account text not null,
                number bigint not null,
                sequence bigint not null,
                change uuid not null)
            """;

    private static final String ADD = """
            insert into effect (consumer, account, number, sequence, change)
            values (:consumer, :account, :number, :sequence, :change)
            """;

    private static final String COUNT = """
            select count(*)
            from effect
            """;

    private static final String ALL = """
            select account, number, sequence, change
            from effect
            where consumer = :consumer
            order by id
            """;

    private final JdbcClient jdbc;
    private final Faults faults;

    Effects(JdbcClient jdbc, Faults faults) {
        this.jdbc = jdbc;
        this.faults = faults;
        jdbc.sql(TABLE).update();
    }

    /** {@return how many there are of all consumers together} */
    public long count() {
        return jdbc.sql(COUNT).query(Long.class).single();
    }

    /** {@return all effects of a consumer, in the order in which they came about} */
    public List<Occurrence> of(String consumer) {
        return jdbc.sql(ALL)
                .param("consumer", consumer)
                .query((row, rowNumber) -> new Occurrence(
                        row.getString("account"),
                        row.getLong("number"),
                        row.getLong("sequence"),
                        row.getObject("change", UUID.class)))
                .list();
    }

    @DomainEventHandler(consumer = IDENTIFYING)
    void identify(AccountChanged event, EventMetadata metadata) {
        add(IDENTIFYING, event, metadata);
    }

    @DomainEventHandler(consumer = COUNTING)
    void count(AccountChanged event, EventMetadata metadata) {
        add(COUNTING, event, metadata);
    }

    /** Fails, if it does, after its effect, which must then vanish. */
    private void add(String consumer, AccountChanged event, EventMetadata metadata) {
        jdbc.sql(ADD)
                .param("consumer", consumer)
                .param("account", event.account())
                .param("number", event.number())
                .param("sequence", metadata.sequence())
                .param("change", event.change())
                .update();
        faults.strike(consumer, event);
    }
}
