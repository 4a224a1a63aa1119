package dev.outbox.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.outbox.embedded.DatabaseKind;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.event.AggregateRef;
import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.schema.OutboxSchema;
import dev.outbox.schema.OutboxTables;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;

@ParameterizedClass
@EnumSource(DatabaseKind.class)
class JdbcAuditTrailIT {

    private static final AggregateRef A = new AggregateRef("Order", "A");

    @RegisterExtension
    final MigratedDatabase database;

    private final DataSource dataSource;
    private final JdbcClient jdbc;
    private final AuditTrail audit;

    JdbcAuditTrailIT(DatabaseKind kind) {
        this.database = MigratedDatabase.on(kind, OutboxSchema.class);
        this.dataSource = database.dataSource();
        this.jdbc = JdbcClient.create(dataSource);
        this.audit = AuditTrail.on(DatabaseProduct.of(dataSource), dataSource, OutboxTables.ON_SEARCH_PATH);
    }

    @Test
    void aDecisionAndItsRowAreCommittedTogether() {
        AuditEntry entry = audit.decide(release(null), () -> change(3));

        assertThat(entry.affected()).isEqualTo(3);
        assertThat(entry.actor()).isEqualTo("ada");
        assertThat(entry.action()).isEqualTo(AuditAction.RELEASE);
        assertThat(changes()).isEqualTo(3);
        assertThat(audit.entries(null, 10)).containsExactly(entry);
    }

    @Test
    void aDecisionThatIsKnownByTheNumberOfItsRowIsCommittedWithIt() {
        AtomicLong number = new AtomicLong();

        AuditEntry entry = audit.decide(release("request-1"), 3, id -> {
            number.set(id);
            change(3);
        });

        assertThat(number.get()).isEqualTo(entry.id());
        assertThat(entry.affected()).isEqualTo(3);
        assertThat(audit.entry(entry.id())).contains(entry);
        assertThat(changes()).isEqualTo(3);
        assertThat(audit.decide(release("request-1"), 3, id -> change(3)))
                .as("the same request")
                .isEqualTo(entry);
        assertThatIllegalStateException()
                .isThrownBy(() -> audit.decide(release("request-2"), 4, id -> {
                    throw new IllegalStateException("more than was seen");
                }));
        assertThat(audit.entries(null, 10)).containsExactly(entry);
    }

    @Test
    void aDecisionThatFailsLeavesNoRow() {
        assertThatIllegalStateException()
                .isThrownBy(() -> audit.decide(release(null), () -> {
                    change(3);
                    throw new IllegalStateException("more than was seen");
                }));

        assertThat(changes()).isZero();
        assertThat(audit.entries(null, 10)).isEmpty();
    }

    @Test
    void aRowThatFailsTakesTheDecisionBack() {
        jdbc.sql("drop table outbox_audit").update();

        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> audit.decide(release(null), () -> change(3)));

        assertThat(changes()).isZero();
    }

    /** As when its process is killed before the commit. */
    @Test
    void aDecisionWhoseConnectionIsCutOffLeavesNothing() {
        assumeThat(DatabaseProduct.of(dataSource))
                .as("H2 runs in the process of its client, and cannot be cut off from it")
                .isNotEqualTo(DatabaseProduct.H2);
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> audit.decide(release("request-1"), () -> {
                    change(3);
                    return cutOff();
                }));

        assertThat(changes()).isZero();
        assertThat(audit.entries(null, 10)).isEmpty();
        assertThat(audit.decide(release("request-1"), () -> change(3)).affected())
                .as("the request can come again")
                .isEqualTo(3);
    }

    @Test
    void aRequestThatComesAgainHasOneEffect() {
        AuditEntry first = audit.decide(release("request-1"), () -> change(3));

        AuditEntry second = audit.decide(release("request-1"), () -> change(5));

        assertThat(second).isEqualTo(first);
        assertThat(changes()).isEqualTo(3);
        assertThat(audit.entries(null, 10)).hasSize(1);
    }

    @Test
    void aKeyIsNotUsedForAnotherRequest() {
        audit.decide(release("request-1"), () -> change(3));

        assertThatExceptionOfType(RequestKeyReusedException.class)
                .isThrownBy(() -> audit.decide(
                        new AuditedRequest("ada", AuditAction.DISCARD, A.toString(), "request-1"), () -> change(5)))
                .withMessage(
                        "Request 'request-1' was release of Order A, and is now discard of Order A. Use another key for another request.");
        assertThat(changes()).isEqualTo(3);
    }

    @Test
    void theSameRequestSentTwiceAtOnceHasOneEffect() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        AtomicInteger decided = new AtomicInteger();
        ExecutorService clients = Executors.newFixedThreadPool(2);
        try {
            List<Future<AuditEntry>> answers = clients.invokeAll(List.of(
                    () -> audit.decide(release("request-1"), () -> decide(both, decided)),
                    () -> audit.decide(release("request-1"), () -> decide(both, decided))));

            assertThat(answers.get(0).get()).isEqualTo(answers.get(1).get());
        } finally {
            clients.shutdownNow();
        }
        assertThat(decided).as("both decided before either was committed").hasValue(2);
        assertThat(audit.entries(null, 10)).hasSize(1);
        assertThat(changes()).isEqualTo(1);
    }

    @Test
    void theLastDecisionsComeFirstPageByPage() {
        List<AuditEntry> made = List.of(
                audit.decide(release(null), () -> 1),
                audit.decide(release(null), () -> 2),
                audit.decide(release(null), () -> 3));

        assertThat(audit.entries(null, 2)).containsExactly(made.get(2), made.get(1));
        assertThat(audit.entries(made.get(1).id(), 2)).containsExactly(made.get(0));
    }

    @Test
    void nobodyDecidesWithoutAName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AuditedRequest(" ", AuditAction.RELEASE, "Order A", null))
                .withMessage("The actor has 1 characters; it needs 1 to 255");
    }

    private static AuditedRequest release(@Nullable String requestKey) {
        return new AuditedRequest("ada", AuditAction.RELEASE, A.toString(), requestKey);
    }

    /** Each adds a row of its own, so that neither waits for the other before the rows of the audit meet. */
    private long decide(CountDownLatch both, AtomicInteger decided) {
        int number = decided.incrementAndGet();
        jdbc.sql("insert into outbox_key (aggregatetype, aggregateid, last_seq) values ('Order', :id, 1)")
                .param("id", "key-" + number)
                .update();
        both.countDown();
        try {
            both.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return 1;
    }

    private long cutOff() {
        try {
            DataSourceUtils.getConnection(dataSource).abort(Runnable::run);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return 3;
    }

    /** Some table of the outbox. */
    private int change(int rows) {
        for (int row = 0; row < rows; row++) {
            jdbc.sql("insert into outbox_key (aggregatetype, aggregateid, last_seq) values ('Order', :id, 1)")
                    .param("id", "key-" + row)
                    .update();
        }
        return rows;
    }

    private int changes() {
        return jdbc.sql("select count(*) from outbox_key").query(Integer.class).single();
    }
}
