package dev.outbox.embedded;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;

/** Our tests say which servers they have, and many have none on purpose: nothing is started only because it is on the class path. */
final class NoDevServices implements AutoConfigurationImportFilter {

    private static final String DEV_SERVICES = "dev.outbox.devservices.";

    @Override
    public boolean[] match(@Nullable String[] autoConfigurations, AutoConfigurationMetadata metadata) {
        boolean[] matches = new boolean[autoConfigurations.length];
        for (int i = 0; i < matches.length; i++) {
            String name = autoConfigurations[i];
            matches[i] = name == null || !name.startsWith(DEV_SERVICES);
        }
        return matches;
    }
}
