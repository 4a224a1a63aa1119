package dev.outbox.trace;

import dev.outbox.consumer.DomainEventHandler;
import dev.outbox.producer.Outbox;
import io.micrometer.common.KeyValues;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.MDC;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.support.micrometer.KafkaListenerObservation.DefaultKafkaListenerObservationConvention;
import org.springframework.kafka.support.micrometer.KafkaListenerObservationConvention;
import org.springframework.kafka.support.micrometer.KafkaRecordReceiverContext;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** A service that raises an event for a request, relays it, and handles it. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({NotesService.Requests.class, NotesService.Handlers.class})
class NotesService {

    /** The spans that have ended. */
    static final List<SpanData> SPANS = new CopyOnWriteArrayList<>();

    @Bean
    static SpanProcessor collecting() {
        return SimpleSpanProcessor.create(new SpanExporter() {

            @Override
            public CompletableResultCode export(Collection<SpanData> spans) {
                SPANS.addAll(spans);
                return CompletableResultCode.ofSuccess();
            }

            @Override
            public CompletableResultCode flush() {
                return CompletableResultCode.ofSuccess();
            }

            @Override
            public CompletableResultCode shutdown() {
                return CompletableResultCode.ofSuccess();
            }
        });
    }

    @Bean
    KafkaListenerObservationConvention convention() {
        return new DefaultKafkaListenerObservationConvention() {

            @Override
            public KeyValues getLowCardinalityKeyValues(KafkaRecordReceiverContext context) {
                return super.getLowCardinalityKeyValues(context).and("named.by", "the service");
            }
        };
    }

    @RestController
    static class Requests {

        private final Outbox outbox;

        Requests(Outbox outbox) {
            this.outbox = outbox;
        }

        @PostMapping("/notes/{id}")
        @Transactional
        public void take(@PathVariable("id") String id) {
            outbox.publish(new NoteTaken(id, "secret"));
        }
    }

    static class Handlers {

        /** What a log line of the handler has as fields. */
        final BlockingQueue<Map<String, String>> fields = new LinkedBlockingQueue<>();

        @DomainEventHandler
        public void took(NoteTaken event) {
            fields.add(Map.copyOf(MDC.getCopyOfContextMap()));
        }
    }
}
