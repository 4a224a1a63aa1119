package dev.outbox.test.contract;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.jackson.autoconfigure.JsonFactoryBuilderCustomizer;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.OrderUtils;
import org.springframework.stereotype.Component;
import org.springframework.util.ReflectionUtils;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.json.JsonMapper;

/**
 * The beans of a service that configure its mapper in Java. Each is created alone, together with its configuration class but
 * without the other beans of that class.
 */
final class MapperBeans {

    private static final List<Class<?>> TYPES = List.of(
            JsonFactoryBuilderCustomizer.class,
            JsonMapperBuilderCustomizer.class,
            JacksonModule.class,
            JsonMapper.Builder.class,
            JsonMapper.class);

    private final ConfigurableListableBeanFactory beans;
    private final BeanDefinitionRegistry registry;

    MapperBeans(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
        this.registry = (BeanDefinitionRegistry) beans;
    }

    /** Adds the beans that a class of the service is, or has methods for. */
    void addFrom(Class<?> type) {
        if (AnnotatedElementUtils.hasAnnotation(type, Component.class) && isForTheMapper(type)) {
            add(type.getName(), new RootBeanDefinition(type), type);
        }
        Arrays.stream(type.getDeclaredMethods())
                .filter(method -> AnnotatedElementUtils.hasAnnotation(method, Bean.class))
                .filter(method -> isForTheMapper(method.getReturnType()))
                .forEach(this::addMadeBy);
    }

    private void addMadeBy(Method method) {
        add(nameOf(method), definition(method, method.getReturnType()), method);
    }

    private <T> RootBeanDefinition definition(Method method, Class<T> type) {
        return new RootBeanDefinition(type, () -> type.cast(call(method)));
    }

    private void add(String name, RootBeanDefinition definition, AnnotatedElement declared) {
        definition.setPrimary(AnnotatedElementUtils.hasAnnotation(declared, Primary.class));
        Integer order = OrderUtils.getOrder(declared);
        if (order != null) {
            definition.setAttribute(AbstractBeanDefinition.ORDER_ATTRIBUTE, order);
        }
        if (!registry.containsBeanDefinition(name)) {
            registry.registerBeanDefinition(name, definition);
        }
    }

    private Object call(Method method) {
        try {
            boolean isStatic = Modifier.isStatic(method.getModifiers());
            Object owner = isStatic ? null : beans.createBean(method.getDeclaringClass());
            @Nullable Object[] arguments = new @Nullable Object[method.getParameterCount()];
            for (int index = 0; index < arguments.length; index++) {
                DependencyDescriptor parameter = new DependencyDescriptor(new MethodParameter(method, index), true);
                arguments[index] = beans.resolveDependency(parameter, null);
            }
            ReflectionUtils.makeAccessible(method);
            return Objects.requireNonNull(method.invoke(owner, arguments), "null is not a bean");
        } catch (BeansException unavailable) {
            throw new IllegalStateException(
                    ("%s configures the mapper, so the check of the events has to call it, but without the other beans of the"
                                    + " service. Make it static, or move it to its own class, so that it needs none.")
                            .formatted(nameOf(method)),
                    unavailable);
        } catch (IllegalAccessException | InvocationTargetException failed) {
            throw new IllegalStateException("%s failed".formatted(nameOf(method)), failed);
        }
    }

    private static boolean isForTheMapper(Class<?> type) {
        return TYPES.stream().anyMatch(known -> known.isAssignableFrom(type));
    }

    private static String nameOf(Method method) {
        return method.getDeclaringClass().getName() + "." + method.getName();
    }
}
