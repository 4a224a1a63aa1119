package dev.outbox.producer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.transaction.ConfigurableTransactionManager;

/** Makes every transaction manager notify the outbox of its transactions, even one that a service defines itself. */
final class TransactionManagerRegistration implements BeanPostProcessor {

    private final ObjectProvider<OutboxTransactionListeners> listeners;

    TransactionManagerRegistration(ObjectProvider<OutboxTransactionListeners> listeners) {
        this.listeners = listeners;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof ConfigurableTransactionManager transactionManager) {
            listeners.getObject().listenTo(transactionManager);
        }
        return bean;
    }
}
