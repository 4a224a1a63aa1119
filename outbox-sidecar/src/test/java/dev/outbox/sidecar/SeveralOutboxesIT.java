package dev.outbox.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.embedded.TestBroker;
import dev.outbox.schema.OutboxSchema;
import dev.outbox.sidecar.Shell.Outcome;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A sidecar of two outboxes: a command says which one, except for the one that looks at all. */
class SeveralOutboxesIT {

    @RegisterExtension
    final MigratedDatabase orders = MigratedDatabase.by(OutboxSchema.class);

    @RegisterExtension
    final MigratedDatabase billing = MigratedDatabase.by(OutboxSchema.class);

    @Test
    void statusIsThatOfEachAndADecisionNamesOne() {
        try (TestSidecar sidecar = new TestSidecar(
                orders,
                TestBroker.bootstrapServers(),
                "--outbox.relay.outboxes.orders.datasource.url=" + orders.jdbcUrl(),
                "--outbox.relay.outboxes.billing.datasource.url=" + billing.jdbcUrl())) {
            Shell shell = new Shell(sidecar.url());
            Awaitility.await()
                    .atMost(Patience.LIMIT)
                    .until(() -> shell.run("status").out().split("Nothing is late.", -1).length == 3);

            assertThat(shell.run("status").out()).contains("orders", "billing");
            assertThat(shell.run("status", "--json").out().lines()).hasSize(2);
            Outcome unclear = shell.run("parked", "list");
            assertThat(unclear.exitCode()).isEqualTo(1);
            assertThat(unclear.err()).contains("orders", "billing", "'outbox'");
            assertThat(shell.run("parked", "list", "--outbox", "billing").out()).isEqualTo("Nothing is parked.\n");
            assertThat(shell.run("parked", "release", "--seen", "0", "--outbox", "billing")
                            .exitCode())
                    .isZero();
            assertThat(shell.run("audit", "--json", "--outbox", "billing")
                            .json()
                            .at("/items"))
                    .hasSize(1);
            assertThat(shell.run("audit", "--json", "--outbox", "orders").json().at("/items"))
                    .isEmpty();
        }
    }
}
