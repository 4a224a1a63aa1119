package dev.outbox.benchmark.jpa;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** A service whose accounts are entities. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class AccountService {}
