package dev.outbox.bank;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The service of the tests: accounts that change and say so. */
@SpringBootApplication
public class BankApplication {}
