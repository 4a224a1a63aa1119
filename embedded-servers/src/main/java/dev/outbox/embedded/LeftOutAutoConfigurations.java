package dev.outbox.embedded;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;

/** Leaves out auto-configurations that are on the class path of tests for another reason than to be applied. */
public abstract class LeftOutAutoConfigurations implements AutoConfigurationImportFilter {

    private final Predicate<String> leftOut;

    /** @param leftOut decides by the name of the class */
    protected LeftOutAutoConfigurations(Predicate<String> leftOut) {
        this.leftOut = leftOut;
    }

    @Override
    public boolean[] match(@Nullable String[] autoConfigurations, AutoConfigurationMetadata metadata) {
        boolean[] matches = new boolean[autoConfigurations.length];
        for (int i = 0; i < matches.length; i++) {
            String name = autoConfigurations[i];
            matches[i] = name == null || !leftOut.test(name);
        }
        return matches;
    }
}
