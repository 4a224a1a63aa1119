package dev.outbox.capture;

import jakarta.persistence.EntityManager;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.support.DataAccessUtils;
import org.springframework.dao.support.PersistenceExceptionTranslator;
import org.springframework.orm.jpa.EntityManagerFactoryInfo;
import org.springframework.orm.jpa.EntityManagerFactoryUtils;
import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.orm.jpa.JpaDialect;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Flushes the entity managers of the current transaction, with the exceptions that a commit would have thrown. */
final class JpaFlush implements PersistenceFlush {

    @Override
    public void flush() {
        // A copy: a callback of an entity may suspend this transaction for another, which binds its own resources.
        Map.copyOf(TransactionSynchronizationManager.getResourceMap()).forEach((factory, resource) -> {
            if (resource instanceof EntityManagerHolder holder
                    && holder.getEntityManager().isJoinedToTransaction()) {
                flush(holder.getEntityManager(), translatorOf(factory));
            }
        });
    }

    private static void flush(EntityManager entityManager, PersistenceExceptionTranslator translator) {
        try {
            entityManager.flush();
        } catch (RuntimeException failed) {
            throw DataAccessUtils.translateIfNecessary(failed, translator);
        }
    }

    private static PersistenceExceptionTranslator translatorOf(Object factory) {
        JpaDialect dialect = dialectOf(factory);
        return dialect == null ? EntityManagerFactoryUtils::convertJpaAccessExceptionIfPossible : dialect;
    }

    private static @Nullable JpaDialect dialectOf(Object factory) {
        return factory instanceof EntityManagerFactoryInfo info ? info.getJpaDialect() : null;
    }
}
