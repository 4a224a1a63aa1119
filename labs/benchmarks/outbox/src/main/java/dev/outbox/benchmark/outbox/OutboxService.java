package dev.outbox.benchmark.outbox;

import dev.outbox.benchmark.contender.BenchmarkEvent;
import dev.outbox.benchmark.contender.Business;
import dev.outbox.benchmark.contender.Contender;
import dev.outbox.benchmark.contender.Settings;
import dev.outbox.event.AggregateRef;
import dev.outbox.producer.Outbox;
import java.nio.charset.StandardCharsets;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;

/** The outbox with its defaults. */
class OutboxService implements Contender {

    private final ConfigurableApplicationContext context;
    private final Settings settings;
    private final Statements statements;
    private final Business business;
    private final ObjectProvider<Outbox> outbox;
    private final Relays relays;

    OutboxService(ConfigurableApplicationContext context, Settings settings) {
        this(context, settings, Statements.POSTGRESQL);
    }

    OutboxService(ConfigurableApplicationContext context, Settings settings, Statements statements) {
        this.context = context;
        this.settings = settings;
        this.statements = statements;
        this.business = statements.business(
                context.getBean(DataSource.class), context.getBean(PlatformTransactionManager.class));
        this.outbox = context.getBeanProvider(Outbox.class);
        this.relays = Relays.of(context);
        relays.stop();
        business.jdbc().sql(statements.plainTable()).update();
    }

    @Override
    public Business business() {
        return business;
    }

    @Override
    public void raise(BenchmarkEvent event) {
        publish(AccountChanged.of(event));
    }

    final void publish(Object event) {
        outbox.getObject().publish(event);
    }

    /** All that our own statement writes, but the count of the aggregate is the one that the business has. */
    @Override
    public void insertByHand(BenchmarkEvent event, long change) {
        business.jdbc()
                .sql(Statements.INSERT)
                .param("change", change)
                .param("id", BenchmarkEvent.newId())
                .param("key", event.key())
                .param("bucket", new AggregateRef("Account", event.key()).bucket())
                .param("topic", settings.topic())
                .param("now", OffsetDateTime.now(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("payload", event.json().getBytes(StandardCharsets.UTF_8))
                .update();
    }

    @Override
    public void insertPlainRow(BenchmarkEvent event) {
        business.jdbc()
                .sql(statements.plainInsert())
                .param("eventId", BenchmarkEvent.newId())
                .param("key", event.key())
                .param("payload", event.json().getBytes(StandardCharsets.UTF_8))
                .update();
    }

    @Override
    public void startRelay() {
        relays.start();
    }

    @Override
    public void stopRelay() {
        relays.stop();
    }

    /** What is in the table stays there, published or not: start at an empty one, as after a rotation. */
    @Override
    public void clear() {
        statements.clear().forEach(sql -> business.jdbc().sql(sql).update());
    }

    @Override
    public void close() {
        context.close();
    }
}
