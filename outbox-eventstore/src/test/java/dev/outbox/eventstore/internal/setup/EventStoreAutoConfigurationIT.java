package dev.outbox.eventstore.internal.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;
import dev.outbox.embedded.TestPostgres;
import dev.outbox.eventstore.EventStore;
import dev.outbox.eventstore.aggregate.EventSourced;
import dev.outbox.ledger.Accounts;
import dev.outbox.producer.Outbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

@ExtendWith(OutputCaptureExtension.class)
class EventStoreAutoConfigurationIT {

    @Test
    void anAggregateThatIsDeclaredWronglyStopsTheStartAndSaysWhy(CapturedOutput output) {
        int before = output.toString().length();
        try (ConfigurableApplicationContext context = start("--outbox.packages=dev.outbox.eventstore.internal.setup")) {
            throw new AssertionError("started: " + context);
        } catch (RuntimeException refused) {
            assertThat(output.toString().substring(before))
                    .contains("APPLICATION FAILED TO START")
                    .contains("Wrong has no @Evolve method for WrongHappened v1")
                    .contains("Add: @Evolve Wrong on(WrongHappened event)");
        }
    }

    @Test
    void theLineAtTheStartSaysWhatIsStored(CapturedOutput output) {
        try (ConfigurableApplicationContext context = start("--outbox.packages=dev.outbox.ledger")) {
            assertThat(context.isActive()).isTrue();
            assertThat(output)
                    .contains("stores the events of Account, Limit (not published)")
                    .doesNotContain("LimitSet v1 to outbox.event.Limit");
        }
    }

    @Test
    void aServiceThatNeedsItDoesNotStartWithoutItAndNamesTheProperty(CapturedOutput output) {
        int before = output.toString().length();
        try (ConfigurableApplicationContext context = start(
                "--outbox.eventstore.enabled=false",
                "--outbox.packages=dev.outbox.none",
                "--spring.main.sources=" + Accounts.class.getName())) {
            throw new AssertionError("started: " + context);
        } catch (RuntimeException refused) {
            assertThat(output.toString().substring(before))
                    .contains(
                            "EventSourcedRepository', which does not exist because outbox.eventstore.enabled is false");
        }
    }

    @Test
    void withoutItTheOutboxIsAsEver() {
        try (ConfigurableApplicationContext context =
                start("--outbox.eventstore.enabled=false", "--outbox.packages=dev.outbox.none")) {
            assertThat(context.getBeanProvider(EventStore.class).getIfAvailable())
                    .isNull();
            assertThat(context.getBeanProvider(Outbox.class).getIfAvailable()).isNotNull();
        }
    }

    private static ConfigurableApplicationContext start(String... arguments) {
        SpringApplication service = new SpringApplicationBuilder(Plain.class)
                .web(WebApplicationType.NONE)
                .build();
        return service.run(arguments);
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(TestPostgres.class)
    static class Plain {}

    @DomainEvent(type = "WrongHappened", aggregate = "Wrong")
    record WrongHappened(@AggregateId String id) {}

    @EventSourced(aggregate = "Wrong")
    record Wrong(String id) {}
}
