package dev.outbox.test.contract;

import dev.outbox.avro.AvroAutoConfiguration;
import dev.outbox.consumer.DomainEventHandler;
import dev.outbox.internal.domain.DomainAutoConfiguration;
import dev.outbox.internal.domain.DomainEventType;
import dev.outbox.internal.domain.DomainEventTypes;
import dev.outbox.internal.format.FormatAutoConfiguration;
import dev.outbox.internal.format.PayloadFormats;
import dev.outbox.internal.upcast.UpcastAutoConfiguration;
import dev.outbox.internal.upcast.Upcasters;
import dev.outbox.upcast.Upcaster;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jackson.JacksonComponent;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.type.filter.TypeFilter;
import org.springframework.stereotype.Component;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.json.JsonMapper;

/**
 * The part of a service that its events need: its configuration, its mapper with the {@code @JacksonComponent} classes and
 * the beans that configure it in Java, its events and its upcasters. No database, no broker, no other bean.
 */
final class ContractSlice implements AutoCloseable {

    private final ConfigurableApplicationContext context;
    private final String basePackage;
    private final Predicate<Class<?>> included;

    private ContractSlice(ConfigurableApplicationContext context, String basePackage, Predicate<Class<?>> included) {
        this.context = context;
        this.basePackage = basePackage;
        this.included = included;
    }

    /**
     * {@return the slice of the service}
     *
     * @param application its class with {@code @SpringBootApplication}
     * @param included which classes belong to the service; those of its tests do not
     */
    static ContractSlice of(Class<?> application, Predicate<Class<?>> included) {
        String basePackage = application.getPackageName();
        ConfigurableApplicationContext context = new SpringApplicationBuilder(configuration())
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .initializers(created -> {
                    BeanDefinitionRegistry registry = (BeanDefinitionRegistry) created.getBeanFactory();
                    AutoConfigurationPackages.register(registry, basePackage);
                    scan(basePackage, created.getEnvironment(), hasMethod(Upcaster.class), included)
                            .forEach(found -> registry.registerBeanDefinition(name(found), found));
                    scan(basePackage, created.getEnvironment(), hasType(JacksonComponent.class), included)
                            .forEach(found -> registry.registerBeanDefinition(name(found), found));
                    MapperBeans mapperBeans = new MapperBeans(created.getBeanFactory());
                    scan(basePackage, created.getEnvironment(), isComponent(), included)
                            .forEach(found -> mapperBeans.addFrom(load(found)));
                })
                .run();
        return new ContractSlice(context, basePackage, included);
    }

    private static Class<?> configuration() {
        boolean hasAvro =
                ClassUtils.isPresent("dev.outbox.avro.AvroAutoConfiguration", ContractSlice.class.getClassLoader());
        return hasAvro ? SliceWithAvro.class : SliceConfiguration.class;
    }

    String service() {
        return context.getEnvironment().getProperty("spring.application.name", "application");
    }

    List<DeclaredEvent> declaredEvents() {
        EventSchemas schemas = new EventSchemas(context.getBean(JsonMapper.class));
        PayloadFormats formats = context.getBean(PayloadFormats.class);
        Set<Class<?>> handled = new HashSet<>();
        methods(DomainEventHandler.class).forEach(method -> handled.addAll(Arrays.asList(method.getParameterTypes())));
        Set<String> upcast = methods(Upcaster.class)
                .map(method -> method.getAnnotation(Upcaster.class).type())
                .collect(Collectors.toSet());
        Collection<DomainEventType> types =
                context.getBean(DomainEventTypes.class).all();
        return types.stream()
                .filter(type -> included.test(type.javaType()))
                .filter(type -> types.stream().noneMatch(other -> isNewer(other, type)))
                .map(type -> new DeclaredEvent(
                        type,
                        schemas.of(type.javaType()),
                        formats.writing(type),
                        service(),
                        handled.contains(type.javaType()),
                        upcast.contains(type.eventType().name())))
                .toList();
    }

    Payloads payloads() {
        return new Payloads(
                context.getBean(Upcasters.class),
                context.getBean(PayloadFormats.class),
                context.getBean(JsonMapper.class));
    }

    @Override
    public void close() {
        context.close();
    }

    /** If two classes declare two versions of one event, the newer one is the contract, and samples are read as it. */
    private boolean isNewer(DomainEventType other, DomainEventType type) {
        return other.eventType().name().equals(type.eventType().name())
                && other.eventType().version() > type.eventType().version()
                && included.test(other.javaType());
    }

    private Stream<Method> methods(Class<? extends Annotation> annotation) {
        return scan(basePackage, context.getEnvironment(), hasMethod(annotation), included).stream()
                .flatMap(found -> Arrays.stream(load(found).getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(annotation));
    }

    private static List<BeanDefinition> scan(
            String basePackage, Environment environment, TypeFilter filter, Predicate<Class<?>> included) {
        ClassPathScanningCandidateComponentProvider scanner =
                new ClassPathScanningCandidateComponentProvider(false, environment);
        scanner.addIncludeFilter(filter);
        return scanner.findCandidateComponents(basePackage).stream()
                .filter(found -> included.test(load(found)))
                .toList();
    }

    private static TypeFilter hasMethod(Class<? extends Annotation> annotation) {
        return (type, readers) -> type.getAnnotationMetadata().hasAnnotatedMethods(annotation.getName());
    }

    private static TypeFilter hasType(Class<? extends Annotation> annotation) {
        return (type, readers) -> type.getAnnotationMetadata().hasAnnotation(annotation.getName());
    }

    private static TypeFilter isComponent() {
        return (type, readers) -> type.getAnnotationMetadata().isAnnotated(Component.class.getName())
                || type.getAnnotationMetadata().hasAnnotatedMethods(Bean.class.getName());
    }

    private static Class<?> load(BeanDefinition definition) {
        return ClassUtils.resolveClassName(name(definition), null);
    }

    private static String name(BeanDefinition definition) {
        return String.valueOf(definition.getBeanClassName());
    }

    /** Not a Spring Boot configuration, because it would be taken for an application. */
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        JacksonAutoConfiguration.class,
        DomainAutoConfiguration.class,
        FormatAutoConfiguration.class,
        UpcastAutoConfiguration.class
    })
    static class SliceConfiguration {}

    /** Its annotation names a class that a service without Avro does not have. */
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(AvroAutoConfiguration.class)
    static class SliceWithAvro extends SliceConfiguration {}
}
