package dev.outbox.tenant;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** In a table of each tenant. */
@Entity
class Note {

    @Id
    private String id;

    protected Note() {}

    Note(String id) {
        this.id = id;
    }

    String id() {
        return id;
    }
}
