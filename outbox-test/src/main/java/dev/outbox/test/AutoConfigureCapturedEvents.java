package dev.outbox.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.annotation.Import;

/**
 * Adds {@link CapturedEvents} to a slice that has an outbox: {@code @DataJpaTest}, {@code @DataJdbcTest} or
 * {@code @JdbcTest}, on PostgreSQL. {@link OutboxTest} has them without it.
 *
 * <p>These slices roll back each test, and events of a rolled back transaction are never captured: put
 * {@code @Transactional(propagation = Propagation.NOT_SUPPORTED)} on the test, so that the code under test commits. The test
 * has to remove the rows that this leaves.
 *
 * @since 0.1.0
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Import(CapturedEventsConfiguration.class)
@ExtendWith(CapturedEventsReset.class)
public @interface AutoConfigureCapturedEvents {}
