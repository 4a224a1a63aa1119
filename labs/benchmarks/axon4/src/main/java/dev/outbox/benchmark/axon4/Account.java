package dev.outbox.benchmark.axon4;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import dev.outbox.benchmark.contender.AccountEvent;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** An account that is loaded from its first event. */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
@SuppressWarnings("UnusedVariable") // Axon and Jackson read them
class Account {

    @AggregateIdentifier
    private @Nullable String id;

    private int deposits;
    private long balance;

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void deposit(Deposit command) {
        if (deposits != command.version()) {
            throw new IllegalStateException(
                    "%s has %d events, and not %d".formatted(command.account(), deposits, command.version()));
        }
        apply(new Deposited(command.account(), 1, AccountEvent.text(command.account())));
    }

    @EventSourcingHandler
    void on(Deposited event) {
        id = event.account();
        deposits++;
        balance += event.amount();
    }
}
