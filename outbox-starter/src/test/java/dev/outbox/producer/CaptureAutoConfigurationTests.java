package dev.outbox.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.internal.domain.DeclaredTopics;
import dev.outbox.internal.domain.DomainAutoConfiguration;
import dev.outbox.internal.format.FormatAutoConfiguration;
import dev.outbox.internal.setup.OutboxSetupException;
import dev.outbox.producer.internal.downcast.DowncastAutoConfiguration;
import dev.outbox.producer.internal.write.OutboxWriter;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class CaptureAutoConfigurationTests {

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    JacksonAutoConfiguration.class,
                    DomainAutoConfiguration.class,
                    FormatAutoConfiguration.class,
                    DowncastAutoConfiguration.class,
                    CaptureAutoConfiguration.class))
            .withBean(DataSource.class, () -> new DriverManagerDataSource("jdbc:h2:mem:"));

    @Test
    void aServiceWithADataSourceHasAnOutbox() {
        service.run(context -> assertThat(context).hasSingleBean(Outbox.class).hasSingleBean(OutboxWriter.class));
    }

    @Test
    void aServiceReplacesAPartByABeanOfItsOwn() {
        service.withUserConfiguration(OwnParts.class).run(context -> {
            assertThat(context).hasSingleBean(Outbox.class);
            assertThat(context.getBean(Outbox.class)).isSameAs(OwnParts.OUTBOX);
        });
    }

    @Test
    void tellsTheTopicsOfTheEventsThatAServiceDeclares() {
        service.withPropertyValues("outbox.packages=dev.outbox.bank", "outbox.topics.Account=accounts")
                .run(context -> assertThat(context.getBean(DeclaredTopics.class).names())
                        .containsExactlyInAnyOrder("accounts", "outbox.event.Wallet"));
    }

    @Test
    void isSwitchedOffByAProperty() {
        service.withPropertyValues("outbox.capture.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(Outbox.class));
    }

    @Test
    void aSourceThatIsNoUriStopsTheStart() {
        service.withPropertyValues("outbox.capture.source=not a uri")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("'not a uri' must be a URI reference"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"org.springframework.orm.jpa", "org.hibernate", "org.springframework.data"})
    void toCollectEventsFromEntitiesThatThereCannotBeStopsTheStart(String missing) {
        service.withPropertyValues("outbox.capture.collect-from-entities=true")
                .withClassLoader(new FilteredClassLoader(missing))
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(OutboxSetupException.class)
                        .hasMessageContaining("outbox.capture.collect-from-entities is true, but"));
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnParts {

        static final Outbox OUTBOX = event -> {};

        @Bean
        Outbox ownOutbox() {
            return OUTBOX;
        }
    }
}
