package dev.outbox.ledger;

import dev.outbox.eventstore.projection.Projection;
import dev.outbox.eventstore.projection.ProjectionHandler;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is on each account. */
@Projection(name = "balances", tables = "balance")
public class Balances {

    private final JdbcClient jdbc;

    public Balances(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    @ProjectionHandler
    void opened(AccountOpened event) {
        jdbc.sql("insert into balance values (:account, 0)")
                .param("account", event.account())
                .update();
    }

    @ProjectionHandler
    void deposited(MoneyDeposited event) {
        change(event.account(), event.amount());
    }

    @ProjectionHandler
    void withdrawn(MoneyWithdrawn event) {
        change(event.account(), -event.amount());
    }

    private void change(String account, long amount) {
        jdbc.sql("update balance set amount = amount + :amount where account = :account")
                .param("amount", amount)
                .param("account", account)
                .update();
    }
}
