package dev.outbox.inbox.idempotent;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives a {@code @KafkaListener} method the guard of the inbox: the method is called in a transaction, in which the record
 * has been entered into the inbox before, and is not called for one that stands there already. What it changes in the
 * database commits together with that entry.
 *
 * <p>A batch is one transaction, entered by one statement; the method gets those records that are new, and is not called if
 * none is. What the method acknowledges is passed on after the commit. If it throws, the transaction is rolled back, and
 * what becomes of the record is up to the error handler of its container, as ever. Of a batch that throws a
 * {@code BatchListenerFailedException}, what is before the failed record is handled in a transaction of its own first.
 *
 * <p>A record is known by {@code ce_source} and {@code ce_id} if it is a CloudEvent in binary mode; else by the header that
 * {@link #idHeader} or {@code outbox.inbox.id-header} names, within its topic; else by its place in the topic, which tells
 * a record that Kafka delivers again, but not one that its producer sends again.
 *
 * <p>The method must do its work before it returns, on its own thread.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Idempotent {

    /** Name of the consumer in the inbox; by default the consumer group. Under another name every record is new. */
    String consumer() default "";

    /** Header that says which event a record is that is no CloudEvent; by default {@code outbox.inbox.id-header}. */
    String idHeader() default "";
}
