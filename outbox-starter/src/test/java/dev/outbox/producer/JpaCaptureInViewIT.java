package dev.outbox.producer;

import jakarta.persistence.EntityManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The same within {@code spring.jpa.open-in-view}, which is Boot's default. */
class JpaCaptureInViewIT extends JpaCaptureIT {

    private final EntityManagerFactory factory;
    private final OpenView view = new OpenView();

    @Autowired
    JpaCaptureInViewIT(PlatformTransactionManager transactionManager, EntityManagerFactory factory) {
        super(transactionManager, factory);
        this.factory = factory;
    }

    @Override
    TransactionTemplate template(PlatformTransactionManager transactionManager, EntityManagerFactory factory) {
        return OpenView.around(factory, transactionManager);
    }

    @BeforeEach
    void openView() {
        view.open(factory);
    }

    @AfterEach
    void closeView() {
        view.close(factory);
    }
}
