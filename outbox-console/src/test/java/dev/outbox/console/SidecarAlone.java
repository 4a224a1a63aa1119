package dev.outbox.console;

import dev.outbox.embedded.LeftOutAutoConfigurations;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Producer, relay and consumer are on the class path of the tests. The sidecar under test knows relay and console alone; the
 * service under test, which says so by {@value #SERVICE}, has an inbox, and no relay.
 */
final class SidecarAlone extends LeftOutAutoConfigurations implements EnvironmentAware {

    static final String SERVICE = "test.service";

    private boolean isService;

    SidecarAlone() {
        super(name -> false);
    }

    @Override
    public void setEnvironment(Environment environment) {
        isService = environment.getProperty(SERVICE, Boolean.class, false);
    }

    @Override
    public boolean[] match(@Nullable String[] autoConfigurations, AutoConfigurationMetadata metadata) {
        boolean[] matches = super.match(autoConfigurations, metadata);
        for (int i = 0; i < matches.length; i++) {
            matches[i] = matches[i] && belongs(String.valueOf(autoConfigurations[i]));
        }
        return matches;
    }

    private boolean belongs(String name) {
        return !name.startsWith("dev.outbox.")
                || name.startsWith("dev.outbox.console.")
                || name.startsWith("dev.outbox.relay.") != isService;
    }
}
