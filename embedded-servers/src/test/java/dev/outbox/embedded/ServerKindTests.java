package dev.outbox.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ServerKindTests {

    @Test
    void knowsBothNames() {
        assertThat(ServerKind.of("embedded")).isEqualTo(ServerKind.EMBEDDED);
        assertThat(ServerKind.of("containers")).isEqualTo(ServerKind.CONTAINERS);
    }

    @Test
    void refusesAnyOtherNameAndSaysWhichThereAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerKind.of("docker"))
                .withMessageContainingAll("outbox.test.servers", "'docker'", "'embedded'", "'containers'");
    }
}
