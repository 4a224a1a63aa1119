package dev.outbox.internal.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outbox.internal.setup.OutboxSetupException;
import org.junit.jupiter.api.Test;

class SupportedSpringTests {

    @Test
    void theOneThatIsThereIsSupported() {
        assertThatCode(SupportedSpring::check).doesNotThrowAnyException();
    }

    @Test
    void anEarlierOneIsRefusedWithTheOneThatWorks() {
        assertThatExceptionOfType(OutboxSetupException.class)
                .isThrownBy(() -> SupportedSpring.check("6.2.18"))
                .withMessageContaining("6.2.18")
                .satisfies(refused -> assertThat(refused.fix()).contains("Spring Boot 4"));
    }

    @Test
    void aVersionThatIsNotToldIsAccepted() {
        assertThatCode(() -> SupportedSpring.check(null)).doesNotThrowAnyException();
    }
}
