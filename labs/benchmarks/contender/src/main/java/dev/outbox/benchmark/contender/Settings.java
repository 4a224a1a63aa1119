package dev.outbox.benchmark.contender;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where a contender finds the servers.
 *
 * @param name of the contender, of its database and of its topic
 * @param jdbcUrl its own database
 * @param user of the database
 * @param password of the database
 * @param bootstrapServers the broker
 * @param topic its own topic, which is there
 */
public record Settings(
        String name, String jdbcUrl, String user, String password, String bootstrapServers, String topic) {

    private static final int POOL_SIZE = 10;

    /** {@return the settings in the order of the components} */
    public static Settings of(String... arguments) {
        return new Settings(arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], arguments[5]);
    }

    /** {@return the same, as {@link #of} reads it} */
    public String[] arguments() {
        return new String[] {name, jdbcUrl, user, password, bootstrapServers, topic};
    }

    /** {@return whether the contender is one that is tuned, and does not run with its defaults} */
    public boolean isTuned() {
        return !name.endsWith("-defaults");
    }

    /** {@return what a Spring Boot application needs to know, and then what else it is told} */
    public String[] springArguments(String... more) {
        return join(
                more,
                "--spring.application.name=" + name,
                "--spring.datasource.url=" + jdbcUrl,
                "--spring.datasource.username=" + user,
                "--spring.datasource.password=" + password,
                "--spring.kafka.bootstrap-servers=" + bootstrapServers,
                "--spring.main.banner-mode=off",
                "--logging.level.root=warn");
    }

    /** {@return the same and what a listener of Spring Kafka needs, whose containers are started by hand} */
    public String[] listenerArguments(String... more) {
        return springArguments(join(
                more,
                "--topic=" + topic,
                "--spring.kafka.listener.auto-startup=false",
                "--spring.kafka.consumer.group-id=" + name,
                "--spring.kafka.consumer.auto-offset-reset=earliest",
                "--spring.kafka.consumer.isolation-level=read-committed",
                "--spring.kafka.consumer.value-deserializer="
                        + "org.apache.kafka.common.serialization.ByteArrayDeserializer"));
    }

    private static String[] join(String[] last, String... first) {
        return Stream.of(first, last).flatMap(Stream::of).toArray(String[]::new);
    }

    /**
     * {@return the settings of a producer that is made by hand: idempotent, {@code acks=all}, batches of 128 KB that do not
     * linger, five requests in flight, which keep order while nothing fails}
     */
    public Map<String, Object> producer() {
        return Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "acks",
                "all",
                "linger.ms",
                0,
                "batch.size",
                128 * 1024,
                "buffer.memory",
                64L * 1024 * 1024);
    }

    /** {@return a pool of the size that Spring Boot's has} */
    public HikariDataSource newPool() {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(jdbcUrl);
        pool.setUsername(user);
        pool.setPassword(password);
        pool.setMaximumPoolSize(POOL_SIZE);
        return pool;
    }
}
