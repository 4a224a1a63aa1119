package dev.outbox.internal.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;
import dev.outbox.event.EventType;
import dev.outbox.format.InvalidFormatException;
import dev.outbox.format.PayloadFormat;
import dev.outbox.internal.domain.DomainEventType;
import dev.outbox.internal.domain.DomainEventTypes;
import dev.outbox.internal.domain.OutboxProperties;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class FormatAutoConfigurationTests {

    private static final DomainEventTypes TYPES = DomainEventTypes.of(
            List.of(OrderPlaced.class, OrderShipped.class), new OutboxProperties(true, List.of(), Map.of()));

    private static final DomainEventType ORDER_PLACED =
            TYPES.find(OrderPlaced.class).orElseThrow();

    private static final DomainEventType ORDER_SHIPPED =
            TYPES.find(OrderShipped.class).orElseThrow();

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, FormatAutoConfiguration.class))
            .withBean(DomainEventTypes.class, () -> TYPES);

    @Test
    void eventsAreJsonUnlessToldOtherwise() {
        service.run(context -> {
            PayloadFormat format = context.getBean(PayloadFormats.class).writing(ORDER_PLACED);
            assertThat(format.contentType()).isEqualTo("application/json");
            assertThat(new String(format.write(new OrderPlaced("o-1"), ORDER_PLACED), StandardCharsets.UTF_8))
                    .isEqualTo("{\"orderId\":\"o-1\"}");
        });
    }

    @Test
    void aSingleTypeIsWrittenInTheFormatThatIsSetForIt() {
        service.withBean(ReversedFormat.class)
                .withPropertyValues("outbox.format.types.OrderPlaced=text/reversed")
                .run(context -> {
                    PayloadFormats formats = context.getBean(PayloadFormats.class);
                    assertThat(formats.writing(ORDER_PLACED)).isInstanceOf(ReversedFormat.class);
                    assertThat(formats.writing(ORDER_SHIPPED)).isInstanceOf(JsonPayloadFormat.class);
                    assertThat(formats.reading("text/reversed")).containsInstanceOf(ReversedFormat.class);
                    assertThat(formats.reading("text/unknown")).isEmpty();
                });
    }

    @Test
    void aFormatThatNothingWritesStopsTheStart() {
        service.withPropertyValues("outbox.format.content-type=application/morse")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOfSatisfying(InvalidFormatException.class, unknown -> {
                            assertThat(unknown)
                                    .hasMessageStartingWith("OrderPlaced v1 (" + OrderPlaced.class.getName() + ")")
                                    .hasMessageEndingWith(
                                            "should be written as 'application/morse', but nothing here writes that format");
                            assertThat(unknown.fix()).startsWith("outbox.format knows [application/json].");
                        }));
    }

    @Test
    void aSettingForATypeThatNobodyDeclaresStopsTheStart() {
        service.withPropertyValues("outbox.format.types.OrderPlacd=application/json")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(InvalidFormatException.class)
                        .hasMessage("outbox.format.types names OrderPlacd, but no class declares it"));
    }

    @DomainEvent(type = "OrderPlaced", aggregate = "Order")
    record OrderPlaced(@AggregateId String orderId) {}

    @DomainEvent(type = "OrderShipped", aggregate = "Order")
    record OrderShipped(@AggregateId String orderId) {}

    /** JSON from right to left. */
    static class ReversedFormat implements PayloadFormat {

        private final JsonMapper mapper = JsonMapper.shared();

        @Override
        public String contentType() {
            return "text/reversed";
        }

        @Override
        public boolean reads(String contentType) {
            return contentType.equals(contentType());
        }

        @Override
        public byte[] write(Object event, DomainEventType type) {
            return reversed(mapper.writeValueAsBytes(event));
        }

        @Override
        public byte[] write(ObjectNode payload, EventType type) {
            return reversed(mapper.writeValueAsBytes(payload));
        }

        @Override
        public Object bind(byte[] payload, EventType stored, DomainEventType type) {
            return mapper.readValue(reversed(payload), type.javaType());
        }

        @Override
        public Object bind(ObjectNode payload, DomainEventType type) {
            return mapper.treeToValue(payload, type.javaType());
        }

        @Override
        public ObjectNode readTree(byte[] payload, EventType stored) {
            return mapper.readValue(reversed(payload), ObjectNode.class);
        }

        private static byte[] reversed(byte[] bytes) {
            return new StringBuilder(new String(bytes, StandardCharsets.UTF_8))
                    .reverse()
                    .toString()
                    .getBytes(StandardCharsets.UTF_8);
        }
    }
}
