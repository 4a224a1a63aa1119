package dev.outbox.benchmark.axon5;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.hibernate.boot.model.naming.PhysicalNamingStrategySnakeCaseImpl;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.orm.jpa.persistenceunit.MutablePersistenceUnitInfo;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Hibernate under Spring's transactions.
 *
 * @param entityManager that of the current transaction
 */
record Persistence(EntityManager entityManager, PlatformTransactionManager transactions) {

    static Persistence of(DataSource dataSource, List<Class<?>> entities) {
        LocalContainerEntityManagerFactoryBean factory = new LocalContainerEntityManagerFactoryBean();
        factory.setPersistenceUnitName("axon");
        factory.setDataSource(dataSource);
        factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
        factory.setPackagesToScan(Persistence.class.getPackageName());
        factory.setMappingResources("META-INF/orm.xml");
        factory.setPersistenceUnitPostProcessors(unit -> add(unit, entities));
        factory.setJpaPropertyMap(Map.of(
                "hibernate.hbm2ddl.auto", "update",
                "hibernate.dialect", ByteaPostgresDialect.class.getName(),
                "hibernate.physical_naming_strategy", PhysicalNamingStrategySnakeCaseImpl.class.getName()));
        factory.afterPropertiesSet();
        EntityManagerFactory made = Objects.requireNonNull(factory.getObject());
        JpaTransactionManager transactions = new JpaTransactionManager(made);
        transactions.setDataSource(dataSource);
        transactions.afterPropertiesSet();
        return new Persistence(SharedEntityManagerCreator.createSharedEntityManager(made), transactions);
    }

    private static void add(MutablePersistenceUnitInfo unit, List<Class<?>> entities) {
        entities.forEach(entity -> unit.addManagedClassName(entity.getName()));
    }
}
