package dev.outbox.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.consumer.guard.Admission;
import dev.outbox.consumer.guard.GuardKind;
import dev.outbox.consumer.guard.GuardedEvent;
import dev.outbox.consumer.guard.InboxGuard;
import dev.outbox.embedded.DatabaseKind;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.schema.OutboxSchema;
import dev.outbox.stock.OrderPlaced;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A handler or a transaction takes longer than {@code max.poll.interval.ms}, and its consumer loses its partitions to another one
 * meanwhile. Each effect is there once, whichever of the two commits first, on each database.
 */
abstract class HandOverContract {

    private static final int EVENTS = 40;
    private static final int TROUBLE_AT = 17;

    @RegisterExtension
    final MigratedDatabase database;

    final Ledger ledger;
    private final Gate gate = new Gate();

    HandOverContract(DatabaseKind kind) throws Exception {
        this.database = MigratedDatabase.on(kind, OutboxSchema.class);
        this.ledger = new Ledger(kind, database);
        ledger.send(EVENTS);
    }

    @AfterEach
    void openGate() {
        gate.open();
    }

    @ParameterizedTest
    @EnumSource
    void whatAConsumerCommitsThatHandledForTooLongTheNextOneDoesNotRepeat(GuardKind guard) throws Exception {
        Trouble delay = new Trouble(0);
        handOver(guard, with(delay), delay.gate, ledger::awaitConsumerThatWaitsForALock);
    }

    @ParameterizedTest
    @EnumSource
    void whatAConsumerRollsBackThatHandledForTooLongTheNextOneHandles(GuardKind guard) throws Exception {
        Trouble failure = new Trouble(1);
        handOver(guard, with(failure), failure.gate, ledger::awaitConsumerThatWaitsForALock);
    }

    @ParameterizedTest
    @EnumSource
    void whatTheNextConsumerHasCommittedOneWhoseTransactionTookTooLongDoesNotRepeat(GuardKind guard) throws Exception {
        handOver(
                guard, context -> context.getBeanFactory().addBeanPostProcessor(delayed(gate)), gate, ledger::awaitAll);
    }

    /** One consumer is held up until the next one has its partitions and has come so far; then it goes on, and stays alone. */
    private void handOver(
            GuardKind guard,
            ApplicationContextInitializer<ConfigurableApplicationContext> holdUp,
            Gate held,
            Runnable successorHasComeSoFar)
            throws Exception {
        String[] arguments = {
            "--spring.kafka.consumer.properties.max.poll.interval.ms=2000", "--outbox.inbox.guard=" + guard
        };
        try (ConfigurableApplicationContext slow = start(holdUp, arguments)) {
            assertThat(slow.isRunning()).isTrue();
            held.awaitReached();
            try (ConfigurableApplicationContext successor = start(nothing -> {}, arguments)) {
                assertThat(successor.isRunning()).isTrue();
                successorHasComeSoFar.run();
                held.open();
                ledger.awaitAll();
            }
            ledger.send(1);
            ledger.awaitAll();
        } finally {
            held.open();
        }
        ledger.assertEachOnceAndInOrder();
    }

    final ConfigurableApplicationContext start(
            ApplicationContextInitializer<ConfigurableApplicationContext> initializer, String... settings) {
        List<String> arguments = new ArrayList<>(ledger.arguments());
        arguments.addAll(List.of(settings));
        return new SpringApplicationBuilder(LedgerConsumer.class)
                .web(WebApplicationType.NONE)
                .initializers(initializer)
                .run(arguments.toArray(String[]::new));
    }

    static ApplicationContextInitializer<ConfigurableApplicationContext> with(Trouble trouble) {
        return context -> context.getBeanFactory().registerSingleton("trouble", trouble);
    }

    private static BeanPostProcessor delayed(Gate gate) {
        return new BeanPostProcessor() {

            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof InboxGuard guard ? new DelayedGuard(guard, gate) : bean;
            }
        };
    }

    /** A further handler, which one event does not pass: it is held up, and fails a number of times. */
    static class Trouble {

        final Gate gate = new Gate();
        final AtomicInteger met = new AtomicInteger();
        private final int failures;

        Trouble(int failures) {
            this.failures = failures;
        }

        @DomainEventHandler
        void meet(OrderPlaced order, EventMetadata event) {
            if (event.id().equals(Ledger.eventId(TROUBLE_AT))) {
                int times = met.incrementAndGet();
                gate.pass();
                if (times <= failures) {
                    throw new IllegalStateException("on purpose, of " + order);
                }
            }
        }
    }

    /** Holds up a transaction before anything of it is in the inbox. */
    private record DelayedGuard(InboxGuard guard, Gate gate) implements InboxGuard {

        @Override
        public List<Admission> admit(String consumer, List<GuardedEvent> events) {
            gate.pass();
            return guard.admit(consumer, events);
        }

        @Override
        public boolean seesEveryType() {
            return guard.seesEveryType();
        }
    }
}
