package dev.outbox.relay.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TimeHeaderTests {

    @Test
    void isWhatAnInstantWrites() {
        TimeHeader header = new TimeHeader();
        List<Instant> times = Stream.of(
                        "2026-11-20T13:22:05Z",
                        "2026-11-20T13:22:05.100Z",
                        "2026-11-20T13:22:05.000001Z",
                        "2026-11-20T13:22:05.123456Z",
                        "2026-11-20T13:22:05.000000001Z",
                        "2026-11-20T13:22:05.999999999Z",
                        "2026-11-20T13:22:06.010Z",
                        "2026-11-20T13:22:05.010203Z",
                        "1969-12-31T23:59:59.5Z",
                        "+12026-01-01T00:00:00.25Z")
                .map(Instant::parse)
                .toList();
        assertThat(times)
                .allSatisfy(time -> assertThat(header.of(time)).asString().isEqualTo(time.toString()));
    }
}
