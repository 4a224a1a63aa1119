package dev.outbox.capture;

import jakarta.persistence.EntityManager;
import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Flushes the entity managers of the current transaction. */
final class JpaFlush implements PersistenceFlush {

    @Override
    public void flush() {
        for (Object resource :
                TransactionSynchronizationManager.getResourceMap().values()) {
            if (resource instanceof EntityManagerHolder holder) {
                EntityManager entityManager = holder.getEntityManager();
                if (entityManager.isJoinedToTransaction()) {
                    entityManager.flush();
                }
            }
        }
    }
}
