package dev.outbox.relay.internal.outboxes;

import dev.outbox.internal.failure.Causes;
import dev.outbox.relay.internal.pace.RelayProperties;
import java.util.Map;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.convert.support.ConfigurableConversionService;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/** The context of one of several outboxes: the same auto-configurations as if it were the only one. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class OutboxContextConfiguration {

    private static final String ATTACHED = "configurationProperties";

    OutboxContextConfiguration() {}

    /**
     * Starts it.
     *
     * @param sidecar what applies to all outboxes
     * @param extension what the context has of the sidecar
     */
    static ConfigurableApplicationContext start(
            OutboxEntry outbox, ConfigurableEnvironment sidecar, OutboxContextExtension extension) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        ConfigurableEnvironment environment = environment(outbox, sidecar, extension.properties());
        context.setEnvironment(environment);
        context.setDisplayName("outbox " + outbox.name());
        context.getBeanFactory().setConversionService(environment.getConversionService());
        context.register(OutboxContextConfiguration.class);
        extension.extend(outbox.name(), context);
        try {
            context.refresh();
            return context;
        } catch (RuntimeException e) {
            context.close();
            throw e;
        }
    }

    /**
     * Looks at what can be said without the database.
     *
     * @throws InvalidOutboxException if a setting is not one that the relay accepts
     */
    static void check(OutboxEntry outbox, ConfigurableEnvironment sidecar) {
        try {
            new Binder(ConfigurationPropertySources.get(environment(outbox, sidecar, Map.of())))
                    .bindOrCreate("outbox.relay", RelayProperties.class);
        } catch (BindException e) {
            throw new InvalidOutboxException(outbox.name(), Causes.inOneLine(e), e);
        }
    }

    private static ConfigurableEnvironment environment(
            OutboxEntry outbox, ConfigurableEnvironment sidecar, Map<String, Object> extended) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.setConversionService(
                (ConfigurableConversionService) ApplicationConversionService.getSharedInstance());
        MutablePropertySources sources = environment.getPropertySources();
        sources.stream().map(PropertySource::getName).toList().forEach(sources::remove);
        sources.addLast(new MapPropertySource("outbox " + outbox.name(), outbox.properties()));
        sources.addLast(new MapPropertySource("outbox context", extended));
        sidecar.getPropertySources().stream()
                .filter(source -> !source.getName().equals(ATTACHED))
                .forEach(sources::addLast);
        ConfigurationPropertySources.attach(environment);
        return environment;
    }
}
