package dev.outbox.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outbox.event.EventType;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.diagnostics.FailureAnalysis;

class DomainEventTypesTests {

    private final OutboxProperties properties = new OutboxProperties(List.of(), Map.of("Parcel", "parcels"));

    @Test
    void knowsWhatAClassDeclares() {
        DomainEventType type = typesOf(Placed.class).find(Placed.class).orElseThrow();
        UUID id = UUID.randomUUID();
        assertThat(type.eventType()).isEqualTo(new EventType("Placed", 2));
        assertThat(type.aggregate()).isEqualTo("Order");
        assertThat(type.topic()).isEqualTo("outbox.event.Order");
        assertThat(type.aggregateIdOf(new Placed(id))).isEqualTo(id.toString());
    }

    @Test
    void readsTheIdFromAFieldOrAMethodToo() {
        DomainEventTypes types = typesOf(Sent.class, Shipped.class);
        assertThat(types.find(Sent.class).orElseThrow().aggregateIdOf(new Sent()))
                .isEqualTo("42");
        assertThat(types.find(Shipped.class).orElseThrow().aggregateIdOf(new Shipped(new ParcelNumber(7))))
                .isEqualTo("P-7");
    }

    @Test
    void theAnnotationNamesTheTopicBeforeThePropertyBeforeTheDefault() {
        DomainEventTypes types = typesOf(Sent.class, Shipped.class, Placed.class);
        assertThat(types.find(Shipped.class).orElseThrow().topic()).isEqualTo("shipping.v1");
        assertThat(types.find(Sent.class).orElseThrow().topic()).isEqualTo("parcels");
    }

    @Test
    void refusesTwoClassesForOneTypeAndVersion() {
        assertThatExceptionOfType(InvalidDomainEventException.class)
                .isThrownBy(() -> typesOf(Placed.class, PlacedAgain.class))
                .withMessageContaining("Placed v2 is declared twice")
                .withMessageContaining(Placed.class.getName())
                .withMessageContaining(PlacedAgain.class.getName());
    }

    @ParameterizedTest
    @ValueSource(classes = {BlankType.class, ControlType.class, BadTopic.class, BadAggregate.class, VersionZero.class})
    void refusesWhatKafkaCannotCarry(Class<?> declared) {
        assertThatExceptionOfType(InvalidDomainEventException.class)
                .isThrownBy(() -> typesOf(declared))
                .withMessageContaining(declared.getName());
    }

    @Test
    void refusesAnIdWhoseTextIsNoIdentity() {
        assertThatExceptionOfType(InvalidDomainEventException.class)
                .isThrownBy(() -> typesOf(ValueObjectId.class))
                .withMessageContaining(ParcelNumber.class.getName())
                .withMessageContaining("not an identity");
    }

    @Test
    void refusesSeveralIds() {
        assertThatExceptionOfType(InvalidDomainEventException.class)
                .isThrownBy(() -> typesOf(TwoIds.class))
                .withMessageContaining("several members with @AggregateId");
    }

    @Test
    void aWrongDeclarationIsShownWithItsMend() {
        InvalidDomainEventException wrong = new InvalidDomainEventException("wrong", "mend it");
        FailureAnalysis analysis = new InvalidDomainEventFailureAnalyzer().analyze(wrong, wrong);
        assertThat(analysis.getDescription()).isEqualTo("wrong");
        assertThat(analysis.getAction()).isEqualTo("mend it");
    }

    private DomainEventTypes typesOf(Class<?>... classes) {
        return DomainEventTypes.of(List.of(classes), properties);
    }

    record ParcelNumber(int number) {}

    @DomainEvent(type = "Placed", version = 2, aggregate = "Order")
    record Placed(@AggregateId UUID orderId) {}

    @DomainEvent(type = "Placed", version = 2, aggregate = "Order")
    record PlacedAgain(@AggregateId UUID orderId) {}

    @DomainEvent(type = "Sent", aggregate = "Parcel")
    static class Sent {

        @AggregateId
        final long id = 42;
    }

    @DomainEvent(type = "Shipped", aggregate = "Parcel", topic = "shipping.v1")
    record Shipped(ParcelNumber number) {

        @AggregateId
        String key() {
            return "P-" + number.number();
        }
    }

    @DomainEvent(type = " ", aggregate = "Order")
    record BlankType() {}

    @DomainEvent(type = "Order\tPlaced", aggregate = "Order")
    record ControlType() {}

    @DomainEvent(type = "Placed", aggregate = "Order", topic = "no topic")
    record BadTopic() {}

    @DomainEvent(type = "Placed", aggregate = "Big Order")
    record BadAggregate() {}

    @DomainEvent(type = "Placed", version = 0, aggregate = "Order")
    record VersionZero() {}

    @DomainEvent(type = "Placed", aggregate = "Order")
    record ValueObjectId(@AggregateId ParcelNumber number) {}

    @DomainEvent(type = "Placed", aggregate = "Order")
    record TwoIds(@AggregateId String one, @AggregateId String other) {}
}
