package dev.outbox.embedded;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Gives a Spring test a fresh database and a Kafka broker: both {@link TestPostgres} and {@link TestKafka}. */
@Configuration(proxyBeanMethods = false)
@Import({TestPostgres.class, TestKafka.class})
public final class TestServers {}
