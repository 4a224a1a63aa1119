package com.example.diary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.example.diary.DiaryApplication.Diaries;
import com.example.diary.DiaryApplication.Readers;
import dev.outbox.consumer.parking.ParkedInboxEvents;
import dev.outbox.consumer.parking.ParkedInboxKey;
import dev.outbox.event.AggregateRef;
import dev.outbox.relay.parking.ParkedEvent;
import dev.outbox.relay.parking.ParkedEvents;
import dev.outbox.relay.replay.EventSelection;
import dev.outbox.relay.replay.Replay;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;

/** On H2, a service raises, relays by the queue, consumes and parks on both sides, as it does on its real database. */
@SpringBootTest(
        properties = {
            "spring.application.name=diary",
            "spring.datasource.url=jdbc:h2:mem:diary;DB_CLOSE_DELAY=-1",
            "spring.kafka.producer.properties.max.request.size=20000",
            "outbox.inbox.failure.attempts=1"
        })
class DiaryIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Autowired
    private Diaries diaries;

    @Autowired
    private Readers readers;

    @Autowired
    private ParkedInboxEvents parkedByTheInbox;

    @Autowired
    private ParkedEvents parkedByTheRelay;

    @Autowired
    private Replay replay;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void eventsAreHandledOnceAndInOrderAndAreGoneFromTheOutbox() {
        diaries.note("plain", "one", "two");
        diaries.note("plain", "three");

        await(() -> readers.texts("plain").size() == 3);
        assertThat(readers.texts("plain")).containsExactly("one", "two", "three");
        await(() -> jdbc.sql("select count(*) from outbox_event where aggregateid = 'plain'")
                        .query(Long.class)
                        .single()
                == 0);
        assertThatIllegalStateException()
                .isThrownBy(() -> replay.estimate(EventSelection.all()))
                .withMessageContaining("nothing to replay");
    }

    @Test
    void whatAHandlerFailsForIsParkedAndReleased() {
        diaries.note("sad", "before", Readers.UNBEARABLE, "after");

        await(() -> parkedByTheInbox.keys(10).size() == 1);
        ParkedInboxKey parked = parkedByTheInbox.keys(10).get(0);
        await(() -> parkedByTheInbox.events(parked.key(), 10).size() == 2);
        assertThat(readers.texts("sad")).as("its effect is rolled back").containsExactly("before");

        readers.bearAll();
        assertThat(parkedByTheInbox.release(parked.key()).handled()).isEqualTo(2);
        assertThat(readers.texts("sad")).containsExactly("before", Readers.UNBEARABLE, "after");
        assertThat(parkedByTheInbox.keys(10)).isEmpty();
    }

    @Test
    void whatKafkaWouldRefuseIsParkedAndDiscardedAndTheRestIsReleased() {
        AggregateRef diary = new AggregateRef("Diary", "long");
        diaries.note("long", "before", "x".repeat(30_000), "after");

        await(() -> parkedByTheRelay.events(diary, 10).size() == 2);
        List<ParkedEvent> parked = parkedByTheRelay.events(diary, 10);
        assertThat(parked.get(0).reason()).contains("max.request.size");

        assertThat(parkedByTheRelay.discard(parked.get(0).id())).isTrue();
        assertThat(parkedByTheRelay.release(diary)).isPositive();
        await(() -> readers.texts("long").size() == 2);
        assertThat(readers.texts("long")).containsExactly("before", "after");
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(PATIENCE).until(condition);
    }
}
