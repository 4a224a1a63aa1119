package dev.outbox.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outbox.consumer.guard.GuardKind;
import dev.outbox.consumer.parking.InboxKey;
import dev.outbox.consumer.parking.ParkedInboxEvents;
import dev.outbox.consumer.parking.ParkedInboxKey;
import dev.outbox.consumer.parking.ReleaseResult;
import dev.outbox.embedded.DatabaseKind;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.schema.OutboxSchema;
import dev.outbox.stock.OrderPlaced;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** On MariaDB, what fails is parked with all that follows it, and a release goes through the guard. */
class MariaDbParkingIT {

    private static final int EVENTS = 20;
    private static final int TROUBLE_AT = 7;

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.on(DatabaseKind.MARIADB, OutboxSchema.class);

    private final Ledger ledger = new Ledger(DatabaseKind.MARIADB, database);

    @ParameterizedTest
    @EnumSource
    void aKeyIsParkedUntilItIsReleasedAndItsEventsAreAppliedOnceAndInOrder(GuardKind guard) throws Exception {
        ledger.send(EVENTS);
        Trouble trouble = new Trouble();
        InboxKey key = new InboxKey(ledger.topic(), ledger.topic(), "a0");
        try (ConfigurableApplicationContext consumer = start(trouble, guard)) {
            ParkedInboxEvents parked = consumer.getBean(ParkedInboxEvents.class);
            await().atMost(Ledger.DEADLINE).until(() -> parked.events(key, 100).size() == EVENTS - TROUBLE_AT + 1);
            assertThat(parked.keys(10)).extracting(ParkedInboxKey::key).containsExactly(key);
            assertThat(parked.release(key).failure()).contains("on purpose");

            trouble.over = true;
            assertThat(parked.release(key)).isEqualTo(new ReleaseResult(EVENTS - TROUBLE_AT + 1, 0, null));
            assertThat(parked.keys(10)).isEmpty();
            ledger.send(1);
            ledger.awaitAll();
        }
        ledger.assertEachOnceAndInOrder();
    }

    private ConfigurableApplicationContext start(Trouble trouble, GuardKind guard) {
        List<String> arguments = new ArrayList<>(ledger.arguments());
        arguments.addAll(List.of("--outbox.inbox.guard=" + guard, "--outbox.inbox.failure.attempts=1"));
        return new SpringApplicationBuilder(LedgerConsumer.class)
                .web(WebApplicationType.NONE)
                .initializers(context -> context.getBeanFactory().registerSingleton("trouble", trouble))
                .run(arguments.toArray(String[]::new));
    }

    /** A further handler, which one event does not pass for now. */
    static class Trouble {

        private volatile boolean over;

        @DomainEventHandler
        void meet(OrderPlaced order, EventMetadata event) {
            if (!over && event.id().equals(Ledger.eventId(TROUBLE_AT))) {
                throw new IllegalStateException("on purpose, of " + order);
            }
        }
    }
}
