package dev.outbox.internal.check;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Refuses a Spring version that the outbox does not work with. Otherwise the auto-configuration would be skipped silently. */
final class SpringVersionCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        SupportedSpring.check();
    }
}
