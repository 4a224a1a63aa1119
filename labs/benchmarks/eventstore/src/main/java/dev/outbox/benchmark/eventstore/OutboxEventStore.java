package dev.outbox.benchmark.eventstore;

import dev.outbox.benchmark.contender.BenchmarkEvent;
import dev.outbox.benchmark.contender.Business;
import dev.outbox.benchmark.contender.Change;
import dev.outbox.benchmark.contender.EventStoreContender;
import dev.outbox.event.AggregateRef;
import dev.outbox.eventstore.EventStore;
import dev.outbox.eventstore.ExpectedVersion;
import dev.outbox.eventstore.aggregate.EventSourcedRepository;
import dev.outbox.eventstore.projection.ProjectionStatus;
import dev.outbox.eventstore.projection.Projections;
import dev.outbox.producer.Outbox;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.ResolvableType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** The projection is filled only while a rebuild is measured. */
final class OutboxEventStore implements EventStoreContender {

    private static final int STREAM = 50;
    private static final int STREAMS_IN_TRANSACTION = 20;

    private static final String CLEAR = "truncate outbox_event_stored, outbox_key, outbox_snapshot";

    private static final String ADD_STREAMS = """
            insert into outbox_event_stored (
                aggregate_seq, id, type, version, aggregatetype, aggregateid, bucket,
                topic, source, created_at, contenttype, headers, payload)
            select
                aggregate_seq, gen_random_uuid(), type, version, aggregatetype, 'history-' || stream, bucket,
                topic, source, created_at, contenttype, headers, payload
            from outbox_event_stored cross join generate_series(cast(:first as bigint), cast(:last as bigint)) as stream
            where aggregateid = 'history-1'
            order by stream, aggregate_seq
            """;

    private static final String ADD_KEYS = """
            insert into outbox_key (aggregatetype, aggregateid, last_seq)
            select 'Account', 'history-' || stream, :length
            from generate_series(cast(:first as bigint), cast(:last as bigint)) as stream
            """;

    /** As if the projection had handled it all. */
    private static final String CATCH_UP = """
            update outbox_projection_lane
            set done = pg_current_snapshot(), next = null, paged_seq = null, last_seq = null
            where projection = :projection and is_filled
            """;

    private final ConfigurableApplicationContext context;
    private final Business business;
    private final JdbcClient jdbc;
    private final EventStore store;
    private final Outbox outbox;
    private final EventSourcedRepository<Account> accounts;
    private final EventSourcedRepository<KeptAccount> keptAccounts;
    private final Projections projections;
    private final SmartLifecycle projecting;

    OutboxEventStore(ConfigurableApplicationContext context) {
        this.context = context;
        this.business =
                Business.of(context.getBean(DataSource.class), context.getBean(PlatformTransactionManager.class));
        this.jdbc = business.jdbc();
        this.store = context.getBean(EventStore.class);
        this.outbox = context.getBean(Outbox.class);
        this.accounts = repository(Account.class);
        this.keptAccounts = repository(KeptAccount.class);
        this.projections = context.getBean(Projections.class);
        this.projecting = (SmartLifecycle) projections;
        projecting.stop();
    }

    private <S> EventSourcedRepository<S> repository(Class<S> state) {
        ObjectProvider<EventSourcedRepository<S>> repositories =
                context.getBeanProvider(ResolvableType.forClassWithGenerics(EventSourcedRepository.class, state));
        return repositories.getObject();
    }

    @Override
    public void deposit(String account, int version) {
        accounts.execute(account, state -> Account.deposit(state, account, version));
    }

    @Override
    public void depositWithSnapshots(String account, int version) {
        keptAccounts.execute(account, state -> KeptAccount.deposit(state, account, version));
    }

    @Override
    public void change(Change kind, BenchmarkEvent account) {
        business.transaction().executeWithoutResult(status -> {
            business.change(account);
            switch (kind) {
                case ALONE -> {}
                case PUBLISHED -> outbox.publish(PassingDeposited.to(account.key()));
                case STORED_AND_PUBLISHED -> outbox.publish(Deposited.to(account.key()));
                case APPENDED ->
                    store.append(
                            new AggregateRef("Account", account.key()),
                            ExpectedVersion.any(),
                            List.of(Deposited.to(account.key())));
            }
        });
    }

    @Override
    public void fill(long events) {
        jdbc.sql(CLEAR).update();
        for (int version = 0; version < STREAM; version++) {
            deposit("history-1", version);
        }
        for (long stream = 2; stream <= events / STREAM; stream += STREAMS_IN_TRANSACTION) {
            long first = stream;
            long last = Math.min(stream + STREAMS_IN_TRANSACTION - 1, events / STREAM);
            business.transaction().executeWithoutResult(status -> {
                jdbc.sql(ADD_KEYS)
                        .param("length", STREAM)
                        .param("first", first)
                        .param("last", last)
                        .update();
                jdbc.sql(ADD_STREAMS).param("first", first).param("last", last).update();
            });
        }
        jdbc.sql(CATCH_UP).param("projection", AccountEffects.NAME).update();
    }

    @Override
    public void startRebuild() {
        projecting.start();
        projections.rebuild(AccountEffects.NAME);
    }

    @Override
    public long rebuilt() {
        ProjectionStatus.Rebuild rebuild =
                projections.status(AccountEffects.NAME).rebuild();
        return rebuild == null ? DONE : rebuild.done();
    }

    @Override
    public void stopRebuild() {
        if (rebuilt() != DONE) {
            projections.cancel(AccountEffects.NAME);
        }
        projecting.stop();
    }

    @Override
    public void close() {
        context.close();
    }
}
