package dev.outbox.chaos.load;

import dev.outbox.chaos.oracle.Topic;
import dev.outbox.chaos.process.Relays;
import dev.outbox.producer.Outbox;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The business: changes accounts, and enters each change into the ledger in the transaction of its event. */
public class Bank {

    /** So many accounts there are. */
    public static final int ACCOUNTS = 200;

    private static final String ACCOUNT = """
            create table account (
                id varchar(50) primary key,
                changes bigint not null)
            """;

    private static final String LEDGER = """
            create table ledger (
                account varchar(50) not null,
                number bigint not null,
                change_id uuid not null,
                oversize boolean not null,
                primary key (account, number))
            """;

    private static final String OPEN = """
            insert into account (id, changes) values (:account, 0)
            """;

    private static final String COUNT = """
            update account set changes = changes + 1 where id = :account
            """;

    /** The account is locked by then. */
    private static final String COUNTED = """
            select changes from account where id = :account
            """;

    private static final String ENTER = """
            insert into ledger (account, number, change_id, oversize) values (:account, :number, :change, :oversize)
            """;

    /**
     * A change to be made.
     *
     * @param account the account
     * @param size bytes of padding of its event
     * @param oversize whether the relay cannot publish an event of that size
     */
    public record Order(String account, int size, boolean oversize) {

        /** {@return a change of an account, counted from 0} */
        public static Order of(int account, int size) {
            return new Order("account-" + account, size, false);
        }

        /** {@return a change whose event is more than the relay sends} */
        public static Order tooLargeToSend(int account) {
            return new Order("account-" + account, Relays.MAX_REQUEST_SIZE, true);
        }

        /** {@return a change whose event the relay sends and the broker refuses} */
        public static Order tooLargeForTheTopic(int account) {
            return new Order("account-" + account, Topic.MAX_MESSAGE_BYTES, true);
        }
    }

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Outbox outbox;

    Bank(JdbcClient jdbc, TransactionTemplate transactions, Outbox outbox) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.outbox = outbox;
        jdbc.sql(ACCOUNT).update();
        jdbc.sql(LEDGER).update();
        IntStream.range(0, ACCOUNTS)
                .mapToObj(account -> Order.of(account, 0))
                .forEach(order ->
                        jdbc.sql(OPEN).param("account", order.account()).update());
    }

    /**
     * Makes changes in one transaction, in the given order. If the connection is lost while it commits, nobody but the
     * ledger knows whether it did.
     *
     * @param orders the changes; accounts in ascending order, for two transactions must not wait for each other
     * @param commit whether to commit them after all
     */
    public void change(List<Order> orders, boolean commit) {
        transactions.executeWithoutResult(status -> {
            orders.forEach(this::change);
            if (!commit) {
                status.setRollbackOnly();
            }
        });
    }

    private void change(Order order) {
        jdbc.sql(COUNT).param("account", order.account()).update();
        long number = jdbc.sql(COUNTED)
                .param("account", order.account())
                .query(Long.class)
                .single();
        UUID change = UUID.randomUUID();
        enter(jdbc, order.account(), number, change, order.oversize());
        outbox.publish(new AccountChanged(order.account(), number, change, "x".repeat(order.size())));
    }

    static void enter(JdbcClient jdbc, String account, long number, UUID change, boolean oversize) {
        jdbc.sql(ENTER)
                .param("account", account)
                .param("number", number)
                .param("change", change)
                .param("oversize", oversize)
                .update();
    }
}
