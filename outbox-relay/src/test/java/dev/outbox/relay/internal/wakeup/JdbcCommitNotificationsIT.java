package dev.outbox.relay.internal.wakeup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.Patience;
import dev.outbox.embedded.TestDatabase;
import dev.outbox.internal.wakeup.CommitChannel;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class JdbcCommitNotificationsIT {

    private final TestDatabase database = TestDatabase.create();
    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
    private final AtomicInteger connections = new AtomicInteger();
    private final Semaphore hints = new Semaphore(0);
    private final CommitListener listener = new CommitListener(
            new JdbcCommitNotifications(this::connect),
            new LocalHints(() -> List.of(hints::release)),
            Duration.ofMillis(1));

    @AfterEach
    void dropDatabase() {
        listener.stop();
        database.close();
    }

    @Test
    void aListenerThatIsStartedAgainListensOnOneConnection() throws InterruptedException {
        listener.start();
        awaitHint();
        listener.stop();
        assertThat(connections).hasValue(1);
        listener.start();
        awaitHint();
        jdbc.sql("notify " + CommitChannel.NAME).update();
        awaitHint();
        assertThat(connections).hasValue(2);
    }

    /** A new connection is a hint as well, because what was notified before it was not heard. */
    private void awaitHint() throws InterruptedException {
        assertThat(hints.tryAcquire(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
    }

    private Connection connect() throws SQLException {
        connections.incrementAndGet();
        return database.dataSource().getConnection();
    }
}
