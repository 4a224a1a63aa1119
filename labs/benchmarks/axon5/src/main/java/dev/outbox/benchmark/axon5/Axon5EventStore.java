package dev.outbox.benchmark.axon5;

import com.zaxxer.hikari.HikariDataSource;
import dev.outbox.benchmark.contender.Business;
import dev.outbox.benchmark.contender.Effects;
import dev.outbox.benchmark.contender.EventStoreContender;
import dev.outbox.benchmark.contender.Settings;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.axonframework.common.configuration.AxonConfiguration;
import org.axonframework.common.configuration.Configuration;
import org.axonframework.common.jpa.EntityManagerProvider;
import org.axonframework.common.jpa.SimpleEntityManagerProvider;
import org.axonframework.conversion.json.JacksonConverter;
import org.axonframework.eventsourcing.configuration.EventSourcedEntityModule;
import org.axonframework.eventsourcing.configuration.EventSourcingConfigurer;
import org.axonframework.eventsourcing.eventstore.jpa.AggregateBasedJpaEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jpa.AggregateEventEntry;
import org.axonframework.messaging.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.core.unitofwork.transaction.TransactionManager;
import org.axonframework.messaging.eventhandling.conversion.DelegatingEventConverter;
import org.axonframework.messaging.eventhandling.processing.streaming.StreamingEventProcessor;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.TokenStore;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.jpa.JpaTokenStore;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.jpa.JpaTokenStoreConfiguration;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.jpa.TokenEntry;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Commands go through the gateway, as Axon's users send them. The processor runs only while a replay is measured. */
final class Axon5EventStore implements EventStoreContender {

    private static final int STREAM = 50;
    private static final int STREAMS_IN_TRANSACTION = 20;

    private static final String COPY_STREAMS = """
            insert into aggregate_event_entry (
                identifier, aggregate_identifier, aggregate_sequence_number, aggregate_type, timestamp, type, version,
                payload, metadata)
            select
                cast(gen_random_uuid() as text), 'history-' || number, aggregate_sequence_number, aggregate_type, timestamp,
                type, version, payload, metadata
            from aggregate_event_entry cross join generate_series(cast(:first as bigint), cast(:last as bigint)) as number
            where aggregate_identifier = 'history-1'
            order by number, aggregate_sequence_number
            """;

    private final HikariDataSource dataSource;
    private final JdbcClient jdbc;
    private final Effects effects;
    private final TransactionTemplate transaction;
    private final AxonConfiguration axon;
    private final CommandGateway commands;
    private final StreamingEventProcessor processor;
    private long filled;

    Axon5EventStore(Settings settings) throws Exception {
        this.dataSource = settings.newPool();
        this.jdbc = Business.of(dataSource).jdbc();
        this.effects = new Effects(jdbc);
        Persistence persistence = Persistence.of(dataSource, List.of(AggregateEventEntry.class, TokenEntry.class));
        this.transaction = new TransactionTemplate(persistence.transactions());
        this.axon = configured(persistence).build();
        axon.start();
        this.commands = axon.getComponent(CommandGateway.class);
        this.processor = processors(axon).findAny().orElseThrow();
        processor.shutdown().get();
    }

    private static Stream<StreamingEventProcessor> processors(Configuration configuration) {
        return Stream.concat(
                configuration.getComponents(StreamingEventProcessor.class).values().stream(),
                configuration.getModuleConfigurations().stream().flatMap(Axon5EventStore::processors));
    }

    private EventSourcingConfigurer configured(Persistence persistence) {
        EntityManagerProvider entities = new SimpleEntityManagerProvider(persistence.entityManager());
        SpringTransactions transactions = new SpringTransactions(persistence.transactions());
        return EventSourcingConfigurer.create()
                .componentRegistry(registry -> registry.registerComponent(
                                TransactionManager.class, axon -> transactions)
                        .registerComponent(
                                TokenStore.class,
                                axon -> new JpaTokenStore(
                                        entities, new JacksonConverter(), JpaTokenStoreConfiguration.DEFAULT)))
                .registerEventStorageEngine(axon -> new AggregateBasedJpaEventStorageEngine(
                        entities, transactions, new DelegatingEventConverter(new JacksonConverter()), all -> all))
                .registerEntity(EventSourcedEntityModule.autodetected(String.class, Account.class))
                .messaging(messaging -> messaging.eventProcessing(processing ->
                        processing.pooledStreaming(streaming -> streaming.processor(
                                EffectsHandler.PROCESSOR,
                                components -> components
                                        .eventHandlingComponents(
                                                handlers -> handlers.autodetected(axon -> new EffectsHandler(effects)))
                                        .customized((axon, settings) -> settings.initialSegmentCount(1)
                                                .initialToken(source -> source.firstToken(null))
                                                .batchSize(BATCH))))));
    }

    @Override
    public void deposit(String account, int version) {
        commands.sendAndWait(new Deposit(account, version));
    }

    @Override
    public void fill(long events) {
        jdbc.sql("truncate aggregate_event_entry").update();
        for (int version = 0; version < STREAM; version++) {
            deposit("history-1", version);
        }
        for (long stream = 2; stream <= events / STREAM; stream += STREAMS_IN_TRANSACTION) {
            long first = stream;
            long last = Math.min(stream + STREAMS_IN_TRANSACTION - 1, events / STREAM);
            transaction.executeWithoutResult(status -> jdbc.sql(COPY_STREAMS)
                    .param("first", first)
                    .param("last", last)
                    .update());
        }
        filled = events / STREAM * STREAM;
    }

    /** A reset "is not supported" in this version, so its token is deleted. */
    @Override
    public void startRebuild() throws InterruptedException, ExecutionException {
        effects.clear();
        jdbc.sql("truncate token_entry").update();
        processor.start().get();
    }

    @Override
    public long rebuilt() {
        long handled = effects.count();
        return handled >= filled ? DONE : handled;
    }

    @Override
    public void stopRebuild() throws InterruptedException, ExecutionException {
        processor.shutdown().get();
    }

    @Override
    public void close() {
        axon.shutdown();
        dataSource.close();
    }
}
