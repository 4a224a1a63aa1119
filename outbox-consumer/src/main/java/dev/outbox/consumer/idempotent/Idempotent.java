package dev.outbox.consumer.idempotent;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Adds the guard of the inbox to a {@code @KafkaListener} method. The method is called in a transaction in which the record has
 * already been entered into the inbox. It is not called for a record that was there before. Its database changes are committed
 * together with that entry.
 *
 * <p>A batch is one transaction, and is entered by one statement. The method gets the records that are new, and is not called
 * if there are none. What the method acknowledges is passed on after the commit. If it throws, the transaction is rolled back,
 * and the error handler of its container decides what happens to the record, as usual. If a batch throws a
 * {@code BatchListenerFailedException}, the records before the failed one are first handled in their own transaction.
 *
 * <p>A CloudEvent is identified by its source and its id. In binary mode these are the headers {@code ce_source} and
 * {@code ce_id}. In structured mode they are read from the value, if the listener gets the value as bytes or as text; a value
 * that was converted to an object does not contain them any more. Any other record is identified, within its topic, by the header that {@link #idHeader} or {@code outbox.inbox.id-header} names. Without that
 * header, it is identified by its place in the topic, which recognizes a record that Kafka delivers again, but not one that its
 * producer sends again.
 *
 * <p>The method must do its work before it returns, on the thread that calls it.
 *
 * @since 0.1.0
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Idempotent {

    /** Name of the consumer in the inbox; by default the consumer group. Under another name every record is new. */
    String consumer() default "";

    /** Header that identifies records that are not CloudEvents; by default {@code outbox.inbox.id-header}. */
    String idHeader() default "";
}
