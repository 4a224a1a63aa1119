package dev.outbox.eventstore.internal.subject;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.personal.SubjectKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class KeyCacheTests {

    private final AtomicLong nanos = new AtomicLong(1);
    private final KeyCache cache = new KeyCache(2, Duration.ofSeconds(60), nanos::get);
    private final List<String> searched = new ArrayList<>();
    private Optional<SubjectKey> stored = Optional.of(SubjectKey.of("1", new byte[32]));

    @Test
    void aKeyIsRememberedForAMinuteAndNotLonger() {
        assertThat(get("ann")).isPresent();
        stored = Optional.empty();

        pass(Duration.ofMillis(59_999));
        assertThat(get("ann")).isPresent();

        pass(Duration.ofMillis(1));
        assertThat(get("ann")).isEmpty();
        assertThat(searched).containsExactly("ann", "ann");
    }

    @Test
    void theTimeThatASearchTakesCounts() {
        cache.get("ann", "1", () -> {
            pass(Duration.ofSeconds(60));
            return stored;
        });
        stored = Optional.empty();

        assertThat(get("ann")).isEmpty();
    }

    @Test
    void whatIsDroppedIsLookedUpAgain() {
        get("ann");
        get("bob");
        cache.drop("ann");
        get("ann");
        get("bob");

        assertThat(searched).containsExactly("ann", "bob", "ann");
    }

    @Test
    void whatIsDroppedDuringASearchIsNotRemembered() {
        cache.get("ann", "1", () -> {
            cache.drop("ann");
            return stored;
        });
        stored = Optional.empty();

        assertThat(get("ann")).isEmpty();
    }

    @Test
    void itNeverGrows() {
        get("ann");
        get("bob");
        get("cid");
        get("cid");
        get("ann");

        assertThat(searched).containsExactly("ann", "bob", "cid", "ann");
    }

    private Optional<SubjectKey> get(String subject) {
        return cache.get(subject, "1", () -> {
            searched.add(subject);
            return stored;
        });
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
