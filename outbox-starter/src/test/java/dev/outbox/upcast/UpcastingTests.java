package dev.outbox.upcast;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;
import dev.outbox.event.EventPayload;
import dev.outbox.event.EventType;
import dev.outbox.internal.domain.DomainEventType;
import dev.outbox.internal.domain.DomainEventTypes;
import dev.outbox.internal.domain.OutboxProperties;
import dev.outbox.internal.format.FormatAutoConfiguration;
import dev.outbox.internal.upcast.EncodedEvent;
import dev.outbox.internal.upcast.InvalidUpcasterException;
import dev.outbox.internal.upcast.PayloadReader;
import dev.outbox.internal.upcast.ReadEvent;
import dev.outbox.internal.upcast.UpcastAutoConfiguration;
import dev.outbox.internal.upcast.Upcasters;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import tools.jackson.databind.node.ObjectNode;

/** What a step can make of an event, and what is read of it in the end. */
class UpcastingTests {

    private static final DomainEventTypes TYPES = DomainEventTypes.of(
            List.of(OrderPlaced.class, PaymentRequested.class, OrderNoted.class),
            new OutboxProperties(true, List.of(), Map.of()));

    private static final String ID = "0192f0c1-0000-7000-8000-000000000001";

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    JacksonAutoConfiguration.class, FormatAutoConfiguration.class, UpcastAutoConfiguration.class))
            .withBean(DomainEventTypes.class, () -> TYPES);

    @Test
    void aStepSplitsAnEventIntoSeveralWhichGoOnByThemselves() {
        List<ReadEvent> read = read(service.withBean(SplitOrder.class), "OrderCreated", 1);
        assertThat(read)
                .extracting(ReadEvent::event)
                .containsExactly(
                        new OrderPlaced("o-1", "EUR"), new PaymentRequested("o-1", 5), new OrderNoted("o-1", "late"));
        assertThat(read).extracting(ReadEvent::part).containsExactly(0, 1, 2);
    }

    @Test
    void partsHaveIdsOfTheirOwnThatAreTheSameEachTime() {
        List<String> ids = read(service.withBean(SplitOrder.class), "OrderCreated", 1).stream()
                .map(ReadEvent::id)
                .toList();
        assertThat(ids)
                .doesNotHaveDuplicates()
                .doesNotContain(ID)
                .allSatisfy(id -> assertThat(UUID.fromString(id).version()).isEqualTo(5));
        assertThat(read(service.withBean(SplitOrder.class), "OrderCreated", 1))
                .extracting(ReadEvent::id)
                .isEqualTo(ids);
        // Written down, because they must be the same in every release.
        assertThat(ids.get(0)).isEqualTo("99def3eb-cc66-55c4-92cc-5bba6ab38cce");
    }

    @Test
    void whatOnePartIsGivenNoOtherPartSees() {
        List<ReadEvent> read = read(service.withBean(SharingSplit.class), "OrderCreated", 1);
        assertThat(read)
                .extracting(ReadEvent::event)
                .containsExactly(new OrderPlaced("o-1", "EUR"), new OrderNoted("o-1", "none"));
    }

    @Test
    void aPartThatNobodyHandlesLeavesThePlacesOfTheOthers() {
        List<ReadEvent> read = new ArrayList<>();
        service.withBean(SplitOrder.class)
                .run(context -> read.addAll(context.getBean(Upcasters.class)
                        .readerFor(List.of(type(OrderNoted.class)))
                        .read(stored("OrderCreated", 1))));
        assertThat(read).singleElement().satisfies(part -> {
            assertThat(part.part()).isEqualTo(2);
            assertThat(part.event()).isEqualTo(new OrderNoted("o-1", "late"));
        });
    }

    @Test
    void aStoredEventIsNamedByItsTypeItsVersionAndItsId() {
        assertThat(stored("OrderCreated", 1)).hasToString("OrderCreated v1 (%s)".formatted(ID));
    }

    @Test
    void aStepMovesAnEventToAnotherTypeUnderTheSameId() {
        assertThat(read(service.withBean(MovedOrder.class), "OrderCreated", 1))
                .singleElement()
                .isEqualTo(new ReadEvent(ID, 0, type(OrderPlaced.class), new OrderPlaced("o-1", "EUR")));
    }

    @Test
    void aStepThatReturnsNothingDropsTheEvent() {
        assertThat(read(service.withBean(DroppedNote.class), "OrderNoted", 1)).isEmpty();
    }

    @Test
    void aStepMayDropSomeEventsAndKeepOthers() {
        ApplicationContextRunner choosing = service.withBean(ChosenNote.class);
        assertThat(read(choosing, "OrderNoted", 1, "{'orderId': 'o-1', 'note': ''}"))
                .isEmpty();
        assertThat(read(choosing, "OrderNoted", 1, "{'orderId': 'o-1', 'note': 'x'}"))
                .singleElement()
                .satisfies(kept -> {
                    assertThat(kept.id()).isEqualTo(ID);
                    assertThat(kept.event()).isEqualTo(new OrderNoted("o-1", "x"));
                });
    }

    @Test
    void onlyWhatCanBecomeSomethingHandledIsUnderstood() {
        service.withBean(SplitOrder.class).run(context -> {
            PayloadReader reader = context.getBean(Upcasters.class).readerFor(List.of(type(PaymentRequested.class)));
            assertThat(reader.understands("PaymentRequested")).isTrue();
            assertThat(reader.understands("OrderCreated")).isTrue();
            assertThat(reader.understands("OrderPlaced")).isFalse();
            assertThat(reader.understands("Unknown")).isFalse();
        });
    }

    @Test
    void anEventThatTheAnnotationDoesNotNameIsRefused() {
        assertThatExceptionOfType(UnreadablePayloadException.class)
                .isThrownBy(() -> read(service.withBean(UnnamedPart.class), "OrderCreated", 1))
                .withMessageContaining("UnnamedPart.split returned OrderNoted v2, which its annotation does not name")
                .withMessageContaining("Add @Upcaster.To(type = \"OrderNoted\", version = 2)");
    }

    @Test
    void aListWithNullIsRefused() {
        assertThatExceptionOfType(UnreadablePayloadException.class)
                .isThrownBy(() -> read(service.withBean(NullPart.class), "OrderCreated", 1))
                .withMessageContaining("NullPart.split returned a list with null");
    }

    @Test
    void aNewerVersionFailsUnlessToldOtherwise() {
        assertThatExceptionOfType(NewerVersionException.class)
                .isThrownBy(() -> read(service, "OrderPlaced", 4))
                .withMessageStartingWith("OrderPlaced v4 was received, but this service understands OrderPlaced v3")
                .withMessageContaining("outbox.versions.newer")
                .satisfies(newer -> assertThat(newer.isToBeParked()).isFalse());
    }

    @Test
    void aNewerVersionIsToBeParkedWhereThatIsSet() {
        assertThatExceptionOfType(NewerVersionException.class)
                .isThrownBy(
                        () -> read(service.withPropertyValues("outbox.versions.newer.policy=park"), "OrderPlaced", 4))
                .satisfies(newer -> assertThat(newer.isToBeParked()).isTrue());
    }

    @Test
    void aNewerVersionOfATypeThatToleratesItIsReadAsTheLatestKnown() {
        ApplicationContextRunner tolerant =
                service.withPropertyValues("outbox.versions.newer.types.OrderPlaced=tolerate");
        assertThat(read(tolerant, "OrderPlaced", 4, "{'orderId': 'o-1', 'currency': 'CHF', 'added': 1}"))
                .singleElement()
                .extracting(ReadEvent::event)
                .isEqualTo(new OrderPlaced("o-1", "CHF"));
        assertThatExceptionOfType(NewerVersionException.class).isThrownBy(() -> read(tolerant, "OrderNoted", 3));
    }

    @Test
    void aNewerVersionOfATypeThatHasMovedIsNewerToo() {
        assertThatExceptionOfType(NewerVersionException.class)
                .isThrownBy(() -> read(service.withBean(MovedOrder.class), "OrderCreated", 2))
                .withMessageStartingWith("OrderCreated v2 was received, but this service understands OrderCreated v1");
        assertThat(read(
                        service.withBean(MovedOrder.class).withPropertyValues("outbox.versions.newer.policy=tolerate"),
                        "OrderCreated",
                        2))
                .extracting(ReadEvent::event)
                .containsExactly(new OrderPlaced("o-1", "EUR"));
    }

    @Test
    void aConsumerOfTheEarlierOfTwoDeclaredClassesGetsThatOne() {
        DomainEventTypes both = DomainEventTypes.of(
                List.of(OrderPlaced.class, EarlierOrderPlaced.class), new OutboxProperties(true, List.of(), Map.of()));
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        JacksonAutoConfiguration.class, FormatAutoConfiguration.class, UpcastAutoConfiguration.class))
                .withBean(DomainEventTypes.class, () -> both)
                .withBean(MovedOrder.class)
                .withBean(AddCurrency.class)
                .run(context -> {
                    PayloadReader reader = context.getBean(Upcasters.class)
                            .readerFor(
                                    List.of(both.find(EarlierOrderPlaced.class).orElseThrow()));
                    assertThat(reader.read(stored("OrderPlaced", 2)))
                            .extracting(ReadEvent::event)
                            .containsExactly(new EarlierOrderPlaced("o-1"));
                    assertThatExceptionOfType(NewerVersionException.class)
                            .isThrownBy(() -> reader.read(stored("OrderPlaced", 3)));
                    assertThatExceptionOfType(NewerVersionException.class)
                            .isThrownBy(() -> reader.read(stored("OrderCreated", 1)));
                });
    }

    @Test
    void numbersThatAStepLeavesAloneStayAsTheyWereWritten() {
        DomainEventTypes invoices =
                DomainEventTypes.of(List.of(InvoiceIssued.class), new OutboxProperties(true, List.of(), Map.of()));
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        JacksonAutoConfiguration.class, FormatAutoConfiguration.class, UpcastAutoConfiguration.class))
                .withBean(DomainEventTypes.class, () -> invoices)
                .withBean(AddCurrencyToInvoice.class)
                .run(context -> assertThat(context.getBean(Upcasters.class)
                                .readerFor(invoices.all())
                                .read(stored(
                                        "InvoiceIssued",
                                        1,
                                        "{'amount': 12345678901234567.89, 'rate': 0.10, 'share': 0.1, 'big': 1e30}")))
                        .extracting(ReadEvent::event)
                        .containsExactly(new InvoiceIssued(
                                new BigDecimal("12345678901234567.89"),
                                new BigDecimal("0.10"),
                                0.1,
                                new BigDecimal("1e30"),
                                "EUR")));
    }

    @Test
    void stepsThatLeadInACircleStopTheStart() {
        refused(Circle.class)
                .hasMessage("The @Upcaster steps form a cycle: OrderCreated v1 -> OrderMade v1 -> OrderCreated v1")
                .isInstanceOfSatisfying(
                        InvalidUpcasterException.class,
                        refused -> assertThat(refused.fix())
                                .startsWith("Change where one of them leads, such as ")
                                .endsWith("Circle.back."));
    }

    @Test
    void aStepToATypeThatNobodyDeclaresStopsTheStart() {
        refused(ToNowhere.class)
                .hasMessageContaining(
                        "ToNowhere.step produces OrderPlacd v1, but no class declares this type, and no step reads it");
    }

    @Test
    void aStepBeyondTheDeclaredVersionStopsTheStart() {
        refused(Beyond.class)
                .hasMessageContaining("Beyond.step produces OrderPlaced v9, but OrderPlaced v3")
                .hasMessageContaining("is the latest declared version");
    }

    @Test
    void aMoveToAnOldVersionNeedsTheStepsFromThere() {
        refused(ToOldVersion.class)
                .hasMessageStartingWith(
                        "The step from OrderPlaced v2 to version 3 is missing on the way to OrderPlaced v3");
    }

    @Test
    void aVersionLeftOutOfATypeThatHasMovedStopsTheStart() {
        refused(MovedWithGap.class)
                .hasMessage(
                        "The step from OrderCreated v2 is missing: the step from OrderCreated v1 leads there, and later versions exist");
    }

    @Test
    void droppingWhatNobodyHandlesIsADeadStep() {
        refused(DeadDrop.class)
                .hasMessageContaining("DeadDrop.drop drops OrderForgotten v1, but no class declares this type")
                .hasMessageContaining("it would be ignored without the step");
    }

    @Test
    void whatAnotherStepMakesMayBeDropped() {
        assertThat(read(service.withBean(MadeToBeDropped.class), "OrderForgotten", 1))
                .isEmpty();
    }

    @Test
    void aListOfAnythingElseIsNoListOfEvents() {
        refused(ListOfTrees.class)
                .hasMessageContaining("ListOfTrees.step does not take one ObjectNode and return an ObjectNode");
    }

    @Test
    void severalEventsNeedAList() {
        refused(OneForTwo.class)
                .hasMessageContaining("OneForTwo.step returns one ObjectNode, but names several events");
    }

    @Test
    void aStepThatDropsMakesNothing() {
        refused(DropTo.class).hasMessageContaining("DropTo.drop returns nothing, which drops the event, but it names");
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused(Class<?> steps) {
        List<Throwable> failures = new ArrayList<>();
        service.withBean(steps).run(context -> {
            assertThat(context).hasFailed();
            failures.add(requireNonNull(context.getStartupFailure()));
        });
        return assertThat(failures.get(0))
                .rootCause()
                .isInstanceOfSatisfying(
                        InvalidUpcasterException.class,
                        refused -> assertThat(refused.fix()).isNotBlank());
    }

    private static List<ReadEvent> read(ApplicationContextRunner service, String type, int version) {
        return read(service, type, version, "{'orderId': 'o-1', 'amount': 5, 'note': 'late'}");
    }

    private static List<ReadEvent> read(ApplicationContextRunner service, String type, int version, String json) {
        List<ReadEvent> read = new ArrayList<>();
        service.run(context -> read.addAll(
                context.getBean(Upcasters.class).readerFor(TYPES.all()).read(stored(type, version, json))));
        return read;
    }

    private static EncodedEvent stored(String type, int version) {
        return stored(type, version, "{'orderId': 'o-1', 'amount': 5, 'note': 'late'}");
    }

    private static EncodedEvent stored(String type, int version, String json) {
        return new EncodedEvent(
                ID,
                new EventType(type, version),
                EventPayload.json(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)),
                Map.of());
    }

    private static DomainEventType type(Class<?> javaType) {
        return TYPES.find(javaType).orElseThrow();
    }

    @DomainEvent(type = "OrderPlaced", version = 3, aggregate = "Order")
    record OrderPlaced(@AggregateId String orderId, String currency) {}

    @DomainEvent(type = "OrderPlaced", version = 2, aggregate = "Order")
    record EarlierOrderPlaced(@AggregateId String orderId) {}

    @DomainEvent(type = "PaymentRequested", aggregate = "Order")
    record PaymentRequested(@AggregateId String orderId, int amount) {}

    @DomainEvent(type = "OrderNoted", version = 2, aggregate = "Order")
    record OrderNoted(@AggregateId String orderId, String note) {}

    @DomainEvent(type = "InvoiceIssued", version = 2, aggregate = "Invoice")
    record InvoiceIssued(BigDecimal amount, BigDecimal rate, double share, BigDecimal big, String currency) {}

    static class AddCurrencyToInvoice {

        @Upcaster(type = "InvoiceIssued", from = 1)
        ObjectNode addCurrency(ObjectNode invoice) {
            return invoice.put("currency", "EUR");
        }
    }

    static class SplitOrder {

        @Upcaster(
                type = "OrderCreated",
                from = 1,
                to = {
                    @Upcaster.To(type = "OrderPlaced", version = 2),
                    @Upcaster.To(type = "PaymentRequested"),
                    @Upcaster.To(type = "OrderNoted", version = 2)
                })
        List<EventNode> split(ObjectNode order) {
            String id = order.get("orderId").asString();
            return List.of(
                    EventNode.of("OrderPlaced", 2, order.objectNode().put("orderId", id)),
                    EventNode.of(
                            "PaymentRequested",
                            1,
                            order.objectNode()
                                    .put("orderId", id)
                                    .put("amount", order.get("amount").asInt())),
                    EventNode.of(
                            "OrderNoted",
                            2,
                            order.objectNode()
                                    .put("orderId", id)
                                    .put("note", order.get("note").asString())));
        }

        @Upcaster(type = "OrderPlaced", from = 2)
        ObjectNode addCurrency(ObjectNode order) {
            return order.put("currency", "EUR");
        }
    }

    /** Both parts are the same node, and the step after the first changes it. */
    static class SharingSplit {

        @Upcaster(
                type = "OrderCreated",
                from = 1,
                to = {@Upcaster.To(type = "OrderPlaced", version = 2), @Upcaster.To(type = "OrderNoted", version = 2)})
        List<EventNode> split(ObjectNode order) {
            order.put("note", "none");
            return List.of(EventNode.of("OrderPlaced", 2, order), EventNode.of("OrderNoted", 2, order));
        }

        @Upcaster(type = "OrderPlaced", from = 2)
        ObjectNode addCurrency(ObjectNode order) {
            return order.put("currency", "EUR").put("note", "changed");
        }
    }

    static class MovedOrder {

        @Upcaster(type = "OrderCreated", from = 1, to = @Upcaster.To(type = "OrderPlaced", version = 3))
        ObjectNode isPlaced(ObjectNode order) {
            return order.put("currency", "EUR");
        }
    }

    static class AddCurrency {

        @Upcaster(type = "OrderPlaced", from = 2)
        ObjectNode addCurrency(ObjectNode order) {
            return order.put("currency", "EUR");
        }
    }

    static class DroppedNote {

        @Upcaster(type = "OrderNoted", from = 1)
        void drop(ObjectNode note) {}
    }

    static class ChosenNote {

        @Upcaster(type = "OrderNoted", from = 1)
        List<EventNode> dropEmpty(ObjectNode note) {
            return note.get("note").asString().isEmpty() ? List.of() : List.of(EventNode.of("OrderNoted", 2, note));
        }
    }

    static class UnnamedPart {

        @Upcaster(type = "OrderCreated", from = 1, to = @Upcaster.To(type = "OrderPlaced", version = 3))
        List<EventNode> split(ObjectNode order) {
            return List.of(EventNode.of("OrderNoted", 2, order));
        }
    }

    static class NullPart {

        @Upcaster(type = "OrderCreated", from = 1, to = @Upcaster.To(type = "OrderPlaced", version = 3))
        List<@Nullable EventNode> split(ObjectNode order) {
            List<@Nullable EventNode> parts = new ArrayList<>();
            parts.add(null);
            return parts;
        }
    }

    static class Circle {

        @Upcaster(type = "OrderCreated", from = 1, to = @Upcaster.To(type = "OrderMade"))
        ObjectNode there(ObjectNode order) {
            return order;
        }

        @Upcaster(type = "OrderMade", from = 1, to = @Upcaster.To(type = "OrderCreated"))
        ObjectNode back(ObjectNode order) {
            return order;
        }
    }

    static class ToNowhere {

        @Upcaster(type = "OrderCreated", from = 1, to = @Upcaster.To(type = "OrderPlacd"))
        ObjectNode step(ObjectNode order) {
            return order;
        }
    }

    static class Beyond {

        @Upcaster(type = "OrderCreated", from = 1, to = @Upcaster.To(type = "OrderPlaced", version = 9))
        ObjectNode step(ObjectNode order) {
            return order;
        }
    }

    static class ToOldVersion {

        @Upcaster(type = "OrderCreated", from = 1, to = @Upcaster.To(type = "OrderPlaced", version = 2))
        ObjectNode step(ObjectNode order) {
            return order;
        }
    }

    static class MovedWithGap {

        @Upcaster(type = "OrderCreated", from = 1, to = @Upcaster.To(type = "OrderPlaced", version = 3))
        ObjectNode first(ObjectNode order) {
            return order;
        }

        @Upcaster(type = "OrderCreated", from = 3, to = @Upcaster.To(type = "OrderPlaced", version = 3))
        ObjectNode third(ObjectNode order) {
            return order;
        }
    }

    static class DeadDrop {

        @Upcaster(type = "OrderForgotten", from = 1)
        void drop(ObjectNode order) {}
    }

    static class MadeToBeDropped {

        @Upcaster(type = "OrderForgotten", from = 1, to = @Upcaster.To(type = "OrderLost"))
        ObjectNode rename(ObjectNode order) {
            return order;
        }

        @Upcaster(type = "OrderLost", from = 1)
        void drop(ObjectNode order) {}
    }

    static class ListOfTrees {

        @Upcaster(type = "OrderNoted", from = 1)
        List<ObjectNode> step(ObjectNode order) {
            return List.of(order);
        }
    }

    static class OneForTwo {

        @Upcaster(
                type = "OrderCreated",
                from = 1,
                to = {@Upcaster.To(type = "OrderPlaced", version = 3), @Upcaster.To(type = "OrderNoted", version = 2)})
        ObjectNode step(ObjectNode order) {
            return order;
        }
    }

    static class DropTo {

        @Upcaster(type = "OrderNoted", from = 1, to = @Upcaster.To(type = "OrderPlaced", version = 3))
        void drop(ObjectNode order) {}
    }
}
