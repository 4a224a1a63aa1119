package dev.outbox.consumer.internal.handler;

import dev.outbox.internal.bean.BeanMethod;
import dev.outbox.internal.datasource.ManagedDataSource;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionManager;
import org.springframework.transaction.annotation.AnnotationTransactionAttributeSource;
import org.springframework.transaction.annotation.TransactionManagementConfigurer;
import org.springframework.transaction.interceptor.TransactionAttribute;
import org.springframework.util.StringUtils;

/**
 * Refuses methods whose effects would not be part of the inbox transaction that they are called in: such effects would be lost,
 * or happen twice. The same rule applies to all methods that the inbox calls. Annotations are looked up as Spring does it, so
 * an annotation counts wherever Spring looks for it: on the method, its class, an interface, or another annotation. Immutable.
 *
 * <p>It does not see what a method does itself, such as using a template of another transaction manager.
 */
public final class EffectTransaction {

    private static final Set<String> ASYNCHRONOUS = Set.of(
            "org.springframework.scheduling.annotation.Async",
            "jakarta.ejb.Asynchronous",
            "jakarta.enterprise.concurrent.Asynchronous");

    /** Propagations with which the effects are part of the transaction that the method is called in. */
    private static final Set<Integer> JOINING = Set.of(
            TransactionDefinition.PROPAGATION_REQUIRED,
            TransactionDefinition.PROPAGATION_SUPPORTS,
            TransactionDefinition.PROPAGATION_MANDATORY,
            TransactionDefinition.PROPAGATION_NESTED);

    private final ConfigurableListableBeanFactory beanFactory;
    private final Supplier<? extends @Nullable PlatformTransactionManager> inbox;
    private final AnnotationTransactionAttributeSource attributes = new AnnotationTransactionAttributeSource(false);

    /**
     * @param beanFactory where the transaction managers are looked up
     * @param inbox the transaction manager in whose transactions the inbox calls such methods; null if there is no inbox
     */
    public EffectTransaction(
            ConfigurableListableBeanFactory beanFactory,
            Supplier<? extends @Nullable PlatformTransactionManager> inbox) {
        this.beanFactory = beanFactory;
        this.inbox = inbox;
    }

    /**
     * Does nothing if the method joins the transaction that it is called in.
     *
     * @param marker the annotation that hands the method over to the inbox
     * @throws InvalidInboxException if its effects would not be part of the inbox's transaction
     */
    public void requireJoined(Class<? extends Annotation> marker, BeanMethod method) {
        String name = "@%s method %s".formatted(marker.getSimpleName(), method);
        requireItsOwnThread(name, method);
        TransactionAttribute attribute = attributes.getTransactionAttribute(method.declared(), method.beanClass());
        if (attribute != null) {
            requireJoining(name, attribute);
            requireSameManager(name, attribute, method.beanClass());
        }
    }

    private static void requireItsOwnThread(String name, BeanMethod method) {
        String asynchronous = asynchronous(method);
        if (asynchronous != null) {
            throw new InvalidInboxException(
                    "%s is @%s: its effects would not be part of the inbox's transaction".formatted(name, asynchronous),
                    "Remove @%s.".formatted(asynchronous));
        }
        Class<?> returned = method.declared().getReturnType();
        if (isLater(returned)) {
            throw new InvalidInboxException(
                    "%s returns a %s: its effects would not be part of the inbox's transaction"
                            .formatted(name, returned.getSimpleName()),
                    "Do the work in the method, before it returns.");
        }
    }

    private static @Nullable String asynchronous(BeanMethod method) {
        Method declared = method.declared();
        for (MergedAnnotations annotations : new MergedAnnotations[] {
            MergedAnnotations.from(declared, MergedAnnotations.SearchStrategy.TYPE_HIERARCHY),
            MergedAnnotations.from(declared.getDeclaringClass(), MergedAnnotations.SearchStrategy.TYPE_HIERARCHY),
            MergedAnnotations.from(method.beanClass(), MergedAnnotations.SearchStrategy.TYPE_HIERARCHY)
        }) {
            for (MergedAnnotation<Annotation> annotation : annotations) {
                if (ASYNCHRONOUS.contains(annotation.getType().getName())) {
                    return annotation.getType().getSimpleName();
                }
            }
        }
        return null;
    }

