package dev.outbox.tenant;

import org.hibernate.context.spi.CurrentTenantIdentifierResolver;
import org.jspecify.annotations.Nullable;

/** Whose request the thread works on. */
class CurrentTenant implements CurrentTenantIdentifierResolver<String> {

    private final ThreadLocal<@Nullable String> schema = new ThreadLocal<>();

    void is(@Nullable String tenant) {
        schema.set(tenant);
    }

    @Nullable
    String schema() {
        return schema.get();
    }

    @Override
    public String resolveCurrentTenantIdentifier() {
        String tenant = schema();
        return tenant == null ? "public" : tenant;
    }

    @Override
    public boolean validateExistingCurrentSessions() {
        return true;
    }
}
