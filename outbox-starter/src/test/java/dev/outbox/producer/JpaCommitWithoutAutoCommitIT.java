package dev.outbox.producer;

import jakarta.persistence.EntityManagerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.test.context.TestPropertySource;

/**
 * The same where connections do not commit by themselves, and Hibernate knows it: it takes one when it needs it. And where
 * Hibernate answers no question about a transaction that commits.
 */
@TestPropertySource(
        properties = {
            "spring.datasource.hikari.auto-commit=false",
            "spring.jpa.properties.hibernate.connection.provider_disables_autocommit=true",
            "spring.jpa.properties.hibernate.jpa.compliance.transaction=true"
        })
class JpaCommitWithoutAutoCommitIT extends JpaCommitIT {

    @Autowired
    JpaCommitWithoutAutoCommitIT(JpaTransactionManager manager, EntityManagerFactory factory) {
        super(manager, factory);
    }

    @Override
    int connectionsOfOneThatDoesNothing() {
        return 0;
    }

    @Override
    boolean autoCommits() {
        return false;
    }
}
