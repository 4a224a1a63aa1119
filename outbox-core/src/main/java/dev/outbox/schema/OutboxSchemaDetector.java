package dev.outbox.schema;

import java.util.Set;
import org.springframework.boot.sql.init.dependency.AbstractBeansOfTypeDatabaseInitializerDetector;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * Runs {@link OutboxSchema} before the service's own migrations, which may refer to its tables, and before everything that
 * depends on an initialised database.
 *
 * <p>If JPA must come before all initialisation, it cannot also come after ours: Spring Boot would make each wait for the
 * other. Our tables and those of JPA are independent of each other, so ours are left out of the order in this case.
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
