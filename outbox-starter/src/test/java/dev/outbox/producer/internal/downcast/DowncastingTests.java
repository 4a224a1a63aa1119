package dev.outbox.producer.internal.downcast;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;
import dev.outbox.event.EventHeaders;
import dev.outbox.event.EventType;
import dev.outbox.internal.domain.DomainEventType;
import dev.outbox.internal.domain.DomainEventTypes;
import dev.outbox.internal.domain.OutboxProperties;
import dev.outbox.internal.format.FormatAutoConfiguration;
import dev.outbox.internal.upcast.EncodedEvent;
import dev.outbox.internal.upcast.ReadEvent;
import dev.outbox.internal.upcast.UpcastAutoConfiguration;
import dev.outbox.internal.upcast.Upcasters;
import dev.outbox.producer.downcast.Downcaster;
import dev.outbox.upcast.NewerVersionException;
import dev.outbox.upcast.Upcaster;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import tools.jackson.databind.node.ObjectNode;

/** What is written of an event in the window, and what consumers of each version read of it. */
class DowncastingTests {

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    JacksonAutoConfiguration.class,
                    FormatAutoConfiguration.class,
                    DowncastAutoConfiguration.class,
                    UpcastAutoConfiguration.class));

    private final ApplicationContextRunner producer =
            service.withBean(DomainEventTypes.class, () -> types(Price3.class)).withBean(Steps.class);

    private final ApplicationContextRunner window =
            producer.withPropertyValues("outbox.versions.also-publish.PriceChanged=1");

    @Test
    void withoutAWindowTheCurrentVersionIsWritten() {
        WrittenPayload written = write(producer);
        assertThat(written.type()).isEqualTo(new EventType("PriceChanged", 3));
        assertThat(written.payload().text()).isEqualTo("{\"article\":\"tea\",\"cents\":5,\"currency\":\"CHF\"}");
        assertThat(written.headers()).isEmpty();
    }

    @Test
    void inTheWindowTheEarlierVersionIsThePayloadAndTheCurrentOneGoesAlong() {
        WrittenPayload written = write(window);
        assertThat(written.type()).isEqualTo(new EventType("PriceChanged", 1));
        assertThat(written.payload().text()).isEqualTo("{\"article\":\"tea\",\"amount\":5}");
        assertThat(written.headers()).containsEntry(EventHeaders.NEWER_VERSION, "3");
        assertThat(new String(
                        Base64.getDecoder().decode(written.headers().get(EventHeaders.NEWER_PAYLOAD)),
                        StandardCharsets.UTF_8))
                .isEqualTo("{\"article\":\"tea\",\"cents\":5,\"currency\":\"CHF\"}");
        assertThat(written.size())
                .isEqualTo(written.payload().size()
                        + "3".length()
                        + requireNonNull(written.headers().get(EventHeaders.NEWER_PAYLOAD))
                                .length());
    }

    @Test
    void numbersThatAStepLeavesAloneStayAsTheyWereWritten() {
        service.withBean(DomainEventTypes.class, () -> types(Rate2.class))
                .withBean(WithoutCurrency.class)
                .withPropertyValues("outbox.versions.also-publish.RateSet=1")
                .run(context -> assertThat(context.getBean(PayloadWriter.class)
                                .write(
                                        type(context.getBean(DomainEventTypes.class)),
                                        new Rate2(
                                                "eur",
                                                new BigDecimal("0.10"),
                                                new BigDecimal("12345678901234567.89"),
                                                "CHF"))
                                .payload()
                                .text())
                        .isEqualTo("{\"id\":\"eur\",\"rate\":0.10,\"sum\":12345678901234567.89}"));
    }

    @Test
    void whoKnowsTheEarlierVersionReadsThat() {
        assertThat(read(service, Price1.class)).containsExactly(new Price1("tea", 5));
    }

    @Test
    void whoKnowsTheCurrentVersionReadsThatAndTakesNoStep() {
        assertThat(read(service, Price3.class)).containsExactly(new Price3("tea", 5, "CHF"));
    }

    @Test
    void whoKnowsAVersionInBetweenBringsTheEarlierOneToIt() {
        assertThat(read(service.withBean(From1.class), Price2.class)).containsExactly(new Price2("tea", 5));
    }

    @Test
    void whoKnowsALaterVersionBringsTheCurrentOneToIt() {
        assertThat(read(service.withBean(From1.class).withBean(From2And3.class), Price4.class))
                .containsExactly(new Price4("tea", 5, "CHF", "from 3"));
    }

    @Test
    void aNewerVersionIsNotToleratedWhereTheRecordCarriesAKnownOne() {
        assertThat(read(service.withPropertyValues("outbox.versions.newer.policy=tolerate"), Price1.class))
                .containsExactly(new Price1("tea", 5));
    }

    @Test
    void aVersionBelowTheWindowIsNewerAsEver() {
        WrittenPayload written = write(producer);
        service.withBean(DomainEventTypes.class, () -> types(Price1.class))
                .run(context -> assertThatExceptionOfType(NewerVersionException.class)
                        .isThrownBy(() -> context.getBean(Upcasters.class)
                                .readerFor(
                                        context.getBean(DomainEventTypes.class).all())
                                .read(stored(written))));
    }

    @Test
    void theWindowIsOfTheLatestOfSeveralDeclaredClasses() {
        service.withBean(DomainEventTypes.class, () -> types(Price3.class, Price2.class))
                .withBean(Steps.class)
                .withPropertyValues("outbox.versions.also-publish.PriceChanged=1")
                .run(context -> {
                    DomainEventTypes types = context.getBean(DomainEventTypes.class);
                    PayloadWriter writer = context.getBean(PayloadWriter.class);
                    assertThat(writer.write(types.find(Price3.class).orElseThrow(), new Price3("tea", 5, "CHF"))
                                    .type())
                            .isEqualTo(new EventType("PriceChanged", 1));
                    assertThat(writer.write(types.find(Price2.class).orElseThrow(), new Price2("tea", 5))
                                    .type())
                            .isEqualTo(new EventType("PriceChanged", 2));
                });
    }

    @Test
    void aMissingStepStopsTheStartAndIsNamed() {
        refused(service.withBean(DomainEventTypes.class, () -> types(Price3.class))
                        .withBean(From3Only.class)
                        .withPropertyValues("outbox.versions.also-publish.PriceChanged=1"))
                .hasMessage("The step from PriceChanged v2 to version 1 is missing on the way to version 1, which"
                        + " outbox.versions.also-publish.PriceChanged asks for");
    }

    @Test
    void twoStepsFromOneVersionStopTheStart() {
        refused(producer.withBean(From3Only.class))
                .hasMessageStartingWith("PriceChanged v3 is read by two @Downcaster methods: ");
    }

    @Test
    void aVersionThatIsNotEarlierStopsTheStart() {
        refused(producer.withPropertyValues("outbox.versions.also-publish.PriceChanged=3"))
                .hasMessageStartingWith(
                        "outbox.versions.also-publish.PriceChanged is 3, which is not an earlier version of")
                .isInstanceOfSatisfying(
                        InvalidDowncasterException.class,
                        refused -> assertThat(refused.fix())
                                .isEqualTo("Name a version from 1 to 2, or remove the setting."));
    }

    @Test
    void aTypeThatNobodyDeclaresStopsTheStart() {
        refused(producer.withPropertyValues("outbox.versions.also-publish.PriceChangd=1"))
                .hasMessage("outbox.versions.also-publish names PriceChangd, but no class declares it");
    }

    @Test
    void aStepFromAVersionThatNobodyDeclaresStopsTheStart() {
        refused(service.withBean(DomainEventTypes.class, () -> types(Price2.class))
                        .withBean(From3Only.class))
                .hasMessageContaining("From3Only.step reads PriceChanged v3, but PriceChanged v2")
                .hasMessageEndingWith("is the latest declared version");
    }

    @Test
    void aStepThatFailsRefusesTheEvent() {
        service.withBean(DomainEventTypes.class, () -> types(Price3.class))
                .withBean(Failing.class)
                .withPropertyValues("outbox.versions.also-publish.PriceChanged=2")
                .run(context -> assertThatExceptionOfType(DowncastFailedException.class)
                        .isThrownBy(() -> context.getBean(PayloadWriter.class)
                                .write(type(context.getBean(DomainEventTypes.class)), new Price3("tea", 5, "CHF")))
                        .withMessageContaining("Failing.step failed")
                        .withCauseInstanceOf(IllegalStateException.class));
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(ApplicationContextRunner service) {
        List<Throwable> failures = new ArrayList<>();
        service.run(context -> {
            assertThat(context).hasFailed();
            failures.add(requireNonNull(context.getStartupFailure()));
        });
        return assertThat(failures.get(0))
                .rootCause()
                .isInstanceOfSatisfying(
                        InvalidDowncasterException.class,
                        refused -> assertThat(refused.fix()).isNotBlank());
    }

    private static WrittenPayload write(ApplicationContextRunner producer) {
        List<WrittenPayload> written = new ArrayList<>();
        producer.run(context -> written.add(context.getBean(PayloadWriter.class)
                .write(type(context.getBean(DomainEventTypes.class)), new Price3("tea", 5, "CHF"))));
        return written.get(0);
    }

    private List<Object> read(ApplicationContextRunner consumer, Class<?> understood) {
        WrittenPayload written = write(window);
        List<Object> events = new ArrayList<>();
        consumer.withBean(DomainEventTypes.class, () -> types(understood))
                .run(context -> context
                        .getBean(Upcasters.class)
                        .readerFor(context.getBean(DomainEventTypes.class).all())
                        .read(stored(written))
                        .stream()
                        .map(ReadEvent::event)
                        .forEach(events::add));
        return events;
    }

    private static EncodedEvent stored(WrittenPayload written) {
        return new EncodedEvent("e-1", written.type(), written.payload(), written.headers());
    }

    private static DomainEventTypes types(Class<?>... declared) {
        return DomainEventTypes.of(List.of(declared), new OutboxProperties(true, List.of(), Map.of()));
    }

    private static DomainEventType type(DomainEventTypes types) {
        return types.all().iterator().next();
    }

    @DomainEvent(type = "PriceChanged", version = 1, aggregate = "Price")
    record Price1(@AggregateId String article, int amount) {}

    @DomainEvent(type = "PriceChanged", version = 2, aggregate = "Price")
    record Price2(@AggregateId String article, int cents) {}

    @DomainEvent(type = "PriceChanged", version = 3, aggregate = "Price")
    record Price3(@AggregateId String article, int cents, String currency) {}

    @DomainEvent(type = "PriceChanged", version = 4, aggregate = "Price")
    record Price4(@AggregateId String article, int cents, String currency, String reason) {}

    @DomainEvent(type = "RateSet", version = 2, aggregate = "Rate")
    record Rate2(@AggregateId String id, BigDecimal rate, BigDecimal sum, String currency) {}

    static class WithoutCurrency {

        @Downcaster(type = "RateSet", from = 2)
        ObjectNode step(ObjectNode rate) {
            rate.remove("currency");
            return rate;
        }
    }

    static class Steps {

        @Downcaster(type = "PriceChanged", from = 3)
        ObjectNode withoutCurrency(ObjectNode price) {
            price.remove("currency");
            return price;
        }

        @Downcaster(type = "PriceChanged", from = 2)
        ObjectNode centsWereAmount(ObjectNode price) {
            price.set("amount", price.remove("cents"));
            return price;
        }
    }

    static class From3Only {

        @Downcaster(type = "PriceChanged", from = 3)
        ObjectNode step(ObjectNode price) {
            return price;
        }
    }

    static class Failing {

        @Downcaster(type = "PriceChanged", from = 3)
        ObjectNode step(ObjectNode price) {
            throw new IllegalStateException("on purpose");
        }
    }

    static class From1 {

        @Upcaster(type = "PriceChanged", from = 1)
        ObjectNode amountBecomesCents(ObjectNode price) {
            price.set("cents", price.remove("amount"));
            return price;
        }
    }

    static class From2And3 {

        @Upcaster(type = "PriceChanged", from = 2)
        ObjectNode currency(ObjectNode price) {
            return price.put("currency", "EUR");
        }

        @Upcaster(type = "PriceChanged", from = 3)
        ObjectNode reason(ObjectNode price) {
            return price.put("reason", "from 3");
        }
    }
}
