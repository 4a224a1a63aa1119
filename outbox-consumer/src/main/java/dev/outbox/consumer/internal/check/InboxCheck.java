package dev.outbox.consumer.internal.check;

import dev.outbox.consumer.DomainEventHandler;
import dev.outbox.consumer.guard.GuardKind;
import dev.outbox.consumer.guard.InboxGuard;
import dev.outbox.consumer.idempotent.Idempotent;
import dev.outbox.internal.bean.BeanMethod;
import dev.outbox.internal.check.JdbcTablesCheck;
import dev.outbox.internal.check.TableRight;
import dev.outbox.internal.datasource.OutboxDatabase;
import dev.outbox.internal.setup.OutboxSetupException;
import dev.outbox.schema.CurrentTables;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;

/**
 * Checks, once all beans exist, that the handlers of the service have an inbox with tables. Otherwise events would be missed
 * silently if an auto-configuration backs off.
 *
 * <p>What a property switches off is not reported as missing.
 */
final class InboxCheck implements SmartInitializingSingleton {

    private static final String REGISTRAR = "inboxRegistrar";

    /** What the consumers and their retention need. */
    private static final List<TableRight> NEEDED = Stream.of(
                    "inbox_event", "inbox_parked", "inbox_sequence", "inbox_sequence_run", "outbox_shedlock")
            .flatMap(table ->
                    Stream.of("select", "insert", "update", "delete").map(right -> new TableRight(table, right)))
            .toList();

    private final ConfigurableListableBeanFactory beans;
    private final Environment environment;
    private final OutboxDatabase database;

    InboxCheck(ConfigurableListableBeanFactory beans, Environment environment, OutboxDatabase database) {
        this.beans = beans;
        this.environment = environment;
        this.database = database;
    }

    /**
     * @throws OutboxSetupException if something is missing; the message names it
     */
    @Override
    public void afterSingletonsInstantiated() {
        if (!isSwitchedOff("outbox.enabled") && !isSwitchedOff("outbox.inbox.enabled")) {
            requireInbox();
        }
    }

    private void requireInbox() {
        boolean handlers =
                !BeanMethod.annotatedWith(DomainEventHandler.class, beans).isEmpty();
        if (handlers && !beans.containsBean(REGISTRAR)) {
            throw new OutboxSetupException(
                    "There are @DomainEventHandler methods, but nothing calls them: InboxAutoConfiguration is excluded, or"
                            + " outbox.inbox.enabled is neither true nor false",
                    "Remove the exclusion, or correct the property; outbox.inbox.enabled=false switches the handlers off.");
        }
        InboxGuard guard = beans.getBeanProvider(InboxGuard.class).getIfUnique();
        boolean consumes =
                handlers || !BeanMethod.annotatedWith(Idempotent.class, beans).isEmpty();
        if (consumes && guard != null && GuardKind.of(guard).isPresent()) {
            tables().require(NEEDED);
        }
    }

    private JdbcTablesCheck tables() {
        return new JdbcTablesCheck(database.dataSource(), beans.getBean(CurrentTables.class));
    }

    private boolean isSwitchedOff(String property) {
        return Boolean.FALSE.equals(environment.getProperty(property, Boolean.class));
    }
}
