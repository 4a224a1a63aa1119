package dev.outbox.ledger;

import dev.outbox.eventstore.aggregate.Decision;
import dev.outbox.eventstore.aggregate.EventSourcedRepository;
import java.util.List;
import org.springframework.stereotype.Service;

@Service
public class Accounts {

    private final EventSourcedRepository<Account> accounts;

    Accounts(EventSourcedRepository<Account> accounts) {
        this.accounts = accounts;
    }

    public void open(String id, String owner) {
        accounts.execute(id, account -> account == null ? List.of(new AccountOpened(id, owner)) : List.of());
    }

    public void deposit(String id, long amount) {
        accounts.execute(id, Decision.existing(account -> account.deposit(amount)));
    }

    public void withdraw(String id, long amount) {
        accounts.execute(id, Decision.existing(account -> account.withdraw(amount)));
    }

    public long balance(String id) {
        return accounts.load(id).get().balance();
    }
}
