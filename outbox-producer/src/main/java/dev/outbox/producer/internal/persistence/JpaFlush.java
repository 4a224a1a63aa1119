package dev.outbox.producer.internal.persistence;

import jakarta.persistence.EntityManager;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.support.DataAccessUtils;
import org.springframework.dao.support.PersistenceExceptionTranslator;
import org.springframework.orm.jpa.EntityManagerFactoryInfo;
import org.springframework.orm.jpa.EntityManagerFactoryUtils;
import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.orm.jpa.EntityManagerProxy;
import org.springframework.orm.jpa.JpaDialect;
import org.springframework.transaction.TransactionManager;
import org.springframework.transaction.support.ResourceTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.ClassUtils;

/**
 * Flushes the entity manager of the current transaction, and throws the exceptions that a commit would have thrown. A commit
 * does not flush an entity manager whose flush mode is Hibernate's {@code MANUAL}, so this class does not either.
 */
public final class JpaFlush implements PersistenceFlush {

    /** For services in which only repositories publish the events of entities. */
    public static final Predicate<EntityManager> NO_EVENTS = entityManager -> false;

    private static final boolean HIBERNATE =
            ClassUtils.isPresent("org.hibernate.Session", JpaFlush.class.getClassLoader());

    private final Predicate<EntityManager> entityEvents;

    /**
     * @param entityEvents publishes the events of the managed entities, and says whether there were any
     */
    public JpaFlush(Predicate<EntityManager> entityEvents) {
        this.entityEvents = entityEvents;
    }

    @Override
    public void flush(TransactionManager manager) {
        if (manager instanceof ResourceTransactionManager owner) {
            Object factory = owner.getResourceFactory();
            flush(factory, TransactionSynchronizationManager.getResource(factory));
        } else {
            // A copy: a callback of an entity may suspend this transaction for another, which binds its own resources.
            Map.copyOf(TransactionSynchronizationManager.getResourceMap()).forEach(this::flush);
        }
    }

    private void flush(Object factory, @Nullable Object resource) {
        if (resource instanceof EntityManagerHolder holder) {
            EntityManager entityManager = target(holder.getEntityManager());
            if (entityManager.isJoinedToTransaction() && !(HIBERNATE && JpaHibernate.isFlushedByHand(entityManager))) {
                publishAndFlush(entityManager, translatorOf(factory));
            }
        }
    }

    /** The entity manager of an open view is a proxy that does not know the transaction. */
    private static EntityManager target(EntityManager entityManager) {
        EntityManager target = entityManager;
        while (target instanceof EntityManagerProxy proxy) {
            target = proxy.getTargetEntityManager();
        }
        return target;
    }

    /** Publishes before the flush, which forgets removed entities, and after it, when callbacks may have registered events. */
    private void publishAndFlush(EntityManager entityManager, PersistenceExceptionTranslator translator) {
        boolean raised;
        do {
            raised = entityEvents.test(entityManager);
            flush(entityManager, translator);
            raised |= entityEvents.test(entityManager);
        } while (raised);
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
