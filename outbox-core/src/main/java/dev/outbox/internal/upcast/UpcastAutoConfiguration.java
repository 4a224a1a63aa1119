package dev.outbox.internal.upcast;

import dev.outbox.internal.bean.BeanMethod;
import dev.outbox.internal.domain.DomainAutoConfiguration;
import dev.outbox.internal.domain.DomainEventTypes;
import dev.outbox.internal.format.ExactDecimals;
import dev.outbox.internal.format.FormatAutoConfiguration;
import dev.outbox.internal.format.PayloadFormats;
import dev.outbox.internal.personal.PersonalReader;
import dev.outbox.personal.SubjectKeys;
import dev.outbox.upcast.Upcaster;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import tools.jackson.databind.json.JsonMapper;

/** Auto-configuration of {@link Upcaster upcasting}. */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(after = {DomainAutoConfiguration.class, FormatAutoConfiguration.class})
@ConditionalOnBean(PayloadFormats.class)
@EnableConfigurationProperties(NewerProperties.class)
public final class UpcastAutoConfiguration {

    UpcastAutoConfiguration() {}

    /** Lazy, because the classes of all beans are known only when all of them exist. */
    @Bean
    @Lazy
    Upcasters upcasters(
            ConfigurableListableBeanFactory beanFactory,
            DomainEventTypes types,
            PayloadFormats formats,
            NewerProperties newer,
            JsonMapper mapper,
            ObjectProvider<SubjectKeys> keys) {
        List<BeanMethod> methods = BeanMethod.annotatedWith(Upcaster.class, beanFactory);
        return Upcasters.of(
                methods.stream().map(UpcasterStep::of).toList(),
                types,
                formats,
                newer,
                new PersonalReader(keys::getIfAvailable, ExactDecimals.in(mapper)));
    }

    /** With a wrong chain the application does not start, whether or not a handler asks for it. */
    @Bean
    SmartInitializingSingleton upcastersCheck(ObjectProvider<Upcasters> upcasters) {
        return upcasters::getObject;
    }
}
