package dev.outbox.relay.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class KafkaTopicLimitsTests {

    private static final int AN_HOUR = 3_600_000;

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aBrokerThatTakesTheQuestionAndDoesNotAnswerHoldsUpNoStart() throws IOException {
        // Connections are made by the kernel; nobody reads from them.
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            TopicLimits limits = new KafkaTopicLimits(
                    Map.of(
                            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:" + silent.getLocalPort(),
                            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, AN_HOUR,
                            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, AN_HOUR),
                    Duration.ofMillis(100));

            assertThat(limits.of(Set.of("orders"))).isEmpty();
        }
    }
}
