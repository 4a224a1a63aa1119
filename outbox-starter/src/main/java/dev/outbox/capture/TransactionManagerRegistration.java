package dev.outbox.capture;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.transaction.ConfigurableTransactionManager;

/** Makes every transaction manager tell the outbox of its transactions, also one that a service defines itself. */
final class TransactionManagerRegistration implements BeanPostProcessor {

    private final ObjectProvider<OutboxTransactionListener> listener;

    TransactionManagerRegistration(ObjectProvider<OutboxTransactionListener> listener) {
        this.listener = listener;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof ConfigurableTransactionManager transactionManager) {
            // Boot gives the transaction manager that it makes every listener among the beans.
            OutboxTransactionListener outbox = listener.getObject();
            if (!transactionManager.getTransactionExecutionListeners().contains(outbox)) {
                transactionManager.addListener(outbox);
            }
        }
        return bean;
    }
}
