package dev.outbox.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.context.TestPropertySource;

/**
 * A test of a service with its database and without a broker: nothing is published, the events that it handles come from an
 * {@link EventDriver}, and no broker is asked how long topics are kept. The database is that of the service's configuration,
 * Testcontainers or whatever else a Spring Boot test may use.
 *
 * <p>{@link CapturedEvents} and {@link EventDriver} are beans. Do not make the test itself transactional: events are
 * captured when a transaction commits, and a transaction that the test rolls back captures none.
 *
 * @since 0.1.0
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@SpringBootTest
@TestPropertySource(
        properties = {
            "spring.kafka.listener.auto-startup=false",
            "spring.kafka.admin.auto-create=false",
            "outbox.inbox.retention.enabled=false",
            "outbox.relay.enabled=false",
            "outbox.notify.mode=never"
        })
@Import(OutboxTestConfiguration.class)
@ExtendWith(CapturedEventsReset.class)
public @interface OutboxTest {

    /** Further properties of the test, as in {@link SpringBootTest#properties()}. */
    @AliasFor(annotation = SpringBootTest.class, attribute = "properties")
    String[] properties() default {};

    /** Configuration to use in place of the application, as in {@link SpringBootTest#classes()}. */
    @AliasFor(annotation = SpringBootTest.class, attribute = "classes")
    Class<?>[] classes() default {};
}
