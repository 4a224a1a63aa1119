package dev.outbox.relay.internal.slot;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.BiPredicate;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Lets a test do something between what is done on a connection before and what follows. */
final class HookedDataSource extends DelegatingDataSource {

    private final BiPredicate<Method, Object[]> moment;
    private final Runnable hook;

    private HookedDataSource(DataSource target, BiPredicate<Method, Object[]> moment, Runnable hook) {
        super(target);
        this.moment = moment;
        this.hook = hook;
    }

    static HookedDataSource beforeTransaction(DataSource target, Runnable hook) {
        return new HookedDataSource(
                target,
                (method, arguments) -> method.getName().equals("setAutoCommit") && Boolean.FALSE.equals(arguments[0]),
                hook);
    }

    static HookedDataSource beforeStatement(DataSource target, String beginning, Runnable hook) {
        return new HookedDataSource(
                target,
                (method, arguments) -> method.getName().equals("prepareStatement")
                        && arguments[0].toString().startsWith(beginning),
                hook);
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (moment.test(method, arguments)) {
                        hook.run();
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
