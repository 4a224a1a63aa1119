package dev.outbox.sample.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.TestPostgres;
import dev.outbox.test.AutoConfigureCapturedEvents;
import dev.outbox.test.CapturedEvents;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** JPA alone, with the events that it leaves in the outbox. */
@DataJpaTest
@AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.NONE)
@AutoConfigureCapturedEvents
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@Import(TestPostgres.class)
class OrderRepositoryIT {

    @Autowired
    private OrderRepository orders;

    @Autowired
    private CapturedEvents events;

    @Test
    void anOrderThatIsSavedIsTold() {
        orders.save(Order.place("ada", List.of(new OrderLine("teapot", 2)), "EUR", Instant.EPOCH));
        assertThat(events).containsExactly(OrderPlaced.class);
    }
}
