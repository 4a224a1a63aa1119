package dev.outbox.producer.internal.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.data.domain.AfterDomainEventPublication;
import org.springframework.data.domain.DomainEvents;

class JpaEntityEventsTests {

    private final List<Object> published = new ArrayList<>();
    private final JpaEntityEvents events = new JpaEntityEvents(published::add);

    @Test
    void anEntityIsAskedOnceAndForgets() {
        Registering entity = new Registering();

        assertThat(events.publishEventsOf(entity)).isTrue();
        assertThat(events.publishEventsOf(entity)).isFalse();
        assertThat(published).containsExactly("happened");
    }

    /** It would publish at each commit at which it is loaded. */
    @Test
    void anEntityThatMakesItsEventsWhenAskedIsPassedOver() {
        assertThat(events.publishEventsOf(new Making())).isFalse();
        assertThat(events.publishEventsOf("no entity with events")).isFalse();
        assertThat(published).isEmpty();
    }

    @Test
    void anEntityThatDoesNotForgetIsNamed() {
        assertThatIllegalStateException()
                .isThrownBy(() -> events.publishEventsOf(new Remembering()))
                .withMessageContaining("Remembering has events after its @AfterDomainEventPublication method");
        assertThat(published).isEmpty();
    }

    static class Making {

        @DomainEvents
        Object happened() {
            return "happened";
        }
    }

    static class Remembering extends Making {

        @AfterDomainEventPublication
        void nothing() {}
    }

    static class Registering {

        private final List<Object> happened = new ArrayList<>(List.of("happened"));

        @DomainEvents
        List<Object> happened() {
            return happened;
        }

        @AfterDomainEventPublication
        void forget() {
            happened.clear();
        }
    }
}
