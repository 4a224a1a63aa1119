package dev.outbox.internal.upcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;
import dev.outbox.event.EventPayload;
import dev.outbox.event.EventType;
import dev.outbox.format.PayloadFormat;
import dev.outbox.internal.domain.DomainEventType;
import dev.outbox.internal.domain.DomainEventTypes;
import dev.outbox.internal.domain.OutboxProperties;
import dev.outbox.internal.format.FormatAutoConfiguration;
import dev.outbox.upcast.UnreadablePayloadException;
import dev.outbox.upcast.Upcaster;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.node.ObjectNode;

class UpcastAutoConfigurationTests {

    private static final DomainEventTypes TYPES =
            DomainEventTypes.of(List.of(OrderPlaced.class), new OutboxProperties(true, List.of(), Map.of()));

    private static final DomainEventType ORDER_PLACED =
            TYPES.find(OrderPlaced.class).orElseThrow();

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    JacksonAutoConfiguration.class, FormatAutoConfiguration.class, UpcastAutoConfiguration.class))
            .withBean(DomainEventTypes.class, () -> TYPES);

    private final ApplicationContextRunner upcasting =
            runner.withBean(From1.class).withBean(From2.class);

    @Test
    void aStoredVersionIsBroughtToTheCurrentOneStepByStep() {
        assertThat(read("{'order': 'o-1'}", 1)).isEqualTo(new OrderPlaced("o-1", "EUR"));
        assertThat(read("{'orderId': 'o-1'}", 2)).isEqualTo(new OrderPlaced("o-1", "EUR"));
    }

    @Test
    void theCurrentVersionIsBoundWithoutAnyStep() {
        assertThat(read("{'orderId': 'o-1', 'currency': 'CHF'}", 3)).isEqualTo(new OrderPlaced("o-1", "CHF"));
    }

    @Test
    void aNewerVersionIsRefusedForNobodyHereKnowsWhatItMeans() {
        assertThatExceptionOfType(UnreadablePayloadException.class)
                .isThrownBy(() -> read("{'orderId': 'o-1'}", 4))
                .withMessageStartingWith("OrderPlaced v4 was received, but this service understands OrderPlaced v3")
                .withMessageContaining("Deploy a version of the service");
    }

    @Test
    void aVersionBelowTheLowestStepIsRefusedAndTheMissingStepNamed() {
        runner.withBean(From2.class)
                .run(context -> assertThatExceptionOfType(UnreadablePayloadException.class)
                        .isThrownBy(() -> read(context, json("{}"), 1))
                        .withMessageContaining("OrderPlaced v1 was received")
                        .withMessageContaining("@Upcaster(type = \"OrderPlaced\", from = 1)"));
    }

    @Test
    void aMessageNeverShowsThePayload() {
        assertThatExceptionOfType(UnreadablePayloadException.class)
                .isThrownBy(() -> read("{'orderId': ['secret'], 'currency': 'CHF'}", 3))
                .withMessageContaining("The payload of OrderPlaced v3")
                .withMessageNotContaining("secret");
    }

    @Test
    void thePayloadNullIsRefused() {
        assertThatExceptionOfType(UnreadablePayloadException.class)
                .isThrownBy(() -> read("null", 3))
                .withMessageContaining("is null");
    }

    @Test
    void aStepThatFailsOrReturnsNothingIsNamed() {
        runner.withBean(FailingFrom2.class).run(context -> {
            assertThatExceptionOfType(UnreadablePayloadException.class)
                    .isThrownBy(() -> read(context, json("{'fails': true}"), 2))
                    .withMessageContaining("FailingFrom2.step failed")
                    .withCauseInstanceOf(IllegalStateException.class);
            assertThatExceptionOfType(UnreadablePayloadException.class)
                    .isThrownBy(() -> read(context, json("{'fails': false}"), 2))
                    .withMessageContaining("FailingFrom2.step returned null");
        });
    }

    @Test
    void anotherContentTypeNeedsAFormatOfItsOwn() {
        EventPayload payload = EventPayload.of("text/plain", "o-1;CHF".getBytes(StandardCharsets.UTF_8));
        runner.run(context -> assertThatExceptionOfType(UnreadablePayloadException.class)
                .isThrownBy(() -> read(context, payload, 3))
                .withMessageContaining("'text/plain', a format that nothing here reads"));
        runner.withBean(SemicolonFormat.class)
                .run(context -> assertThat(read(context, payload, 3)).isEqualTo(new OrderPlaced("o-1", "CHF")));
    }

    @Test
    void jsonIsKnownByEveryOneOfItsNames() {
        upcasting.run(context -> {
            byte[] bytes = json("{'orderId': 'o-1', 'currency': 'CHF'}").bytes();
            for (String name : List.of("application/json; charset=utf-8", "application/vnd.shop+json")) {
                assertThat(read(context, EventPayload.of(name, bytes), 3)).isEqualTo(new OrderPlaced("o-1", "CHF"));
            }
        });
    }

    @Test
    void aMissingStepStopsTheStartAndIsNamed() {
        runner.withBean(From1.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOfSatisfying(InvalidUpcasterException.class, missing -> {
                            assertThat(missing)
                                    .hasMessageStartingWith("The step from OrderPlaced v2 to version 3 is missing")
                                    .hasMessageContaining(OrderPlaced.class.getName());
                            assertThat(missing.fix()).contains("@Upcaster(type = \"OrderPlaced\", from = 2)");
                        }));
    }

    @Test
    void aGapBetweenTwoStepsStopsTheStart() {
        DomainEventTypes types =
                DomainEventTypes.of(List.of(OrderShipped.class), new OutboxProperties(true, List.of(), Map.of()));
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        JacksonAutoConfiguration.class, FormatAutoConfiguration.class, UpcastAutoConfiguration.class))
                .withBean(DomainEventTypes.class, () -> types)
                .withBean(WithGap.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(InvalidUpcasterException.class)
                        .hasMessageStartingWith("The step from OrderShipped v2 to version 3 is missing"));
    }

    @Test
    void twoStepsFromOneVersionStopTheStart() {
        upcasting
                .withBean(AnotherFrom2.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(InvalidUpcasterException.class)
                        .hasMessageContaining("OrderPlaced v2 is read by two @Upcaster methods")
                        .hasMessageContaining("From2.addCurrency")
                        .hasMessageContaining("AnotherFrom2.step"));
    }

    @Test
    void aStepThatLeadsBeyondTheDeclaredVersionStopsTheStart() {
        upcasting
                .withBean(From3.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(InvalidUpcasterException.class)
                        .hasMessageContaining("From3.step reads OrderPlaced v3")
                        .hasMessageContaining("the step leads nowhere"));
    }

    @Test
    void aStepForATypeThatNobodyDeclaresStopsTheStart() {
        runner.withBean(Misspelt.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(InvalidUpcasterException.class)
                        .hasMessageContaining("reads OrderPlacd v1, but no class declares this type"));
    }

    @Test
    void anotherSignatureStopsTheStart() {
        runner.withBean(WrongSignature.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOfSatisfying(InvalidUpcasterException.class, wrong -> {
                            assertThat(wrong).hasMessageContaining("WrongSignature.step does not take one ObjectNode");
                            assertThat(wrong.fix()).contains("ObjectNode step(ObjectNode payload)");
                        }));
    }

    @Test
    void versionZeroStopsTheStart() {
        runner.withBean(FromZero.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(InvalidUpcasterException.class)
                        .hasMessageContaining("versions start at 1"));
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void theReportOfAFailedStartNamesCauseAndMend(CapturedOutput output) {
        SpringApplication application = new SpringApplicationBuilder(BrokenService.class)
                .web(WebApplicationType.NONE)
                .build();
        assertThatException()
                .isThrownBy(application::run)
                .havingRootCause()
                .isInstanceOf(InvalidUpcasterException.class);
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("The step from OrderPlaced v2 to version 3 is missing")
                .contains("Add a method annotated with @Upcaster(type = \"OrderPlaced\", from = 2)");
    }

    private Object read(String json, int version) {
        List<Object> read = new ArrayList<>();
        upcasting.run(context -> read.add(read(context, json(json), version)));
        return read.get(0);
    }

    private static Object read(ApplicationContext context, EventPayload payload, int version) {
        List<ReadEvent> read = context.getBean(Upcasters.class)
                .readerFor(List.of(ORDER_PLACED))
                .read(new EncodedEvent("e-1", new EventType("OrderPlaced", version), payload, Map.of()));
        assertThat(read).hasSize(1);
        assertThat(read.get(0).id()).isEqualTo("e-1");
        assertThat(read.get(0).part()).isZero();
        return read.get(0).event();
    }

    private static EventPayload json(String json) {
        return EventPayload.json(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @DomainEvent(type = "OrderPlaced", version = 3, aggregate = "Order")
    record OrderPlaced(@AggregateId String orderId, String currency) {}

    @DomainEvent(type = "OrderShipped", version = 4, aggregate = "Order")
    record OrderShipped(@AggregateId String orderId) {}

    static class WithGap {

        @Upcaster(type = "OrderShipped", from = 1)
        ObjectNode from1(ObjectNode shipped) {
            return shipped;
        }

        @Upcaster(type = "OrderShipped", from = 3)
        ObjectNode from3(ObjectNode shipped) {
            return shipped;
        }
    }

    static class From1 {

        @Upcaster(type = "OrderPlaced", from = 1)
        ObjectNode renameOrder(ObjectNode order) {
            order.set("orderId", order.remove("order"));
            return order;
        }
    }

    static class From2 {

        @Upcaster(type = "OrderPlaced", from = 2)
        ObjectNode addCurrency(ObjectNode order) {
            return order.put("currency", "EUR");
        }
    }

    static class AnotherFrom2 {

        @Upcaster(type = "OrderPlaced", from = 2)
        ObjectNode step(ObjectNode order) {
            return order;
        }
    }

    static class FailingFrom2 {

        @Upcaster(type = "OrderPlaced", from = 2)
        @Nullable
        ObjectNode step(ObjectNode order) {
            if (order.get("fails").asBoolean()) {
                throw new IllegalStateException("on purpose");
            }
            return null;
        }
    }

    static class From3 {

        @Upcaster(type = "OrderPlaced", from = 3)
        ObjectNode step(ObjectNode order) {
            return order;
        }
    }

    static class Misspelt {

        @Upcaster(type = "OrderPlacd", from = 1)
        ObjectNode step(ObjectNode order) {
            return order;
        }
    }

    static class FromZero {

        @Upcaster(type = "OrderPlaced", from = 0)
        ObjectNode step(ObjectNode order) {
            return order;
        }
    }

    static class WrongSignature {

        @Upcaster(type = "OrderPlaced", from = 2)
        String step(String order) {
            return order;
        }
    }

    static class SemicolonFormat implements PayloadFormat {

        @Override
        public String contentType() {
            return "text/plain";
        }

        @Override
        public boolean reads(String contentType) {
            return contentType.equals("text/plain");
        }

        @Override
        public byte[] write(Object event, DomainEventType type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public byte[] write(ObjectNode payload, EventType type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Object bind(byte[] payload, EventType stored, DomainEventType type) {
            String[] fields = new String(payload, StandardCharsets.UTF_8).split(";", -1);
            return new OrderPlaced(fields[0], fields[1]);
        }

        @Override
        public Object bind(ObjectNode payload, DomainEventType type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ObjectNode readTree(byte[] payload, EventType stored) {
            throw new UnsupportedOperationException();
        }
    }

    @ImportAutoConfiguration({
        JacksonAutoConfiguration.class,
        FormatAutoConfiguration.class,
        UpcastAutoConfiguration.class
    })
    static class BrokenService {

        @Bean
        DomainEventTypes types() {
            return TYPES;
        }

        @Bean
        From1 from1() {
            return new From1();
        }
    }
}
