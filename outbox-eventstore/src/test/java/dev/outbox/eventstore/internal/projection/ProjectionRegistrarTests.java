package dev.outbox.eventstore.internal.projection;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outbox.eventstore.internal.projection.generation.InvalidProjectionException;
import dev.outbox.eventstore.projection.Projection;
import dev.outbox.internal.domain.DomainEventTypes;
import dev.outbox.internal.domain.OutboxProperties;
import dev.outbox.internal.upcast.Upcasters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

/** What is refused before any table is looked at. */
class ProjectionRegistrarTests {

    private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();

    @Test
    void aProjectionWithoutHandlersWouldNeverBeFilled() {
        beans.registerSingleton("balances", new Forgotten());

        assertThatExceptionOfType(InvalidProjectionException.class)
                .isThrownBy(registrar()::afterSingletonsInstantiated)
                .withMessageContainingAll(Forgotten.class.getName(), "has no @ProjectionHandler method");
    }

    private ProjectionRegistrar registrar() {
        return new ProjectionRegistrar(
                beans,
                DomainEventTypes.of(List.of(), new OutboxProperties(true, List.of(), Map.of())),
                () -> {
                    throw new AssertionError(Upcasters.class);
                },
                Optional::empty,
                () -> {},
                Map.of(),
                () -> {
                    throw new AssertionError(ProjectionEngine.class);
                },
                null,
                projection -> ProjectionMeters.NONE);
    }

    /** Its method lacks the annotation. */
    @Projection(name = "balances", tables = "balance")
    static class Forgotten {}
}
