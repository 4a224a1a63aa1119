package dev.outbox.consumer.internal.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.outbox.internal.bean.BeanMethod;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.scheduling.annotation.Async;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** A method whose effects would leave the transaction of the inbox does not start, wherever that is said. */
class EffectTransactionTests {

    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface Marked {}

    @ParameterizedTest
    @ValueSource(
            classes = {
                AsynchronousMethod.class,
                AsynchronousClass.class,
                ChildOfAnAsynchronousClass.class,
                NewTransaction.class,
                NewTransactionOfTheClass.class,
                NewTransactionOfTheInterface.class,
                NewTransactionBehindAnotherAnnotation.class,
                NewTransactionOfJakarta.class,
                Suspending.class,
                Never.class,
                OtherManager.class,
                OtherManagerByPlaceholder.class,
                MissingManager.class,
                ReturnsAFuture.class
            })
    void anEscapeIsRefused(Class<?> type) {
        assertThatExceptionOfType(InvalidInboxException.class)
                .isThrownBy(() -> check(type))
                .withMessageContaining("@Marked method ")
                .satisfies(refused -> assertThat(refused.fix()).isNotBlank());
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Plain.class,
                Joining.class,
                JoiningByName.class,
                JoiningByAnotherManagerOfItsDataSource.class,
                JoiningOfJakarta.class,
                Nested.class
            })
    void whatJoinsStarts(Class<?> type) {
        assertThatNoException().isThrownBy(() -> check(type));
    }

    @Test
    void aManagerThatSpringWouldTakeWithoutANameIsRefusedToo() {
        assertThatExceptionOfType(InvalidInboxException.class)
                .isThrownBy(() -> check(Joining.class, "legacy"))
                .withMessageContaining("under another transaction manager (own) than the inbox");
        assertThatNoException().isThrownBy(() -> check(Plain.class, "legacy"));
        assertThatNoException().isThrownBy(() -> check(OtherManager.class, "legacy"));
    }

    private static void check(Class<?> type) {
        check(type, "own");
    }

    private static void check(Class<?> type, String manager) {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.getEnvironment().getSystemProperties().put("other.manager", "legacy");
            context.register(Managers.class, type);
            context.refresh();
            ConfigurableListableBeanFactory beans = context.getBeanFactory();
            EffectTransaction effects =
                    new EffectTransaction(beans, () -> context.getBean(manager, PlatformTransactionManager.class));
            assertThat(BeanMethod.annotatedWith(Marked.class, beans)).hasSize(1);
            BeanMethod.annotatedWith(Marked.class, beans)
                    .forEach(method -> effects.requireJoined(Marked.class, method));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Managers {

        @Bean
        @Primary
        JdbcTransactionManager own() {
            return new JdbcTransactionManager(new SimpleDriverDataSource());
        }

        @Bean
        JdbcTransactionManager second(@Qualifier("own") JdbcTransactionManager own) {
            return new JdbcTransactionManager(
                    new TransactionAwareDataSourceProxy(Objects.requireNonNull(own.getDataSource())));
        }

        @Bean
        JdbcTransactionManager legacy() {
            return new JdbcTransactionManager(new SimpleDriverDataSource());
        }
    }

    static class Plain {
        @Marked
        void handle() {}
    }

    @Transactional
    static class Joining {
        @Marked
        void handle() {}
    }

    static class JoiningByName {
        @Marked
        @Transactional("own")
        void handle() {}
    }

    static class JoiningByAnotherManagerOfItsDataSource {
        @Marked
        @Transactional("second")
        void handle() {}
    }

    static class JoiningOfJakarta {
        @Marked
        @jakarta.transaction.Transactional
        void handle() {}
    }

    static class Nested {
        @Marked
        @Transactional(propagation = Propagation.NESTED)
        void handle() {}
    }

    static class AsynchronousMethod {
        @Async
        @Marked
        void handle() {}
    }

    @Async
    static class AsynchronousClass {
        @Marked
        void handle() {}
    }

    static class ChildOfAnAsynchronousClass extends AsynchronousClass {}

    static class NewTransaction {
        @Marked
        @Transactional(propagation = Propagation.REQUIRES_NEW, noRollbackFor = RuntimeException.class)
        void handle() {}
    }

    @Transactional(propagation = Propagation.REQUIRES_NEW)
    static class NewTransactionOfTheClass {
        @Marked
        void handle() {}
    }

    interface InNewTransaction {
        @Transactional(propagation = Propagation.REQUIRES_NEW)
        void handle();
    }

    static class NewTransactionOfTheInterface implements InNewTransaction {
        @Marked
        @Override
        public void handle() {}
    }

    @Retention(RetentionPolicy.RUNTIME)
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    @interface Apart {}

    static class NewTransactionBehindAnotherAnnotation {
        @Apart
        @Marked
        void handle() {}
    }

    static class NewTransactionOfJakarta {
        @Marked
        @jakarta.transaction.Transactional(jakarta.transaction.Transactional.TxType.REQUIRES_NEW)
        void handle() {}
    }

    static class Suspending {
        @Marked
        @Transactional(propagation = Propagation.NOT_SUPPORTED)
        void handle() {}
    }

    static class Never {
        @Marked
        @Transactional(propagation = Propagation.NEVER)
        void handle() {}
    }

    static class OtherManager {
        @Marked
        @Transactional("legacy")
        void handle() {}
    }

    static class OtherManagerByPlaceholder {
        @Marked
        @Transactional("${other.manager}")
        void handle() {}
    }

    static class MissingManager {
        @Marked
        @Transactional("gone")
        void handle() {}
    }

    static class ReturnsAFuture {
        @Marked
        Future<String> handle() {
            return CompletableFuture.completedFuture("");
        }
    }
}
