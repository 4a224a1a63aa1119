package dev.outbox.test;

import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/** Each test starts without events, and without a crash that another test has requested. */
final class CapturedEventsReset implements BeforeEachCallback {

    @Override
    public void beforeEach(ExtensionContext test) {
        ApplicationContext context = SpringExtension.getApplicationContext(test);
        context.getBean(CapturedEvents.class).forget();
        context.getBeanProvider(Recovering.class).forEach(Recovering::recover);
    }
}
