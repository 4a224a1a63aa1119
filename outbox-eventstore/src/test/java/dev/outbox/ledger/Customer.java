package dev.outbox.ledger;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;

/** A row beside the streams. */
@Entity
public class Customer {

    @Id
    private String id = "";

    private String name = "";

    @Version
    private long version;

    protected Customer() {}

    public Customer(String id, String name) {
        this.id = id;
        this.name = name;
    }

    public String id() {
        return id;
    }

    public void rename(String newName) {
        name = newName;
    }

    public String name() {
        return name;
    }

    public long version() {
        return version;
    }
}
