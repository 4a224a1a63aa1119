package dev.outbox.benchmark.outbox;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** The service, with its relay embedded unless {@code outbox.relay.enabled} says otherwise. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class AccountService {}
