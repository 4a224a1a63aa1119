package dev.outbox.avro;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;
import dev.outbox.event.EventHeaders;
import dev.outbox.event.EventPayload;
import dev.outbox.event.EventType;
import dev.outbox.format.InvalidFormatException;
import dev.outbox.internal.domain.DomainEventType;
import dev.outbox.internal.domain.DomainEventTypes;
import dev.outbox.internal.domain.OutboxProperties;
import dev.outbox.internal.format.FormatAutoConfiguration;
import dev.outbox.internal.format.PayloadFormats;
import dev.outbox.internal.upcast.EncodedEvent;
import dev.outbox.internal.upcast.ReadEvent;
import dev.outbox.internal.upcast.UpcastAutoConfiguration;
import dev.outbox.internal.upcast.Upcasters;
import dev.outbox.producer.downcast.Downcaster;
import dev.outbox.producer.internal.downcast.DowncastAutoConfiguration;
import dev.outbox.producer.internal.downcast.PayloadWriter;
import dev.outbox.producer.internal.downcast.WrittenPayload;
import dev.outbox.upcast.UnreadablePayloadException;
import dev.outbox.upcast.Upcaster;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import tools.jackson.databind.node.ObjectNode;

/** Avro from object to bytes and back, across versions. */
class AvroFormatTests {

    private static final UUID ORDER = UUID.fromString("0192f0c1-0000-7000-8000-000000000001");

    private static final Priced1 FIRST = new Priced1(ORDER, new BigDecimal("12.50"));

