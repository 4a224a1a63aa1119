package dev.outbox.customer;

/** Whose customers they are. */
record CurrentTenant(String name) {}
