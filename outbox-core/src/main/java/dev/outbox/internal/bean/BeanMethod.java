package dev.outbox.internal.bean;

import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ReflectionUtils;

/**
 * A bean method that carries an annotation of the framework. It is called through the proxies of its bean. Immutable, and
 * thread-safe if the bean is.
 */
public final class BeanMethod {

    private final Object bean;
    private final Class<?> beanClass;
    private final Method declared;
    private final Method invocable;

    private BeanMethod(Object bean, Class<?> beanClass, Method declared) {
        this.bean = bean;
        this.beanClass = beanClass;
        this.declared = declared;
        this.invocable = AopUtils.selectInvocableMethod(declared, bean.getClass());
        ReflectionUtils.makeAccessible(invocable);
    }

    /**
     * {@return all methods that carry the annotation, bean by bean in the order in which the beans are defined}
     *
     * <p>Call this when every singleton exists. Only then is the class known of a bean that is declared as an interface.
     *
     * @throws IllegalStateException if such a method cannot be called through a proxy of its bean, because it is private or not
     *     in the proxied interface
     */
    public static List<BeanMethod> annotatedWith(
            Class<? extends Annotation> annotation, ConfigurableListableBeanFactory beanFactory) {
        List<BeanMethod> found = new ArrayList<>();
        for (String name : beanFactory.getBeanNamesForType(Object.class)) {
            Class<?> type = classOf(name, beanFactory);
            if (type != null) {
                annotatedMethods(annotation, type).stream()
                        .sorted(Comparator.comparing(Method::toString))
                        .forEach(method -> found.add(new BeanMethod(beanFactory.getBean(name), type, method)));
            }
        }
        return found;
    }

    /** {@return the class of a bean, behind its proxies; null if it is not known, or if a scoped proxy stands for the bean} */
    public static @Nullable Class<?> classOf(String name, ConfigurableListableBeanFactory beanFactory) {
        return ScopedProxyUtils.isScopedTarget(name) ? null : AutoProxyUtils.determineTargetClass(beanFactory, name);
    }

    private static Set<Method> annotatedMethods(Class<? extends Annotation> annotation, Class<?> type) {
        return MethodIntrospector.selectMethods(
                type, (Method method) -> AnnotatedElementUtils.hasAnnotation(method, annotation));
    }

    /** {@return the method as its class declares it} */
    public Method declared() {
        return declared;
    }

    /** {@return the class of the bean, behind its proxies} */
    public Class<?> beanClass() {
        return beanClass;
    }

    /** {@return the annotation of this type on the method, which must be present} */
    public <A extends Annotation> A annotation(Class<A> type) {
        return Objects.requireNonNull(AnnotatedElementUtils.findMergedAnnotation(declared, type));
    }

    /**
     * {@return what the method returns}
     *
     * @throws InvocationTargetException if it throws; the cause is what it threw
     */
    public @Nullable Object invoke(Object... arguments) throws InvocationTargetException {
        try {
            return invocable.invoke(bean, arguments);
        } catch (IllegalAccessException refused) {
            throw new IllegalStateException("%s was made accessible, but cannot be called".formatted(this), refused);
        }
    }

    /** {@return class and method, for use in messages} */
    @Override
    public String toString() {
        return declared.getDeclaringClass().getName() + "." + declared.getName();
    }
}
