package dev.outbox.producer.internal.persistence;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.sql.SQLException;
import org.hibernate.FlushMode;
import org.hibernate.Session;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.jspecify.annotations.Nullable;

/** What only Hibernate can be asked. Loaded only if it is present. */
final class JpaHibernate {

    private JpaHibernate() {}

    /** {@return whether the commit flushes nothing, because the service does it} */
    static boolean isFlushedByHand(EntityManager entityManager) {
        return entityManager instanceof Session session && session.getHibernateFlushMode() == FlushMode.MANUAL;
    }

    /**
     * {@return a failure of the database as one of Hibernate's statements throws it, which Spring translates; null if the
     * persistence unit is not one of Hibernate's} Of what JDBC throws in a commit, Spring only says that something has failed.
     */
    static @Nullable RuntimeException failureOf(
            @Nullable EntityManagerFactory factory, @Nullable String message, SQLException cause) {
        return factory instanceof SessionFactoryImplementor hibernate
                ? hibernate
                        .getJdbcServices()
                        .getSqlExceptionHelper()
                        .getSqlExceptionConverter()
                        .convert(cause, String.valueOf(message), "insert into outbox_event")
                : null;
    }
}
