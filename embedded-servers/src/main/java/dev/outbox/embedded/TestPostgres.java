package dev.outbox.embedded;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Gives a Spring test a fresh PostgreSQL database per application context, dropped when the context closes.
 *
 * <p>With the system property {@code outbox.test.servers=containers}, a PostgreSQL container per context instead.
 */
@Configuration(proxyBeanMethods = false)
@Import(TestPostgres.Selector.class)
public final class TestPostgres {

    static final class Selector implements ImportSelector {

        @Override
        public String[] selectImports(AnnotationMetadata importingClass) {
            Class<?> selected = switch (ServerKind.chosen()) {
                case EMBEDDED -> EmbeddedPostgresConfiguration.class;
                case CONTAINERS -> ContainerPostgresConfiguration.class;
            };
            return new String[] {selected.getName()};
        }
    }
}
