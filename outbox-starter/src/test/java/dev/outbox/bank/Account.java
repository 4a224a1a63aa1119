package dev.outbox.bank;

import jakarta.persistence.Entity;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import org.springframework.data.domain.AbstractAggregateRoot;

/** An aggregate with optimistic locking that registers its events with Spring Data. */
@Entity
@EntityListeners(BonusListener.class)
public class Account extends AbstractAggregateRoot<Account> {

    /** An account that reaches this balance is worth an event of its own. */
    public static final long BONUS_FROM = 1_000;

    @Id
    private String id;

    private long balance;

    @Version
    private Long version;

    protected Account() {}

    private Account(String id) {
        this.id = id;
    }

    public static Account open(String id, String owner) {
        Account account = new Account(id);
        account.registerEvent(new AccountOpened(id, owner));
        return account;
    }

    public Account deposit(long amount) {
        balance += amount;
        registerEvent(new BalanceChanged(id, balance));
        return this;
    }

    public Account depositSilently(long amount) {
        balance += amount;
        return this;
    }

    public String id() {
        return id;
    }

    public long balance() {
        return balance;
    }
}
