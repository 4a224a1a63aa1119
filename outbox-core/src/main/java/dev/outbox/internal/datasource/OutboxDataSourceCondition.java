package dev.outbox.internal.datasource;

import dev.outbox.datasource.OutboxDataSource;
import dev.outbox.internal.setup.OutboxDataSources;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;

/** Looks only at bean definitions. {@link OutboxDataSources} finds the bean, and refuses a choice that matches none. */
final class OutboxDataSourceCondition extends AnyNestedCondition {

    OutboxDataSourceCondition() {
        super(ConfigurationPhase.REGISTER_BEAN);
    }

    @ConditionalOnSingleCandidate(DataSource.class)
    static final class Single {}

    @ConditionalOnBean(annotation = OutboxDataSource.class)
    static final class Marked {}

    @ConditionalOnProperty(OutboxDataSources.QUALIFIER)
    static final class Named {}
}
