package dev.outbox.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.internal.logging.EventLogFields;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.micrometer.tracing.test.autoconfigure.AutoConfigureTracing;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One trace, from the request to the handler, through the row in the outbox. */
@SpringBootTest(
        classes = NotesService.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.application.name=notes",
            "outbox.packages=dev.outbox.trace",
            "management.tracing.sampling.probability=1.0",
            "management.otlp.metrics.export.enabled=false",
            "spring.kafka.listener.observation-enabled=true"
        })
@AutoConfigureTracing
class EndToEndTraceIT {

    private static final long LIMIT_SECONDS = 120;

    private static final AttributeKey<String> MESSAGE_ID = AttributeKey.stringKey("messaging.message.id");

    @Autowired
    private NotesService.Handlers handlers;

    @Autowired
    private Environment environment;

    @Autowired
    private JdbcClient jdbc;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void forgetEarlierSpans() {
        NotesService.SPANS.clear();
        handlers.fields.clear();
    }

    @Test
    void theRelaysSendAndTheHandlerAreInTheTraceOfTheRequest() throws Exception {
        take("a", Map.of());
        Map<String, String> logged = Objects.requireNonNull(handlers.fields.poll(LIMIT_SECONDS, TimeUnit.SECONDS));
        SpanData server = await(span -> span.getKind() == SpanKind.SERVER);
        SpanData send = await(span -> span.getName().equals("send outbox.event.Note"));
        SpanData process = await(span -> span.getKind() == SpanKind.CONSUMER);
        SpanData page = await(span -> span.getName().equals("publish outbox"));

        assertThat(send.getTraceId()).isEqualTo(server.getTraceId());
        assertThat(process.getTraceId()).isEqualTo(server.getTraceId());
        assertThat(send.getKind()).isEqualTo(SpanKind.PRODUCER);
        assertThat(send.getParentSpanId())
                .as("the context that the row has")
                .isEqualTo(process.getParentSpanId())
                .isEqualTo(storedSpan());
        assertThat(page.getTraceId()).isNotEqualTo(server.getTraceId());
        assertThat(page.getLinks())
                .singleElement()
                .satisfies(link -> assertThat(link.getSpanContext().getSpanId()).isEqualTo(send.getSpanId()));
        assertThat(send.getStartEpochNanos()).isLessThanOrEqualTo(send.getEndEpochNanos());
        assertThat(process.getAttributes().get(AttributeKey.stringKey("named.by")))
                .as("the service's own convention")
                .isEqualTo("the service");

        assertThat(logged)
                .containsEntry(EventLogFields.EVENT_TYPE, "NoteTaken")
                .containsEntry(EventLogFields.AGGREGATE_TYPE, "Note")
                .containsEntry(EventLogFields.TRACE_ID, server.getTraceId())
                .containsEntry(EventLogFields.EVENT_ID, send.getAttributes().get(MESSAGE_ID));
        assertThat(NotesService.SPANS)
                .noneMatch(span -> span.getAttributes().toString().contains("secret"));
        assertThat(logged.values()).noneMatch(value -> value.contains("secret"));
    }

    @Test
    void anEventOfATraceThatIsNotSampledHasNoSpan() throws Exception {
        take("a", Map.of("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00"));
        assertThat(handlers.fields.poll(LIMIT_SECONDS, TimeUnit.SECONDS)).isNotNull();
        take("b", Map.of());
        await(span -> span.getName().equals("send outbox.event.Note"));
        assertThat(NotesService.SPANS)
                .extracting(SpanData::getTraceId)
                .doesNotContain("0af7651916cd43dd8448eb211c80319c");
    }

    private void take(String id, Map<String, String> headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:%s/notes/%s"
                        .formatted(environment.getRequiredProperty("local.server.port"), id)))
                .POST(HttpRequest.BodyPublishers.noBody());
        headers.forEach(request::header);
        assertThat(client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
    }

    private String storedSpan() {
        String traceparent = jdbc.sql("select headers ->> 'traceparent' from outbox_event order by seq desc limit 1")
                .query(String.class)
                .single();
        return traceparent.split("-", -1)[2];
    }

    private static SpanData await(Predicate<SpanData> which) {
        Awaitility.await()
                .atMost(LIMIT_SECONDS, TimeUnit.SECONDS)
                .until(() -> spans(which).size() > 0);
        return spans(which).get(0);
    }

    private static List<SpanData> spans(Predicate<SpanData> which) {
        return NotesService.SPANS.stream().filter(which).toList();
    }
}
