package dev.outbox.relay.internal.tracing;

import dev.outbox.relay.internal.metrics.SentPage;
import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The spans of a page, which are made after it is published. The names are those of OpenTelemetry's conventions. */
final class TracedPage implements SentPage {

    /** OpenTelemetry keeps no more of one span, by default. */
    private static final int MAX_LINKS = 128;

    private static final long MICROS_OF_SECOND = 1_000_000;
    private static final long NANOS_OF_MICRO = 1_000;

    private final Tracer tracer;
    private final Propagator propagator;
    private final Clock clock;
    private final List<TracedEvent> sampled;
    private final int events;
    private final long sentAt;
    private volatile long acknowledgedAt;

    /**
     * @param sampled those of its events that are traced
     * @param events how many there are in all
     */
    TracedPage(Tracer tracer, Propagator propagator, Clock clock, List<TracedEvent> sampled, int events) {
        this.tracer = tracer;
        this.propagator = propagator;
        this.clock = clock;
        this.sampled = sampled;
        this.events = events;
        this.sentAt = micros(clock.instant());
    }

    @Override
    public void acknowledged() {
        acknowledgedAt = micros(clock.instant());
    }

    @Override
    public void published() {
        long end = acknowledgedAt == 0 ? micros(clock.instant()) : acknowledgedAt;
        Span.Builder page = tracer.spanBuilder()
                .setNoParent()
                .name("publish outbox")
                .kind(Span.Kind.PRODUCER)
                .startTimestamp(sentAt, TimeUnit.MICROSECONDS)
                .tag("messaging.system", "kafka")
                .tag("messaging.operation.name", "publish")
                .tag("messaging.operation.type", "send")
                .tag("messaging.batch.message_count", events);
        int links = 0;
        for (TracedEvent event : sampled) {
            Span span = send(event);
            if (links++ < MAX_LINKS) {
                page.addLink(new Link(span.context()));
            }
            span.end(end, TimeUnit.MICROSECONDS);
        }
        page.start().end(end, TimeUnit.MICROSECONDS);
    }

    private Span send(TracedEvent event) {
        return propagator
                .extract(event.headers(), (headers, name) -> headers.get(name))
                .name("send " + event.topic())
                .kind(Span.Kind.PRODUCER)
                .startTimestamp(sentAt, TimeUnit.MICROSECONDS)
                .tag("messaging.system", "kafka")
                .tag("messaging.operation.name", "send")
                .tag("messaging.operation.type", "send")
                .tag("messaging.destination.name", event.topic())
                .tag("messaging.message.id", event.id())
                .tag("outbox.event.type", event.type())
                .tag("outbox.aggregate.type", event.aggregateType())
                .start();
    }

    private static long micros(Instant time) {
        return time.getEpochSecond() * MICROS_OF_SECOND + time.getNano() / NANOS_OF_MICRO;
    }
}