    /** Futures, and what Reactor and others return. A publisher is recognized by name, because its class may be missing. */
    private static boolean isLater(Class<?> returned) {
        return Future.class.isAssignableFrom(returned)
                || CompletionStage.class.isAssignableFrom(returned)
                || isPublisher(returned);
    }

    private static boolean isPublisher(@Nullable Class<?> type) {
        if (type == null) {
            return false;
        }
        if (type.getName().equals("org.reactivestreams.Publisher") || isPublisher(type.getSuperclass())) {
            return true;
        }
        for (Class<?> parent : type.getInterfaces()) {
            if (isPublisher(parent)) {
                return true;
            }
        }
        return false;
    }

    private static void requireJoining(String name, TransactionAttribute attribute) {
        if (!JOINING.contains(attribute.getPropagationBehavior())) {
            throw new InvalidInboxException(
                    "%s has propagation %s: its effects would not be part of the inbox's transaction"
                            .formatted(name, nameOf(attribute.getPropagationBehavior())),
                    "Remove the propagation; the method is called in a transaction and joins it.");
        }
    }

    private static String nameOf(int propagation) {
        return switch (propagation) {
            case TransactionDefinition.PROPAGATION_REQUIRES_NEW -> "REQUIRES_NEW";
            case TransactionDefinition.PROPAGATION_NOT_SUPPORTED -> "NOT_SUPPORTED";
            case TransactionDefinition.PROPAGATION_NEVER -> "NEVER";
            default -> Integer.toString(propagation);
        };
    }

    private void requireSameManager(String name, TransactionAttribute attribute, Class<?> beanClass) {
        PlatformTransactionManager own = inbox.get();
        TransactionManager other = managerOf(name, attribute, beanClass);
        if (own != null && !isJoined(own, other)) {
            throw new InvalidInboxException(
                    "%s is @Transactional under another transaction manager (%s) than the inbox: its effects would not be part of the inbox's transaction"
                            .formatted(name, other == null ? "not one, but several" : nameOf(other)),
                    "Remove @Transactional, because the method is called in a transaction; or make it name the transaction manager on the"
                            + " DataSource of the inbox.");
        }
    }

    private static boolean isJoined(PlatformTransactionManager own, @Nullable TransactionManager other) {
        return own == other || (other != null && ManagedDataSource.of(own).isJoinedBy(ManagedDataSource.of(other)));
    }

    /** {@return the manager that Spring will use; null if Spring could not decide} */
    private @Nullable TransactionManager managerOf(String name, TransactionAttribute attribute, Class<?> beanClass) {
        String said = attribute.getQualifier();
        if (StringUtils.hasText(said)) {
            String qualifier = String.valueOf(beanFactory.resolveEmbeddedValue(said));
            try {
                return BeanFactoryAnnotationUtils.qualifiedBeanOfType(beanFactory, TransactionManager.class, qualifier);
            } catch (BeansException missing) {
                throw new InvalidInboxException(
                        "%s names the transaction manager '%s', which does not exist".formatted(name, qualifier),
                        "Name an existing one, or remove @Transactional: the method is called in a transaction.",
                        missing);
            }
        }
        String ofClass = BeanFactoryAnnotationUtils.getQualifierValue(beanClass);
        if (ofClass != null) {
            try {
                return BeanFactoryAnnotationUtils.qualifiedBeanOfType(beanFactory, TransactionManager.class, ofClass);
            } catch (BeansException meantForSomethingElse) {
                return byDefault();
            }
        }
        return byDefault();
    }

    private @Nullable TransactionManager byDefault() {
        TransactionManagementConfigurer configurer = beanFactory
                .getBeanProvider(TransactionManagementConfigurer.class)
                .getIfUnique();
        return configurer == null
                ? beanFactory.getBeanProvider(TransactionManager.class).getIfUnique()
                : configurer.annotationDrivenTransactionManager();
    }

    private String nameOf(TransactionManager manager) {
        for (String name : beanFactory.getBeanNamesForType(TransactionManager.class, true, false)) {
            if (beanFactory.getBean(name) == manager) {
                return name;
            }
        }
        return manager.getClass().getName();
    }
}
