package dev.outbox.producer.internal.wakeup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.internal.wakeup.CommitHint;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class NotifyAutoConfigurationTests {

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(NotifyAutoConfiguration.class))
            .withBean(DataSource.class, () -> new DriverManagerDataSource("jdbc:h2:mem:"));

    @Test
    void aServiceWithoutARelayNotifiesThoseOfOthers() {
        service.run(context -> assertThat(context).hasSingleBean(RelayNotifier.class));
    }

    @Test
    void aServiceWithARelayDoesNot() {
        service.withBean("relay", CommitHint.class, () -> () -> {})
                .run(context -> assertThat(context).doesNotHaveBean(RelayNotifier.class));
    }

    @Test
    void aServiceWithARelayNotifiesAllTheSameIfItIsTold() {
        service.withBean("relay", CommitHint.class, () -> () -> {})
                .withPropertyValues("outbox.notify.mode=always")
                .run(context -> assertThat(context).hasSingleBean(RelayNotifier.class));
    }

    @Test
    void isSwitchedOffByAProperty() {
        service.withPropertyValues("outbox.notify.mode=never")
                .run(context -> assertThat(context).doesNotHaveBean(RelayNotifier.class));
    }

    @Test
    void anIntervalThatIsNotPositiveStopsTheStart() {
        service.withPropertyValues("outbox.notify.interval=0")
                .run(context ->
                        assertThat(context).getFailure().rootCause().hasMessageContaining("outbox.notify.interval"));
    }
}
