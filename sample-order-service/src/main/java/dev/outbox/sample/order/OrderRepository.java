package dev.outbox.sample.order;

import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

/** The stored orders. */
interface OrderRepository extends JpaRepository<Order, UUID> {}
