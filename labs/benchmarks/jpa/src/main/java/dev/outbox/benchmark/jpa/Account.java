package dev.outbox.benchmark.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The account that changes, and counts its changes. */
@Entity
@Table(name = "account")
class Account {

    @Id
    private String id = "";

    private long changes;

    long change() {
        return ++changes;
    }
}
