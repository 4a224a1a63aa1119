package dev.outbox.producer;

import jakarta.persistence.EntityManagerFactory;
import java.util.Objects;
import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What Spring does around a web request under {@code spring.jpa.open-in-view}. */
final class OpenView {

    void open(EntityManagerFactory factory) {
        TransactionSynchronizationManager.bindResource(factory, new EntityManagerHolder(factory.createEntityManager()));
    }

    void close(EntityManagerFactory factory) {
        EntityManagerHolder holder = (EntityManagerHolder) TransactionSynchronizationManager.unbindResource(factory);
        Objects.requireNonNull(holder.getEntityManager()).close();
    }

    void run(EntityManagerFactory factory, Runnable request) {
        open(factory);
        try {
            request.run();
        } finally {
            close(factory);
        }
    }

    /** {@return a template each of whose transactions runs inside a view, on whichever thread} */
    static TransactionTemplate around(EntityManagerFactory factory, PlatformTransactionManager manager) {
        return new TransactionTemplate(manager) {
            @Override
            public <T> T execute(TransactionCallback<T> action) {
                if (TransactionSynchronizationManager.hasResource(factory)) {
                    return super.execute(action);
                }
                OpenView view = new OpenView();
                view.open(factory);
                try {
                    return super.execute(action);
                } finally {
                    view.close(factory);
                }
            }
        };
    }
}
