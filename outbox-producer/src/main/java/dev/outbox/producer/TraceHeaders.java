package dev.outbox.producer;

import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.util.Map;

/** Stores the trace of the raising transaction with the event, so that the trace continues after Kafka. */
final class TraceHeaders implements EventHeadersCustomizer {

    private final Tracer tracer;
    private final Propagator propagator;

    TraceHeaders(Tracer tracer, Propagator propagator) {
        this.tracer = tracer;
        this.propagator = propagator;
    }

    @Override
    public void customize(Object event, Map<String, String> headers) {
        TraceContext context = tracer.currentTraceContext().context();
        if (context != null) {
            propagator.inject(context, null, (carrier, name, value) -> headers.put(name, value));
        }
    }
}
