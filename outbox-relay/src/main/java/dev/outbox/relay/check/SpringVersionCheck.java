package dev.outbox.relay.check;

import dev.outbox.setup.SupportedSpring;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Refuses a version of Spring that the outbox does not work with, before auto-configuration would pass over it without a word. */
final class SpringVersionCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        SupportedSpring.check();
    }
}
