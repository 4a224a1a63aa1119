package dev.outbox.people;

import dev.outbox.eventstore.projection.Projection;
import dev.outbox.eventstore.projection.ProjectionHandler;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who is called what. */
@Projection(name = "address_book", tables = "person")
public class AddressBook {

    private final JdbcClient jdbc;

    AddressBook(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    @ProjectionHandler
    void registered(PersonRegistered event) {
        jdbc.sql("insert into person values (:id, :name) on conflict (id) do update set name = excluded.name")
                .param("id", event.person())
                .param("name", event.name())
                .update();
    }
}
