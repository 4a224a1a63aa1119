package dev.outbox.bank;

import jakarta.persistence.PreUpdate;
import org.springframework.context.ApplicationEventPublisher;

/** Raises an event from within a flush. */
class BonusListener {

    private final ApplicationEventPublisher publisher;

    BonusListener(ApplicationEventPublisher publisher) {
        this.publisher = publisher;
    }

    @PreUpdate
    void beforeUpdate(Account account) {
        if (account.balance() >= Account.BONUS_FROM) {
            publisher.publishEvent(new BalanceChanged(account.id(), account.balance()));
        }
    }
}
