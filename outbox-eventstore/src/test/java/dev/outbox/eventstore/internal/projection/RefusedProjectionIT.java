package dev.outbox.eventstore.internal.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.eventstore.internal.projection.generation.InvalidProjectionException;
import dev.outbox.eventstore.projection.Projection;
import dev.outbox.eventstore.projection.ProjectionHandler;
import dev.outbox.ledger.AccountOpened;
import dev.outbox.ledger.Balances;
import dev.outbox.ledger.LedgerApplication;
import dev.outbox.people.PeopleApplication;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Services that do not start, and the message that says why. */
class RefusedProjectionIT {

    @Test
    void aTableThatIsMissing() {
        assertThat(refusal(Declared.class)).contains("not on the search_path: balance");
    }

    /** Hibernate would put it before the names of tables, and fill those that are read. */
    @Test
    void aDefaultSchemaOfHibernate() {
        assertThat(refusal(Declared.class, "spring.jpa.properties.hibernate.default_schema=public"))
                .contains("hibernate.default_schema is set");
    }

    @Test
    void schemasOfTenants() {
        assertThat(refusal(Declared.class, "outbox.schema.names=one,two")).contains("outbox.schema.names");
    }

    @Test
    void aStartThatIsNoTime() {
        assertThat(refusal(Declared.class, "outbox.projection.start.balances=yesterday"))
                .contains("'yesterday' is neither 'beginning' nor 'now'");
    }

    /** It would lose everything whenever somebody is forgotten. */
    @Test
    void personalEventsFromNowOn() {
        assertThat(refusal(
                        new SpringApplicationBuilder(PeopleApplication.class),
                        "--outbox.packages=dev.outbox.people",
                        "--outbox.projection.start.address_book=now"))
                .contains("'address_book' begins now", "would be empty");
    }

    @Test
    void aHandlerOutsideOfAProjection() {
        assertThat(refusal(Undeclared.class)).contains("is not annotated with @Projection");
    }

    @Test
    void twoHandlersOfOneEvent() {
        assertThat(refusal(Twice.class)).contains("two handlers of AccountOpened");
    }

    @Test
    void aHandlerWithATransactionOfItsOwn() {
        assertThat(refusal(Apart.class)).contains("would not work in the transaction that saves the position");
    }

    @Test
    void aTableWithItsSchema() {
        assertThat(refusal(Qualified.class)).contains("names them with a schema");
    }

    private static String refusal(Class<?> configuration, String... properties) {
        return refusal(new SpringApplicationBuilder(LedgerApplication.class, configuration).properties(properties));
    }

    private static String refusal(SpringApplicationBuilder application, String... arguments) {
        try (ConfigurableApplicationContext started = application.run(arguments)) {
            throw new AssertionError("%s has started".formatted(started));
        } catch (InvalidProjectionException refused) {
            assertThat(refused.fix()).isNotBlank();
            return String.valueOf(refused.getMessage());
        } catch (BeanCreationException failed) {
            return String.valueOf(
                    NestedExceptionUtils.getMostSpecificCause(failed).getMessage());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Declared {

        @Bean
        Balances balances(DataSource dataSource) {
            return new Balances(dataSource);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Undeclared {

        @ProjectionHandler
        void opened(AccountOpened event) {}
    }

    @Configuration(proxyBeanMethods = false)
    @Projection(name = "twice", tables = "balance")
    static class Twice {

        @ProjectionHandler
        void opened(AccountOpened event) {}

        @ProjectionHandler
        void openedAgain(AccountOpened event) {}
    }

    @Configuration(proxyBeanMethods = false)
    @Projection(name = "apart", tables = "balance")
    static class Apart {

        @ProjectionHandler
        @Transactional(propagation = Propagation.REQUIRES_NEW)
        void opened(AccountOpened event) {}
    }

    @Configuration(proxyBeanMethods = false)
    @Projection(name = "qualified", tables = "public.balance")
    static class Qualified {

        @ProjectionHandler
        void opened(AccountOpened event) {}
    }
}
