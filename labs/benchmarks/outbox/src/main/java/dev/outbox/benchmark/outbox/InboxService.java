package dev.outbox.benchmark.outbox;

import dev.outbox.benchmark.contender.ConsumingContender;
import dev.outbox.benchmark.contender.Contender;
import dev.outbox.benchmark.contender.Effects;
import dev.outbox.consumer.DomainEventHandler;
import java.util.Collection;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.listener.MessageListenerContainer;

/** The consuming service, as its users write it. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class InboxService {

    static Contender contender(ConfigurableApplicationContext context) {
        Collection<MessageListenerContainer> containers =
                context.getBeansOfType(MessageListenerContainer.class).values();
        return ConsumingContender.of(
                context,
                () -> containers.forEach(MessageListenerContainer::start),
                () -> containers.forEach(MessageListenerContainer::stop),
                context::close);
    }

    @Bean
    Effects effects(JdbcClient jdbc) {
        return new Effects(jdbc);
    }

    @Bean
    Handler handler(Effects effects) {
        return new Handler(effects);
    }

    record Handler(Effects effects) {

        @DomainEventHandler
        void add(AccountChanged event) {
            effects.add(event.key(), event.mark());
        }
    }
}
