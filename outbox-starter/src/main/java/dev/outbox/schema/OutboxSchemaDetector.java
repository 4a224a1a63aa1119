package dev.outbox.schema;

import dev.outbox.store.OutboxSchema;
import java.util.Set;
import org.springframework.boot.sql.init.dependency.AbstractBeansOfTypeDatabaseInitializerDetector;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * Puts {@link OutboxSchema} before the service's own migrations, which may refer to its tables, and before whatever
 * depends on an initialised database.
 *
 * <p>Where JPA is to come before all initialisation, it cannot come after ours: Boot would let each wait for the other. Our
 * tables and those of JPA have nothing to do with each other, so ours are left out of the order then.
 */
final class OutboxSchemaDetector extends AbstractBeansOfTypeDatabaseInitializerDetector {

    private static final String JPA_FIRST = "spring.jpa.defer-datasource-initialization";

    private final Environment environment;

    OutboxSchemaDetector(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected Set<Class<?>> getDatabaseInitializerBeanTypes() {
        return environment.getProperty(JPA_FIRST, Boolean.class, false) ? Set.of() : Set.of(OutboxSchema.class);
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