    private static final Priced2 WHOLE = new Priced2(
            ORDER,
            new BigDecimal("12.50"),
            Instant.parse("2026-02-03T04:05:06.789Z"),
            LocalDate.parse("2026-02-03"),
            Kind.TRADE,
            List.of(new Line("tea", 2, 0.25), new Line("pot", 1, null)),
            Map.of("tenant", "north"),
            "c2VhbA==",
            5L,
            true);

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    JacksonAutoConfiguration.class,
                    AvroAutoConfiguration.class,
                    FormatAutoConfiguration.class,
                    DowncastAutoConfiguration.class,
                    UpcastAutoConfiguration.class));

    private final ApplicationContextRunner writing =
            service.withPropertyValues("outbox.format.types.OrderPriced=application/avro");

    @Test
    void everyKindOfValueComesBackAsItWas() {
        WrittenPayload written = write(writing, WHOLE);
        assertThat(written.payload().contentType()).isEqualTo("application/avro");
        assertThat(read(service, Priced2.class, written)).containsExactly(WHOLE);
    }

    @Test
    void whatTheSchemaLeavesOptionalMayBeMissing() {
        Priced2 small = new Priced2(
                ORDER, new BigDecimal("0.01"), null, null, Kind.RETAIL, List.of(), Map.of(), null, null, false);
        assertThat(read(service, Priced2.class, write(writing, small))).containsExactly(small);
    }

    @Test
    void avroBinaryIsReadToo() {
        WrittenPayload written = write(writing, FIRST);
        WrittenPayload renamed = new WrittenPayload(
                written.type(), EventPayload.of("avro/binary", written.payload().bytes()), Map.of());
        assertThat(read(service, Priced1.class, renamed)).containsExactly(FIRST);
    }

    @Test
    void anOlderVersionIsResolvedByTheRulesOfAvro() {
        assertThat(read(service, Priced2.class, write(writing, FIRST)))
                .containsExactly(new Priced2(
                        ORDER,
                        new BigDecimal("12.50"),
                        null,
                        null,
                        Kind.RETAIL,
                        List.of(),
                        Map.of(),
                        null,
                        null,
                        false));
    }

    @Test
    void whereTheRulesOfAvroDoNotReachAStepIsAskedFor() {
        WrittenPayload written = write(writing, WHOLE);
        assertThatExceptionOfType(UnreadablePayloadException.class)
                .isThrownBy(() -> read(service, Priced3.class, written))
                .withMessageContaining("no step leads from it to version 3")
                .withMessageContaining("@Upcaster(type = \"OrderPriced\", from = 2)");
    }

    @Test
    void aStepWorksOnTheTreeOfAnAvroPayload() {
        assertThat(read(service.withBean(AddCurrency.class), Priced3.class, write(writing, WHOLE)))
                .containsExactly(new Priced3(ORDER, new BigDecimal("12.50"), "EUR"));
    }

    @Test
    void aNewerVersionIsToleratedIfItsSchemaIsThere() {
        ApplicationContextRunner tolerant = service.withPropertyValues("outbox.versions.newer.policy=tolerate");
        WrittenPayload third = write(writing, new Priced3(ORDER, new BigDecimal("12.50"), "CHF"));
        assertThat(read(tolerant, Priced2.class, third)).hasSize(1);
        WrittenPayload unknown = new WrittenPayload(new EventType("OrderPriced", 4), third.payload(), Map.of());
        assertThatExceptionOfType(UnreadablePayloadException.class)
                .isThrownBy(() -> read(tolerant, Priced3.class, unknown))
                .havingCause()
                .withMessage(
                        "There is no Avro schema of OrderPriced v4: classpath:avro/OrderPriced-v4.avsc is missing");
    }

    @Test
    void anEarlierVersionIsPublishedTooInAvro() {
        WrittenPayload written = write(
                writing.withBean(WithoutCurrency.class)
                        .withPropertyValues("outbox.versions.also-publish.OrderPriced=2"),
                new Priced3(ORDER, new BigDecimal("12.50"), "CHF"));
        assertThat(written.type()).isEqualTo(new EventType("OrderPriced", 2));
        assertThat(written.headers()).containsEntry(EventHeaders.NEWER_VERSION, "3");
        assertThat(read(service, Priced3.class, written))
                .containsExactly(new Priced3(ORDER, new BigDecimal("12.50"), "CHF"));
        assertThat(read(service, Priced2.class, written))
                .singleElement()
                .isInstanceOfSatisfying(
                        Priced2.class, earlier -> assertThat(earlier.price()).isEqualByComparingTo("12.50"));
    }

    @Test
    void aMessageNamesTheFieldAndNeverItsContent() {
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> write(writing, new Misfit(ORDER, "secret")))
                .withMessage("OrderPriced.amount is STRING, not an Avro"
                        + " {\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":10,\"scale\":2}")
                .withMessageNotContaining("secret");
    }

    @Test
    void aMissingSchemaStopsTheStart() {
        refused(Noted2.class)
                .hasMessageContaining("There is no Avro schema of OrderNoted v2")
                .hasMessageContaining("classpath:avro/OrderNoted-v2.avsc is missing");
    }

    @Test
    void aSchemaOfSomethingElseStopsTheStart() {
        refused(Noted1.class).hasMessageContaining("classpath:avro/OrderNoted-v1.avsc is not the schema of a record");
    }

    @Test
    void withoutTheLibraryThereIsNoAvro() {
        service.withClassLoader(new FilteredClassLoader("org.apache.avro"))
                .withBean(DomainEventTypes.class, () -> types(Priced1.class))
                .run(context -> assertThat(context.getBean(PayloadFormats.class).reading("application/avro"))
                        .isEmpty());
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused(Class<?> declared) {
        List<Throwable> failures = new ArrayList<>();
        service.withPropertyValues("outbox.format.content-type=application/avro")
                .withBean(DomainEventTypes.class, () -> types(declared))
                .run(context -> failures.add(requireNonNull(context.getStartupFailure())));
        Throwable failure = failures.get(0);
        while (!(failure instanceof InvalidFormatException)) {
            failure = requireNonNull(failure.getCause(), "no InvalidFormatException");
        }
        return assertThat(failure);
    }

    private static WrittenPayload write(ApplicationContextRunner producer, Object event) {
        List<WrittenPayload> written = new ArrayList<>();
        DomainEventTypes types = types(event.getClass());
        producer.withBean(DomainEventTypes.class, () -> types)
                .run(context -> written.add(context.getBean(PayloadWriter.class).write(type(types), event)));
        return written.get(0);
    }

    private static List<Object> read(ApplicationContextRunner consumer, Class<?> understood, WrittenPayload written) {
        List<Object> events = new ArrayList<>();
        DomainEventTypes types = types(understood);
        consumer.withBean(DomainEventTypes.class, () -> types)
                .run(context -> context
                        .getBean(Upcasters.class)
                        .readerFor(types.all())
                        .read(new EncodedEvent("e-1", written.type(), written.payload(), written.headers()))
                        .stream()
                        .map(ReadEvent::event)
                        .forEach(events::add));
        return events;
    }

    private static DomainEventTypes types(Class<?> declared) {
        return DomainEventTypes.of(List.of(declared), new OutboxProperties(true, List.of(), Map.of()));
    }

    private static DomainEventType type(DomainEventTypes types) {
        return types.all().iterator().next();
    }

    enum Kind {
        RETAIL,
        TRADE
    }

    record Line(String sku, int quantity, @Nullable Double weight) {}

    @DomainEvent(type = "OrderPriced", version = 1, aggregate = "Order")
    record Priced1(@AggregateId UUID orderId, BigDecimal amount) {}

    @DomainEvent(type = "OrderPriced", version = 2, aggregate = "Order")
    record Priced2(
            @AggregateId UUID orderId,
            BigDecimal price,
            @Nullable Instant at,
            @Nullable LocalDate day,
            Kind kind,
            List<Line> lines,
            Map<String, String> labels,
            @Nullable String seal,
            @Nullable Long count,
            boolean gift) {}

    @DomainEvent(type = "OrderPriced", version = 3, aggregate = "Order")
    record Priced3(@AggregateId UUID orderId, BigDecimal price, String currency) {}

    @DomainEvent(type = "OrderPriced", version = 1, aggregate = "Order")
    record Misfit(@AggregateId UUID orderId, String amount) {}

    @DomainEvent(type = "OrderNoted", version = 1, aggregate = "Order")
    record Noted1(@AggregateId String orderId) {}

    @DomainEvent(type = "OrderNoted", version = 2, aggregate = "Order")
    record Noted2(@AggregateId String orderId) {}

    static class AddCurrency {

        @Upcaster(type = "OrderPriced", from = 2)
        ObjectNode inEuros(ObjectNode order) {
            return order.put("currency", "EUR");
        }
    }

    static class WithoutCurrency {

        @Downcaster(type = "OrderPriced", from = 3)
        ObjectNode withoutCurrency(ObjectNode order) {
            order.remove("currency");
            return order;
        }
    }
}
