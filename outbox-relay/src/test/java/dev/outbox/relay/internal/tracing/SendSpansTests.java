package dev.outbox.relay.internal.tracing;

import static dev.outbox.relay.TestEvents.TIME;
import static dev.outbox.relay.TestEvents.event;
import static dev.outbox.relay.TestEvents.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.event.EventEnvelope;
import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.internal.metrics.SentPage;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SendSpansTests {

    private static final String CONTEXT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-";

    private final SendSpans spans = new SendSpans(Tracer.NOOP, Propagator.NOOP, Clock.fixed(TIME, ZoneOffset.UTC));

    @ParameterizedTest
    @ValueSource(strings = {CONTEXT + "01", CONTEXT + "03", CONTEXT + "0f"})
    void anEventOfASampledTraceIsFollowed(String traceparent) {
        assertThat(spans.sending(List.of(row(1, traced(CONTEXT + "00")), row(2, traced(traceparent)))))
                .isNotEqualTo(SentPage.UNOBSERVED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                CONTEXT + "00",
                CONTEXT + "02",
                "",
                "00",
                "not a context at all, but as long as one would have to be"
            })
    void anEventOfAnotherTraceIsNot(String traceparent) {
        assertThat(spans.sending(List.of(row(1, traced(traceparent))))).isEqualTo(SentPage.UNOBSERVED);
    }

    @Test
    void anEventWithoutATraceIsNot() {
        EventEnvelope event = event("orders", "a");
        OutboxRow row = row(
                1,
                new EventEnvelope(
                        event.id(),
                        event.type(),
                        event.aggregate(),
                        event.topic(),
                        event.source(),
                        event.time(),
                        event.payload(),
                        Map.of()));
        assertThat(spans.sending(List.of(row))).isEqualTo(SentPage.UNOBSERVED);
    }

    @Test
    void twoObserversHearOfAPage() {
        List<String> heard = new ArrayList<>();
        SentPage page = recording(heard, "one")
                .and(recording(heard, "two"))
                .and(rows -> SentPage.UNOBSERVED)
                .sending(List.of(row(1, event("orders", "a"))));
        page.acknowledged();
        page.published();
        assertThat(heard).containsExactly("one acknowledged", "two acknowledged", "one published", "two published");
    }

    private static SentPage.Observer recording(List<String> heard, String name) {
        return rows -> new SentPage() {

            @Override
            public void acknowledged() {
                heard.add(name + " acknowledged");
            }

            @Override
            public void published() {
                heard.add(name + " published");
            }
        };
    }

    private static EventEnvelope traced(String traceparent) {
        EventEnvelope event = event("orders", "a");
        return new EventEnvelope(
                event.id(),
                event.type(),
                event.aggregate(),
                event.topic(),
                event.source(),
                event.time(),
                event.payload(),
                Map.of("traceparent", traceparent));
    }
}
