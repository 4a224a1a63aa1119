package dev.outbox.benchmark.listener;

import dev.outbox.benchmark.contender.Business;
import dev.outbox.benchmark.contender.ConsumingContender;
import dev.outbox.benchmark.contender.Contender;
import dev.outbox.benchmark.contender.ContenderMain;
import dev.outbox.benchmark.contender.Effects;
import dev.outbox.benchmark.contender.Settings;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.transaction.PlatformTransactionManager;

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
        ConfigurableApplicationContext context = new SpringApplicationBuilder(ListenerService.class, listener)
                .run(Stream.of(settings.springArguments(), new String[] {
                            "--topic=" + settings.topic(),
                            "--spring.kafka.listener.auto-startup=false",
                            "--spring.kafka.consumer.group-id=" + settings.name(),
                            "--spring.kafka.consumer.auto-offset-reset=earliest",
                            "--spring.kafka.consumer.isolation-level=read-committed",
                            "--spring.kafka.consumer.value-deserializer=" + ByteArrayDeserializer.class.getName()
                        })
                        .flatMap(Stream::of)
                        .toArray(String[]::new));
        KafkaListenerEndpointRegistry listeners = context.getBean(KafkaListenerEndpointRegistry.class);
        return new ConsumingContender(
                Business.of(context.getBean(DataSource.class), context.getBean(PlatformTransactionManager.class)),
                context.getBean(Effects.class),
                () -> listeners.getListenerContainers().forEach(MessageListenerContainer::start),
                () -> listeners.getListenerContainers().forEach(MessageListenerContainer::stop),
                context::close);
    }
}
