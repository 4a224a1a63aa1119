package dev.outbox.relay.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeHeaderTests {

    private static final TimeHeader HEADER = new TimeHeader();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-20T13:22:05.000000Z",
                "2026-11-20T13:22:05.100000Z",
                "2026-11-20T13:22:05.000001Z",
                "2026-11-20T13:22:05.123456Z",
                "2026-11-20T13:22:05.999999Z",
                "2026-11-20T13:22:06.010000Z",
                "1969-12-31T23:59:59.500000Z",
                "+12026-01-01T00:00:00.250000Z"
            })
    void isWrittenInMicroseconds(String time) {
        assertThat(HEADER.of(Instant.parse(time))).asString().isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-20T13:22:05.123456789Z", "2026-11-20T13:22:05.123456Z"})
    void whatIsMorePreciseIsCutOff(String time) {
        assertThat(HEADER.of(Instant.parse(time))).asString().isEqualTo("2026-11-20T13:22:05.123456Z");
    }
}
