package dev.outbox.benchmark.listener;

import dev.outbox.benchmark.contender.ConsumingContender;
import dev.outbox.benchmark.contender.Contender;
import dev.outbox.benchmark.contender.ContenderMain;
import dev.outbox.benchmark.contender.Settings;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;

/** The service with the listener that the name says. */
public final class ListenerMain {

    private ListenerMain() {}

    /** Called by the harness. */
    public static void main(String[] arguments) throws Exception {
        ContenderMain.run(settings -> contender(settings, listener(settings.name())), arguments);
    }

    private static Class<?> listener(String name) {
        return switch (name) {
            case "listener-batch" -> BatchListener.class;
            case "listener-record" -> RecordListener.class;
            case "listener-record-inbox" -> RememberingListener.class;
            case "listener-record-tram" -> TramListener.class;
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Contender contender(Settings settings, Class<?> listener) {
        ConfigurableApplicationContext context =
                new SpringApplicationBuilder(ListenerService.class, listener).run(settings.listenerArguments());
        KafkaListenerEndpointRegistry listeners = context.getBean(KafkaListenerEndpointRegistry.class);
        return ConsumingContender.of(
                context,
                () -> listeners.getListenerContainers().forEach(MessageListenerContainer::start),
                () -> listeners.getListenerContainers().forEach(MessageListenerContainer::stop),
                context::close);
    }
}
