package dev.outbox.benchmark.jpa;

import dev.outbox.benchmark.contender.ContenderMain;
import dev.outbox.benchmark.contender.Settings;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The service with its relay inside. */
public final class JpaMain {

    private JpaMain() {}

    /** Called by the harness. */
    public static void main(String[] arguments) throws Exception {
        ContenderMain.run(settings -> new JpaOutbox(service(settings)), arguments);
    }

    /** Hibernate adds what the table of the accounts, which is there, does not have. */
    private static ConfigurableApplicationContext service(Settings settings) {
        return new SpringApplicationBuilder(AccountService.class)
                .run(settings.springArguments(
                        "--spring.jpa.hibernate.ddl-auto=update",
                        "--spring.jpa.open-in-view=false",
                        "--outbox.topics.Account=" + settings.topic()));
    }
}
