package dev.outbox.embedded;

import dev.outbox.devservices.internal.KafkaBroker;
import dev.outbox.devservices.internal.LocalPort;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A broker that has a {@link #user()} who may do only what it is allowed to. All who come to {@link #bootstrapServers()}, such
 * as the broker itself, may do everything. It makes no topic by itself.
 *
 * <p>It ends with {@link #close()} and with this JVM. Thread-safe.
 */
public final class GuardedBroker implements AutoCloseable {

    private final KafkaBroker broker;
    private final BrokerUser user;

    private GuardedBroker(KafkaBroker broker, BrokerUser user) {
        this.broker = broker;
        this.user = user;
    }

    /** Starts an empty broker on a free port. */
    public static GuardedBroker start() {
        AtomicInteger userPort = new AtomicInteger();
        KafkaBroker broker = KafkaBroker.start(properties -> {
            userPort.set(LocalPort.free());
            guard(properties, userPort.get());
        });
        return new GuardedBroker(broker, new BrokerUser(broker.bootstrapServers(), "localhost:" + userPort.get()));
    }

    private static void guard(Properties properties, int userPort) {
        append(properties, "listeners", "USERS://localhost:" + userPort);
        append(properties, "listener.security.protocol.map", "USERS:SASL_PLAINTEXT");
        properties.setProperty("listener.name.users.sasl.enabled.mechanisms", BrokerUser.MECHANISM);
        properties.setProperty(
                "listener.name.users.plain.sasl.jaas.config",
                "%s required user_%s=\"%s\";".formatted(BrokerUser.LOGIN_MODULE, BrokerUser.NAME, BrokerUser.PASSWORD));
        properties.setProperty("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        properties.setProperty("super.users", "User:ANONYMOUS");
        properties.setProperty("auto.create.topics.enable", "false");
    }

    private static void append(Properties properties, String name, String value) {
        properties.setProperty(name, properties.getProperty(name) + "," + value);
    }

    /** {@return where everyone may do everything} */
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** {@return the user who may do only what it is allowed to} */
    public BrokerUser user() {
        return user;
    }

    @Override
    public void close() {
        broker.close();
    }
}
