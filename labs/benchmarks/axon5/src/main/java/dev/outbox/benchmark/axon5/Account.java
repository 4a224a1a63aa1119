package dev.outbox.benchmark.axon5;

import dev.outbox.benchmark.contender.AccountEvent;
import org.axonframework.eventsourcing.annotation.EventSourcedEntity;
import org.axonframework.eventsourcing.annotation.EventSourcingHandler;
import org.axonframework.eventsourcing.annotation.reflection.EntityCreator;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;

/** An account that is loaded from its first event. */
@EventSourcedEntity(tagKey = "Account")
class Account {

    private int deposits;
    private long balance;

    @EntityCreator
    Account() {}

    @CommandHandler
    void deposit(Deposit command, EventAppender events) {
        if (deposits != command.version()) {
            throw new IllegalStateException("%s has %d events, %d in all, and not %d"
                    .formatted(command.account(), deposits, balance, command.version()));
        }
        events.append(new Deposited(command.account(), 1, AccountEvent.text(command.account())));
    }

    @EventSourcingHandler
    void on(Deposited event) {
        deposits++;
        balance += event.amount();
    }
}
