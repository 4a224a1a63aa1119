package dev.outbox.benchmark.eventstore;

import dev.outbox.benchmark.contender.ContenderMain;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Called by the harness. */
public final class EventstoreMain {

    private EventstoreMain() {}

    /** With its defaults. */
    public static void main(String[] arguments) throws Exception {
        ContenderMain.runEventStore(
                settings -> new OutboxEventStore(
                        new SpringApplicationBuilder(AccountService.class).run(settings.springArguments())),
                arguments);
    }
}
