package dev.outbox.relay;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;

/**
 * The tests write their events with the producer's writer, so the producer is on their class path. The relay under test is a
 * process of its own, which knows nothing of it.
 */
public final class RelayAlone implements AutoConfigurationImportFilter {

    @Override
    public boolean[] match(@Nullable String[] autoConfigurations, AutoConfigurationMetadata metadata) {
        boolean[] matches = new boolean[autoConfigurations.length];
        for (int i = 0; i < matches.length; i++) {
            String name = autoConfigurations[i];
            matches[i] = name == null || !name.startsWith("dev.outbox.") || name.startsWith("dev.outbox.relay.");
        }
        return matches;
    }
}
