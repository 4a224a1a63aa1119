package dev.outbox.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.relay.internal.check.CheckAutoConfiguration;
import dev.outbox.relay.internal.database.RelayDatabaseAutoConfiguration;
import dev.outbox.relay.internal.wakeup.WakeupAutoConfiguration;
import dev.outbox.relay.replay.ReplayAutoConfiguration;
import dev.outbox.relay.retention.RetentionAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A slice, or a test that excludes the DataSource, of a service that embeds the relay. */
class WithoutDataSourceTests {

    @Test
    void theRelayBacksOff() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        KafkaAutoConfiguration.class,
                        RelayDatabaseAutoConfiguration.class,
                        RelayAutoConfiguration.class,
                        RelayHealthAutoConfiguration.class,
                        CheckAutoConfiguration.class,
                        RetentionAutoConfiguration.class,
                        ReplayAutoConfiguration.class,
                        WakeupAutoConfiguration.class))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBeanDefinitionNames()).noneMatch(name -> name.startsWith("outbox"));
                });
    }
}
