package dev.outbox.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outbox.embedded.DatabaseKind;
import dev.outbox.embedded.Patience;
import dev.outbox.embedded.TestBroker;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * What takes longer than {@code max.poll.interval.ms}: a handler or a transaction, and the pauses of an event that fails, which
 * keep its consumer in the group.
 */
class PollIntervalIT extends HandOverContract {

    PollIntervalIT() throws Exception {
        super(DatabaseKind.POSTGRESQL);
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
}
