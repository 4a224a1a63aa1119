package dev.outbox.eventstore.aggregate;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares the state of an aggregate that is made of its events. An immutable record serves best.
 *
 * <pre>{@code
 * @EventSourced(aggregate = "Account", snapshotEvery = 100)
 * record Account(UUID id, BigDecimal balance) {
 *
 *     @Evolve
 *     static Account opened(AccountOpened event) {
 *         return new Account(event.accountId(), BigDecimal.ZERO);
 *     }
 *
 *     @Evolve
 *     Account deposited(MoneyDeposited event) {
 *         return new Account(id, balance.add(event.amount()));
 *     }
 * }
 * }</pre>
 *
 * <p>All events of the aggregate type are stored from then on, and there is a bean of type {@link EventSourcedRepository} for the
 * class. Such classes are found at start where {@code @DomainEvent} classes are found. Each class that is declared as an event of
 * the aggregate must have its {@link Evolve} method, or the application does not start.
 *
 * @since 0.1.0
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface EventSourced {

    /** Kind of the aggregate, as in {@code @DomainEvent}. */
    String aggregate();

    /** Whether the events are also published, like those of any other aggregate. */
    boolean published() default true;

    /**
     * After how many events the state is kept as a snapshot, so that a load reads only the events after it; 0 for never. The
     * state must then be something that Jackson can write and read.
     */
    int snapshotEvery() default 0;

    /**
     * Version of what the {@link Evolve} methods do. Raise it when they do something else with the same events: snapshots of
     * another version are ignored and replaced. A change of the fields is noticed without it.
     */
    int version() default 1;
}
