package dev.outbox.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.devservices.internal.KafkaBroker;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.schema.OutboxSchema;
import dev.outbox.sidecar.Shell.Outcome;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The commands about topics that cannot be written to. */
class HeldTopicsIT {

    private final KafkaBroker broker =
            KafkaBroker.start(settings -> settings.setProperty("auto.create.topics.enable", "false"));

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(OutboxSchema.class);

    private TestSidecar sidecar;
    private Shell shell;

    @BeforeEach
    void start() {
        sidecar = new TestSidecar(database, broker.bootstrapServers());
        shell = new Shell(sidecar.url());
    }

    @AfterEach
    void stop() {
        sidecar.close();
        broker.close();
    }

    @Test
    void whatWaitsForATopicIsShownAndDiscarded() {
        assertThat(ended(0, "parked", "topics").out()).isEqualTo("All topics can be written to.\n");
        sidecar.commit("a", "{}", "forgotten");
        sidecar.commit("b", "{}", "forgotten");
        Awaitility.await()
                .atMost(Patience.LIMIT)
                .until(() -> ended(0, "parked", "topics", "--json")
                                .json()
                                .at("/0/events")
                                .asInt()
                        == 2);

        assertThat(ended(0, "parked", "topics").out()).contains("forgotten", "create the topic");
        assertThat(ended(2, "parked", "discard-topic", "forgotten").err())
                .startsWith("outbox: Discard 2 events that wait for topic forgotten? ");
        assertThat(ended(4, "parked", "discard-topic", "forgotten", "--seen", "1")
                        .err())
                .startsWith("outbox: You saw 1");
        assertThat(ended(0, "parked", "discard-topic", "forgotten", "--yes").out())
                .contains("discard-held, topic forgotten, affects 2.");
    }

    private Outcome ended(int exitCode, String... arguments) {
        Outcome outcome = shell.run(arguments);
        assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(exitCode);
        return outcome;
    }
}
