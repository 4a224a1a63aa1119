package dev.outbox.producer.internal.persistence;

import dev.outbox.internal.datasource.OutboxDatabase;
import dev.outbox.producer.internal.write.CommittingConnections;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.dao.DataAccessException;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.util.ClassUtils;

/** Gives each persistence unit on the DataSource of the outbox connections that write the events when they commit. */
public final class JpaConnections implements BeanPostProcessor {

    private static final boolean HIBERNATE =
            ClassUtils.isPresent("org.hibernate.Session", JpaConnections.class.getClassLoader());

    private final ObjectProvider<OutboxDatabase> database;

    public JpaConnections(ObjectProvider<OutboxDatabase> database) {
        this.database = database;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String beanName) {
        if (bean instanceof LocalContainerEntityManagerFactoryBean factory) {
            OutboxDatabase outbox = database.getObject();
            DataSource dataSource = factory.getDataSource();
            if (dataSource != null && outbox.isOn(dataSource)) {
                factory.setDataSource(CommittingConnections.of(
                        dataSource, outbox.dataSource(), refused -> failureOfTheCommit(factory, refused)));
            }
        }
        return bean;
    }

    private static Exception failureOfTheCommit(
            LocalContainerEntityManagerFactoryBean factory, DataAccessException refused) {
        if (!(refused.getCause() instanceof SQLException cause)) {
            return refused;
        }
        Exception known = HIBERNATE
                ? JpaHibernate.failureOf(factory.getNativeEntityManagerFactory(), refused.getMessage(), cause)
                : null;
        return known == null ? cause : known;
    }
}
