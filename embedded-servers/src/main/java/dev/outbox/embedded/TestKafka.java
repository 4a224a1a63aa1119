package dev.outbox.embedded;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Gives a Spring test the one Kafka broker of this JVM, the same as {@link TestBroker}: tests use topics of their own.
 *
 * <p>With the system property {@code outbox.test.servers=containers}, a Kafka container per context instead.
 */
@Configuration(proxyBeanMethods = false)
@Import(TestKafka.Selector.class)
public final class TestKafka {

    static final class Selector implements ImportSelector {

        @Override
        public String[] selectImports(AnnotationMetadata importingClass) {
            Class<?> selected = switch (ServerKind.chosen()) {
                case EMBEDDED -> EmbeddedKafkaConfiguration.class;
                case CONTAINERS -> ContainerKafkaConfiguration.class;
            };
            return new String[] {selected.getName()};
        }
    }
}
