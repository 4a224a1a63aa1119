package dev.outbox.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.bank.BalanceChanged;
import dev.outbox.bank.BankApplication;
import dev.outbox.bank.OutboxRows;
import dev.outbox.embedded.TestPostgres;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.micrometer.tracing.test.autoconfigure.AutoConfigureTracing;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@SpringBootTest(
        classes = {BankApplication.class, TestPostgres.class},
        properties = "management.tracing.sampling.probability=1.0")
@AutoConfigureTracing
class TracingIT {

    @Autowired
    private Outbox outbox;

    @Autowired
    private Tracer tracer;

    @Autowired
    private OutboxRows rows;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private PlatformTransactionManager transactionManager;

    @BeforeEach
    void clear() {
        rows.clear();
    }

    @Test
    void storesTheTraceOfTheTransactionWithTheEvent() {
        Span span = tracer.nextSpan().name("deposit").start();
        try (Tracer.SpanInScope scope = tracer.withSpan(span)) {
            assertThat(scope).isNotNull();
            publish();
        } finally {
            span.end();
        }
        String traceparent = jdbc.sql("select headers ->> 'traceparent' from outbox_event")
                .query(String.class)
                .single();
        assertThat(traceparent)
                .startsWith(
                        "00-" + span.context().traceId() + "-" + span.context().spanId());
    }

    @Test
    void storesNoHeadersOutsideOfATrace() {
        publish();
        assertThat(jdbc.sql("select headers is null from outbox_event")
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    private void publish() {
        new TransactionTemplate(transactionManager)
                .executeWithoutResult(status -> outbox.publish(new BalanceChanged("a", 1)));
    }
}
