package dev.outbox.devservices.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreePortTests {

    private final List<Integer> tried = new ArrayList<>();

    @Test
    void anotherPortIsTriedIfSomebodyElseWasFaster() {
        int started = FreePort.orRequested("Server", 0, port -> {
            tried.add(port);
            if (tried.size() < 3) {
                throw new PortTakenException("Server", port, "somebody");
            }
            return port;
        });
        assertThat(tried).hasSize(3).last().isEqualTo(started);
    }

    @Test
    void aPortThatWasAskedForIsTriedOnce() {
        int port = LocalPort.free();
        assertThatExceptionOfType(PortTakenException.class)
                .isThrownBy(() -> FreePort.orRequested("Server", port, asked -> {
                    tried.add(asked);
                    throw new PortTakenException("Server", asked, "somebody");
                }))
                .withMessage("Server cannot be started on port %d: somebody listens there.".formatted(port)
                        + " Stop that one, or choose another port (0: a free one)");
        assertThat(tried).containsExactly(port);
    }

    @Test
    void nothingIsStartedOnAPortThatIsTaken() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            assertThatExceptionOfType(PortTakenException.class)
                    .isThrownBy(() -> FreePort.orRequested("Server", other.getLocalPort(), tried::add));
        }
        assertThat(tried).isEmpty();
    }
}
