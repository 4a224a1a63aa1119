package dev.outbox.producer;

import jakarta.persistence.EntityManagerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.PlatformTransactionManager;

/** The same with events that are written by a statement of their own before the commit, which Hibernate's own flush comes after. */
@TestPropertySource(properties = "outbox.capture.commit-with-events=false")
class JpaEarlyCaptureInViewIT extends JpaCaptureInViewIT {

    @Autowired
    JpaEarlyCaptureInViewIT(PlatformTransactionManager transactionManager, EntityManagerFactory factory) {
        super(transactionManager, factory);
    }
}
