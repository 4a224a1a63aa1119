package dev.outbox.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.AggregateSequence;
import dev.outbox.domain.DomainEvent;
import dev.outbox.domain.shelf.ShelfMoved;
import dev.outbox.event.EventType;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;

class DomainEventTypesTests {

    private final OutboxProperties properties = new OutboxProperties(true, List.of(), Map.of("Parcel", "parcels"));

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
                .isThrownBy(() -> typesOf(CompositeId.class))
                .withMessageContaining(Shelf.class.getName())
                .withMessageContaining("does not identify it")
                .satisfies(refused -> assertThat(refused.fix()).contains("Converter<Shelf, String>"));
    }

    @Test
    void anIntegerAnEnumAndARecordOfOneComponentAreIds() {
        DomainEventTypes types = typesOf(ShortId.class, EnumId.class, ValueObjectId.class, WrappedId.class);
        assertThat(types.find(ShortId.class).orElseThrow().aggregateIdOf(new ShortId((short) 3)))
                .isEqualTo("3");
        assertThat(types.find(EnumId.class).orElseThrow().aggregateIdOf(new EnumId(Region.NORTH)))
                .isEqualTo("NORTH");
        assertThat(types.find(ValueObjectId.class).orElseThrow().aggregateIdOf(new ValueObjectId(new ParcelNumber(7))))
                .isEqualTo("7");
        DomainEventType wrapped = types.find(WrappedId.class).orElseThrow();
        assertThat(wrapped.aggregateIdOf(new WrappedId(new Wrapper(Region.SOUTH))))
                .isEqualTo("SOUTH");
        assertThat(wrapped.aggregateIdOf(new WrappedId(new Wrapper(null)))).isNull();
    }

    @Test
    void aConverterBeanMakesAnyOtherTypeAnId() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(DomainAutoConfiguration.class))
                .withUserConfiguration(ShelfConverter.class)
                .withPropertyValues("outbox.packages=dev.outbox.domain.shelf")
                .run(context -> assertThat(context.getBean(DomainEventTypes.class)
                                .find(ShelfMoved.class)
                                .orElseThrow()
                                .aggregateIdOf(new ShelfMoved(new ShelfMoved.Place("A", 4))))
                        .isEqualTo("A/4"));
    }

    @Configuration(proxyBeanMethods = false)
    static class ShelfConverter {

        @Bean
        Converter<ShelfMoved.Place, String> placeText() {
            return place -> place.aisle() + "/" + place.number();
        }
    }

    enum Region {
        NORTH {
            @Override
            public String toString() {
                return "north of the river";
            }
        },
        SOUTH
    }

    record Shelf(String aisle, int number) {}

    record Wrapper(@Nullable Region region) {}

    @DomainEvent(type = "CompositeId", aggregate = "Parcel")
    record CompositeId(@AggregateId Shelf shelf) {}

    @DomainEvent(type = "ShortId", aggregate = "Parcel")
    record ShortId(@AggregateId short number) {}

    @DomainEvent(type = "EnumId", aggregate = "Parcel")
    record EnumId(@AggregateId Region region) {}

    @DomainEvent(type = "WrappedId", aggregate = "Parcel")
    record WrappedId(@AggregateId Wrapper wrapper) {}

    @Test
    void refusesSeveralIds() {
        assertThatExceptionOfType(InvalidDomainEventException.class)
                .isThrownBy(() -> typesOf(TwoIds.class))
                .withMessageContaining("several members with @AggregateId");
    }

    @Test
    void readsTheSequenceFromAComponentAFieldOrAMethod() {
        DomainEventTypes types = typesOf(Deposited.class, Withdrawn.class, Drafted.class);
        assertThat(types.find(Deposited.class).orElseThrow().aggregateSequenceOf(new Deposited("a", 3)))
                .isEqualTo(3);
        assertThat(types.find(Withdrawn.class).orElseThrow().aggregateSequenceOf(new Withdrawn()))
                .isEqualTo(4);
        DomainEventType drafted = types.find(Drafted.class).orElseThrow();
        assertThat(drafted.aggregateSequenceOf(new Drafted("a", 4L))).isEqualTo(5);
        assertThat(drafted.aggregateSequenceOf(new Drafted("a", null))).isNull();
    }

    @Test
    void aClassWithoutASequenceIsCountedByTheOutbox() {
        DomainEventType type = typesOf(Placed.class).find(Placed.class).orElseThrow();
        assertThat(type.hasAggregateSequence()).isFalse();
        assertThat(type.aggregateSequenceOf(new Placed(UUID.randomUUID()))).isNull();
    }

    @Test
    void refusesASequenceThatIsNoCount() {
        assertThatExceptionOfType(InvalidDomainEventException.class)
                .isThrownBy(() -> typesOf(TextSequence.class))
                .withMessage(
                        "The @AggregateSequence of %s is a java.lang.String, which cannot count events",
                        TextSequence.class)
                .satisfies(refused -> assertThat(refused.fix()).startsWith("Use long, int, Long or Integer"));
    }

    @Test
    void refusesSeveralSequences() {
        assertThatExceptionOfType(InvalidDomainEventException.class)
                .isThrownBy(() -> typesOf(TwoSequences.class))
                .withMessageStartingWith("%s marks several members with @AggregateSequence", TwoSequences.class);
    }

    @Test
    void refusesAnAggregateThatOnlySomeEventsCount() {
        assertThatExceptionOfType(InvalidDomainEventException.class)
                .isThrownBy(() -> typesOf(Uncounted.class, Deposited.class))
                .withMessage(
                        "Events of Account would be counted twice, by the aggregate and by the outbox: Deposited v1 (%s)"
                                + " marks an @AggregateSequence, Uncounted v1 (%s) does not",
                        Deposited.class.getName(), Uncounted.class.getName())
                .satisfies(refused -> assertThat(refused.fix())
                        .isEqualTo("Mark it in all events of the aggregate or in none; a class that is only consumed"
                                + " needs no @AggregateId."));
    }

    @Test
    void aClassThatIsOnlyConsumedNeedsNoSequence() {
        assertThat(typesOf(Deposited.class, OnlyConsumed.class).all()).hasSize(2);
    }

    @Test
    void aWrongDeclarationIsShownWithItsMend() {
        InvalidDomainEventException wrong = new InvalidDomainEventException("wrong", "fix it");
        FailureAnalysis analysis = new InvalidDomainEventFailureAnalyzer().analyze(wrong, wrong);
        assertThat(analysis.getDescription()).isEqualTo("wrong");
        assertThat(analysis.getAction()).isEqualTo("fix it");
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

    @DomainEvent(type = "Deposited", aggregate = "Account")
    record Deposited(
            @AggregateId String account, @AggregateSequence int number) {}

    @DomainEvent(type = "Withdrawn", aggregate = "Account")
    static class Withdrawn {

        @AggregateId
        final String id = "a";

        @AggregateSequence
        final long number = 4;
    }

    @DomainEvent(type = "Drafted", aggregate = "Draft")
    record Drafted(@AggregateId String draft, @Nullable Long before) {

        @AggregateSequence
        @Nullable
        Long number() {
            return before == null ? null : before + 1;
        }
    }

    @DomainEvent(type = "Uncounted", aggregate = "Account")
    record Uncounted(@AggregateId String account) {}

    @DomainEvent(type = "OnlyConsumed", aggregate = "Account")
    record OnlyConsumed(long balance) {}

    @DomainEvent(type = "TextSequence", aggregate = "Account")
    record TextSequence(
            @AggregateId String account, @AggregateSequence String number) {}

    @DomainEvent(type = "TwoSequences", aggregate = "Account")
    record TwoSequences(
            @AggregateId String account,
            @AggregateSequence long number,
            @AggregateSequence long version) {}
}
