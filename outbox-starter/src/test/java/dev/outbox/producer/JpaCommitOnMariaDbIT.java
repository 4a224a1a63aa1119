package dev.outbox.producer;

import static org.awaitility.Awaitility.await;

import dev.outbox.bank.BankApplication;
import dev.outbox.bank.RecordedStatements;
import dev.outbox.embedded.DatabaseKind;
import dev.outbox.embedded.Patience;
import dev.outbox.embedded.TestDatabase;
import jakarta.persistence.EntityManagerFactory;
import org.hibernate.engine.spi.SessionImplementor;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** On MariaDB, the events are written before a commit of its own, which refuses nothing: no check waits for it. */
@SpringBootTest(
        classes = {BankApplication.class, RecordedStatements.class},
        properties = "spring.jpa.properties.hibernate.generate_statistics=true")
class JpaCommitOnMariaDbIT extends JpaCommitContract {

    @Autowired
    JpaCommitOnMariaDbIT(JpaTransactionManager manager, EntityManagerFactory factory) {
        super(manager, factory);
    }

    @DynamicPropertySource
    static void connect(DynamicPropertyRegistry registry) {
        TestDatabase.create(DatabaseKind.MARIADB).connect(registry::add);
    }

    @Override
    boolean isLast(String statement) {
        return statement.contains("insert into outbox_event");
    }

    @Override
    String refusal() {
        return "CONSTRAINT `refused` failed";
    }

    @Override
    Class<?> driversConnection() {
        return org.mariadb.jdbc.Connection.class;
    }

    @Override
    void terminate(SessionImplementor session) {
        long id =
                session.createNativeQuery("select connection_id()", Long.class).getSingleResult();
        newTransaction.executeWithoutResult(status -> {
            jdbc.sql("kill connection " + id).update();
            await().atMost(Patience.LIMIT)
                    .until(() -> jdbc.sql("select count(*) from information_schema.processlist where id = ?")
                                    .param(id)
                                    .query(Long.class)
                                    .single()
                            == 0);
        });
    }
}
