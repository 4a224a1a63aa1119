/**
 * The outbox as it is run, amid disturbances: a real PostgreSQL, a real broker, relays as processes, and writers that keep
 * a ledger in the transactions of their events. At the end, the ledger is compared with the topic.
 *
 * <p>A module of its own, because it needs the service's side, the relay's side and the relay's executable jar, which no
 * library module may have on its class path together; and with nothing but tests, because nobody builds upon it.
 */
@NullMarked
package dev.outbox.chaos;

import org.jspecify.annotations.NullMarked;
