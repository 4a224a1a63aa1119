package dev.outbox.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outbox.consumer.guard.Admission;
import dev.outbox.consumer.guard.GuardKind;
import dev.outbox.consumer.guard.GuardedEvent;
import dev.outbox.consumer.guard.InboxGuard;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.embedded.TestBroker;
import dev.outbox.schema.OutboxSchema;
import dev.outbox.stock.OrderPlaced;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * What takes longer than {@code max.poll.interval.ms}: the pauses of an event that fails, which keep its consumer in the group;
 * and a handler or a transaction, whose consumer loses its partitions to another one meanwhile. Each effect is there once,
 * whichever of the two commits first.
 */
class PollIntervalIT {

    private static final int EVENTS = 40;
    private static final int TROUBLE_AT = 17;

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(OutboxSchema::new);

    private final Ledger ledger = new Ledger(database);
    private final Gate gate = new Gate();

    PollIntervalIT() throws Exception {
        ledger.send(EVENTS);
    }

    @AfterEach
    void openGate() {
        gate.open();
    }

    @Test
    void whileAnEventPausesForLongerThanThatItsConsumerStaysInTheGroup() throws Exception {
        Trouble failure = new Trouble(2);
        failure.gate.open();
        try (ConfigurableApplicationContext consumer = start(
                with(failure),
                "--spring.kafka.consumer.properties.max.poll.interval.ms=20000",
                "--outbox.inbox.failure.initial-interval=21s",
                "--outbox.inbox.failure.max-interval=21s",
                "--outbox.inbox.failure.jitter=0")) {
            assertThat(consumer.isRunning()).isTrue();
            await().atMost(Ledger.DEADLINE).until(() -> failure.met.get() >= 2);
            Set<String> members = members();
            ledger.awaitAll();
            assertThat(members).hasSize(1);
            assertThat(members()).isEqualTo(members);
        }
        // Once in the batch; then alone, after each pause.
        assertThat(failure.met).hasValue(3);
        ledger.assertEachOnceAndInOrder();
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

    private ConfigurableApplicationContext start(
            ApplicationContextInitializer<ConfigurableApplicationContext> initializer, String... settings) {
        List<String> arguments = new ArrayList<>(ledger.arguments());
        arguments.addAll(List.of(settings));
        return new SpringApplicationBuilder(LedgerConsumer.class)
                .web(WebApplicationType.NONE)
                .initializers(initializer)
                .run(arguments.toArray(String[]::new));
    }

    private static ApplicationContextInitializer<ConfigurableApplicationContext> with(Trouble trouble) {
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

    private Set<String> members() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestBroker.bootstrapServers()))) {
            return admin
                    .describeConsumerGroups(List.of(ledger.topic()))
                    .all()
                    .get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)
                    .values()
                    .stream()
                    .flatMap(group -> group.members().stream())
                    .map(MemberDescription::consumerId)
                    .collect(Collectors.toSet());
        }
    }

    /** A further handler, which one event does not pass: it is held up, and fails a number of times. */
    static class Trouble {

        private final Gate gate = new Gate();
        private final AtomicInteger met = new AtomicInteger();
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
