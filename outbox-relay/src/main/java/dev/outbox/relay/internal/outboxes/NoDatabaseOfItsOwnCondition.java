package dev.outbox.relay.internal.outboxes;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/** A sidecar of several outboxes has no database itself, and so no relay. */
final class NoDatabaseOfItsOwnCondition implements AutoConfigurationImportFilter, EnvironmentAware {

    private static final String DATA_SOURCE = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration";

    private boolean isOfSeveral;

    NoDatabaseOfItsOwnCondition() {}

    @Override
    public void setEnvironment(Environment environment) {
        isOfSeveral = SeveralOutboxesCondition.isMetBy(environment);
    }

    @Override
    public boolean[] match(@Nullable String[] autoConfigurations, AutoConfigurationMetadata metadata) {
        boolean[] matches = new boolean[autoConfigurations.length];
        for (int i = 0; i < matches.length; i++) {
            matches[i] = !isOfSeveral || !DATA_SOURCE.equals(autoConfigurations[i]);
        }
        return matches;
    }
}
