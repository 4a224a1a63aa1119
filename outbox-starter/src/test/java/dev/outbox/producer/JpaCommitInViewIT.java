package dev.outbox.producer;

import jakarta.persistence.EntityManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The same within {@code spring.jpa.open-in-view}, which is Boot's default: several transactions on one connection. */
class JpaCommitInViewIT extends JpaCommitIT {

    private final EntityManagerFactory factory;
    private final OpenView view = new OpenView();

    @Autowired
    JpaCommitInViewIT(JpaTransactionManager manager, EntityManagerFactory factory) {
        super(manager, factory);
        this.factory = factory;
    }

    @Override
    TransactionTemplate template(JpaTransactionManager manager, EntityManagerFactory factory) {
        return OpenView.around(factory, manager);
    }

    @BeforeEach
    void openView() {
        view.open(factory);
    }

    @AfterEach
    void closeView() {
        view.close(factory);
    }

    /** The view has one. */
    @Override
    int connectionsOfOneThatDoesNothing() {
        return 0;
    }
}
