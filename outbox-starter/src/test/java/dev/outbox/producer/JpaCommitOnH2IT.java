package dev.outbox.producer;

import dev.outbox.bank.BankApplication;
import dev.outbox.bank.RecordedStatements;
import dev.outbox.embedded.DatabaseKind;
import dev.outbox.embedded.TestDatabase;
import jakarta.persistence.EntityManagerFactory;
import org.h2.jdbc.JdbcConnection;
import org.hibernate.engine.spi.SessionImplementor;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The same on H2. */
@SpringBootTest(
        classes = {BankApplication.class, RecordedStatements.class},
        properties = "spring.jpa.properties.hibernate.generate_statistics=true")
class JpaCommitOnH2IT extends JpaCommitContract {

    @Autowired
    JpaCommitOnH2IT(JpaTransactionManager manager, EntityManagerFactory factory) {
        super(manager, factory);
    }

    @DynamicPropertySource
    static void connect(DynamicPropertyRegistry registry) {
        TestDatabase.create(DatabaseKind.H2).connect(registry::add);
    }

    @Override
    boolean isLast(String statement) {
        return statement.contains("insert into outbox_event");
    }

    @Override
    String refusal() {
        return "Check constraint violation: \"REFUSED: ";
    }

    @Override
    Class<?> driversConnection() {
        return JdbcConnection.class;
    }

    /** Not a test here: the database is in this process, and no connection to it is lost. */
    @Override
    void nobodyIsToldOfACommitOnAConnectionThatIsLost() {}

    @Override
    void terminate(SessionImplementor session) {
        throw new UnsupportedOperationException("A session of H2 ends with this process");
    }
}
