package dev.outbox.producer;

import dev.outbox.bank.BankApplication;
import dev.outbox.bank.RecordedStatements;
import dev.outbox.embedded.DatabaseKind;
import dev.outbox.embedded.TestDatabase;
import jakarta.persistence.EntityManagerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.PlatformTransactionManager;

/** The same on H2. */
@SpringBootTest(classes = {BankApplication.class, RecordedStatements.class, JpaCaptureIT.DuringTheFlush.class})
class JpaCaptureOnH2IT extends JpaCaptureIT {

    @Autowired
    JpaCaptureOnH2IT(PlatformTransactionManager transactionManager, EntityManagerFactory factory) {
        super(transactionManager, factory);
    }

    @DynamicPropertySource
    static void connect(DynamicPropertyRegistry registry) {
        TestDatabase.create(DatabaseKind.H2).connect(registry::add);
    }

    @Override
    DatabaseKind kind() {
        return DatabaseKind.H2;
    }
}
