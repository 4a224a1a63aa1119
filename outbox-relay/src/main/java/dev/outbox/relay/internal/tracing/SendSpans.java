package dev.outbox.relay.internal.tracing;

import dev.outbox.event.EventHeaders;
import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.internal.metrics.SentPage;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Continues the traces in which events were raised.
 *
 * <ol>
 *   <li>The context that was stored with an event says whether its trace is sampled. Nothing is done for an event of any other
 *       trace.
 *   <li>Nothing is added to the record: it carries the context in which the event was raised, as it is stored. So a consumer's
 *       span has the same parent as that of the relay, and a record is the same whether it is traced or not.
 *   <li>When the page is published, each sampled event gets a span from the time when the page was handed over to the time when it
 *       was acknowledged. The page has one that links to them.
 * </ol>
 *
 * <p>For use by many lanes, each by its own thread.
 */
final class SendSpans implements SentPage.Observer {

    /** {@code 00-<trace id>-<span id>-<flags>} */
    private static final int FLAGS_AT = 54;

    private static final int SAMPLED = 1;

    private static final int RADIX = 16;

    private final Tracer tracer;
    private final Propagator propagator;
    private final Clock clock;

    SendSpans(Tracer tracer, Propagator propagator, Clock clock) {
        this.tracer = tracer;
        this.propagator = propagator;
        this.clock = clock;
    }

    @Override
    public SentPage sending(List<OutboxRow> rows) {
        List<TracedEvent> sampled = null;
        for (OutboxRow row : rows) {
            Map<String, String> headers = row.event().headers();
            if (!headers.isEmpty() && isSampled(headers.get(EventHeaders.TRACE_PARENT))) {
                if (sampled == null) {
                    sampled = new ArrayList<>();
                }
                sampled.add(TracedEvent.of(row.event()));
            }
        }
        return sampled == null ? SentPage.UNOBSERVED : new TracedPage(tracer, propagator, clock, sampled, rows.size());
    }

    private static boolean isSampled(@Nullable String traceparent) {
        if (traceparent == null || traceparent.length() <= FLAGS_AT) {
            return false;
        }
        int flags = Character.digit(traceparent.charAt(FLAGS_AT), RADIX);
        return flags > 0 && (flags & SAMPLED) == SAMPLED;
    }
}
