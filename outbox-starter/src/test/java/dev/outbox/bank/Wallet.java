package dev.outbox.bank;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import org.springframework.data.domain.AbstractAggregateRoot;

/** An aggregate that counts its events itself. */
@Entity
public class Wallet extends AbstractAggregateRoot<Wallet> {

    @Id
    private String id;

    private long balance;

    private long events;

    @Version
    private Long version;

    protected Wallet() {}

    public Wallet(String id) {
        this.id = id;
    }

    public Wallet put(long amount) {
        balance += amount;
        events++;
        registerEvent(new WalletChanged(id, events, balance));
        return this;
    }
}
