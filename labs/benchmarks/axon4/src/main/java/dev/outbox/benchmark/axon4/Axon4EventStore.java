package dev.outbox.benchmark.axon4;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import dev.outbox.benchmark.contender.Business;
import dev.outbox.benchmark.contender.Effects;
import dev.outbox.benchmark.contender.EventStoreContender;
import dev.outbox.benchmark.contender.Settings;
import java.util.List;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.jpa.EntityManagerProvider;
import org.axonframework.common.jpa.SimpleEntityManagerProvider;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.jpa.JpaTokenStore;
import org.axonframework.eventhandling.tokenstore.jpa.TokenEntry;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.eventstore.jpa.DomainEventEntry;
import org.axonframework.eventsourcing.eventstore.jpa.JpaEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jpa.SnapshotEventEntry;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.json.JacksonSerializer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Commands go through the gateway, as Axon's users send them. The processor runs only while a replay is measured. */
final class Axon4EventStore implements EventStoreContender {

    private static final int STREAM = 50;
    private static final int STREAMS_IN_TRANSACTION = 20;

    private static final String COPY_STREAMS = """
            insert into domain_event_entry (
                event_identifier, aggregate_identifier, sequence_number, type, time_stamp, payload_type, payload_revision,
                payload, meta_data)
            select
                cast(gen_random_uuid() as text), 'history-' || number, sequence_number, type, time_stamp, payload_type,
                payload_revision, payload, meta_data
            from domain_event_entry cross join generate_series(cast(:first as bigint), cast(:last as bigint)) as number
            where aggregate_identifier = 'history-1'
            order by number, sequence_number
            """;

    private final HikariDataSource dataSource;
    private final JdbcClient jdbc;
    private final Effects effects;
    private final TransactionTemplate transaction;
    private final Configuration axon;
    private final CommandGateway commands;
    private final StreamingEventProcessor processor;
    private long filled;

    Axon4EventStore(Settings settings) {
        this.dataSource = settings.newPool();
        this.jdbc = Business.of(dataSource).jdbc();
        this.effects = new Effects(jdbc);
        Persistence persistence =
                Persistence.of(dataSource, List.of(DomainEventEntry.class, SnapshotEventEntry.class, TokenEntry.class));
        this.transaction = new TransactionTemplate(persistence.transactions());
        this.axon = configured(persistence).start();
        this.commands = axon.commandGateway();
        this.processor = axon.eventProcessingConfiguration()
                .eventProcessor(EffectsHandler.PROCESSOR, StreamingEventProcessor.class)
                .orElseThrow();
        processor.shutDown();
    }

    private Configurer configured(Persistence persistence) {
        EntityManagerProvider entities = new SimpleEntityManagerProvider(persistence.entityManager());
        SpringTransactions transactions = new SpringTransactions(persistence.transactions());
        Serializer serializer = JacksonSerializer.builder()
                .objectMapper(new ObjectMapper().findAndRegisterModules())
                .build();
        Configurer configurer = DefaultConfigurer.defaultConfiguration()
                .configureSerializer(axon -> serializer)
                .configureTransactionManager(axon -> transactions)
                .configureEmbeddedEventStore(axon -> JpaEventStorageEngine.builder()
                        .entityManagerProvider(entities)
                        .transactionManager(transactions)
                        .eventSerializer(serializer)
                        .snapshotSerializer(serializer)
                        .build())
                .configureAggregate(Account.class)
                .configureAggregate(AggregateConfigurer.defaultConfiguration(KeptAccount.class)
                        .configureSnapshotTrigger(
                                axon -> new EventCountSnapshotTriggerDefinition(axon.snapshotter(), SNAPSHOT_EVERY)));
        configurer
                .eventProcessing()
                .registerTokenStore(axon -> JpaTokenStore.builder()
                        .entityManagerProvider(entities)
                        .serializer(serializer)
                        .build())
                .registerEventHandler(axon -> new EffectsHandler(effects))
                .registerPooledStreamingEventProcessor(
                        EffectsHandler.PROCESSOR,
                        Configuration::eventStore,
                        (axon, builder) -> builder.initialSegmentCount(1).batchSize(BATCH));
        return configurer;
    }

    @Override
    public void deposit(String account, int version) {
        commands.sendAndWait(new Deposit(account, version));
    }

    @Override
    public void depositWithSnapshots(String account, int version) {
        commands.sendAndWait(new DepositToKept("kept-" + account, version));
    }

    @Override
    public void fill(long events) {
        jdbc.sql("truncate domain_event_entry, snapshot_event_entry").update();
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

    @Override
    public void startRebuild() {
        processor.resetTokens();
        processor.start();
    }

    @Override
    public long rebuilt() {
        long handled = effects.count();
        return handled >= filled ? DONE : handled;
    }

    @Override
    public void stopRebuild() {
        processor.shutDown();
    }

    @Override
    public void close() {
        axon.shutdown();
        dataSource.close();
    }
}
