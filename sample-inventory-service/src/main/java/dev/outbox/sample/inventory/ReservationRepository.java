package dev.outbox.sample.inventory;

import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

/** The answers given so far. */
interface ReservationRepository extends JpaRepository<Reservation, UUID> {}
