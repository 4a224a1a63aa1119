package dev.outbox.benchmark.outbox;

import dev.outbox.benchmark.contender.ContenderMain;
import dev.outbox.benchmark.contender.Settings;
import dev.outbox.relay.sidecar.RelayApplication;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The service with its relay inside, the service alone, the relay alone, or a service that consumes, whichever the name
 * says.
 */
public final class OutboxMain {

    private OutboxMain() {}

    /** Called by the harness. */
    public static void main(String[] arguments) throws Exception {
        ContenderMain.run(
                settings -> switch (settings.name()) {
                    case "outbox-embedded", "outbox-observed" -> new OutboxService(service(settings, true), settings);
                    case "outbox-embedded-counted" -> new CountedOutboxService(service(settings, true), settings);
                    case "outbox-mariadb" -> new OutboxService(service(settings, true), settings, Statements.MARIADB);
                    case "outbox-sidecar" -> new OutboxService(service(settings, false), settings);
                    case "outbox-sidecar-relay" -> new OutboxService(relay(settings, "poll"), settings);
                    case "outbox-tail", "debezium-our-table" ->
                        new OutboxService(service(settings, false, "--outbox.notify.mode=never"), settings);
                    case "outbox-tail-relay" -> new OutboxService(relay(settings, "tail"), settings);
                    case "inbox-event-id" -> InboxService.contender(inbox(settings, "event-id"));
                    case "inbox-sequence" -> InboxService.contender(inbox(settings, "aggregate-sequence"));
                    case "inbox-record" -> IdempotentService.contender(records(settings));
                    default -> throw new IllegalArgumentException(settings.name());
                },
                arguments);
    }

    private static ConfigurableApplicationContext service(Settings settings, boolean relay, String... further) {
        List<String> properties = new ArrayList<>(List.of(
                "--outbox.topics.Account=" + settings.topic(),
                "--outbox.topics.CountedAccount=" + settings.topic(),
                "--outbox.relay.enabled=" + relay));
        properties.addAll(List.of(further));
        return new SpringApplicationBuilder(AccountService.class)
                .run(settings.springArguments(properties.toArray(String[]::new)));
    }

    /** As its own main method does it, without the web server of its health endpoint. */
    private static ConfigurableApplicationContext relay(Settings settings, String engine) {
        return new SpringApplicationBuilder(RelayApplication.class)
                .properties("spring.config.name=outbox-relay")
                .run(settings.springArguments(
                        "--outbox.capture.enabled=false",
                        "--outbox.schema.migrate=false",
                        "--outbox.relay.engine=" + engine));
    }

    private static ConfigurableApplicationContext inbox(Settings settings, String guard) {
        return new SpringApplicationBuilder(InboxService.class)
                .run(settings.springArguments(
                        "--spring.kafka.listener.auto-startup=false",
                        "--outbox.topics.Account=" + settings.topic(),
                        "--outbox.inbox.guard=" + guard,
                        "--outbox.relay.enabled=false"));
    }

    private static ConfigurableApplicationContext records(Settings settings) {
        return new SpringApplicationBuilder(IdempotentService.class)
                .run(settings.listenerArguments("--outbox.relay.enabled=false"));
    }
}
