package dev.outbox.test.contract;

import dev.outbox.avro.AvroAutoConfiguration;
import dev.outbox.internal.domain.DomainEventTypes;
import dev.outbox.internal.domain.OutboxProperties;
import dev.outbox.internal.format.FormatAutoConfiguration;
import dev.outbox.internal.format.PayloadFormats;
import dev.outbox.internal.upcast.UpcastAutoConfiguration;
import dev.outbox.internal.upcast.Upcasters;
import dev.outbox.upcast.Upcaster;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import tools.jackson.databind.json.JsonMapper;

/** A service as it was at several times: each time with other classes, but with the same catalog. */
final class TestContracts {

    static final String SERVICE = "order-service";

    private final CatalogFolder folder;
    private final Set<Class<?>> handled;
    private final Path module;
    private final Map<String, Object> settings = new HashMap<>();

    TestContracts(Path module, Class<?>... handled) {
        this.module = module;
        this.folder = CatalogFolder.ofModule(module);
        this.handled = Set.of(handled);
    }

    CatalogFolder folder() {
        return folder;
    }

    /** From now on the service publishes its orders as Avro, by this schema of a version. */
    void avro(int version, Schema schema) {
        settings.put("outbox.format.types.OrderPlaced", "application/avro");
        settings.put("outbox.format.avro.location", module.resolve("avro").toUri());
        CatalogFolder.write(avroFile(version), schema.toString());
    }

    Path avroFile(int version) {
        return module.resolve("avro").resolve("OrderPlaced-v%d.avsc".formatted(version));
    }

    /** The service with these classes, which are events or have upcasters. */
    Contract with(Class<?>... classes) {
        List<Class<?>> events = new ArrayList<>();
        Set<String> upcast = new HashSet<>();
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        for (Class<?> type : classes) {
            if (type.isRecord()) {
                events.add(type);
            } else {
                context.register(type);
                for (Method method : type.getDeclaredMethods()) {
                    upcast.add(method.getAnnotation(Upcaster.class).type());
                }
            }
        }
        DomainEventTypes types = DomainEventTypes.of(events, new OutboxProperties(true, List.of(), Map.of()));
        context.registerBean(DomainEventTypes.class, () -> types);
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", new HashMap<>(settings)));
        context.register(
                JacksonAutoConfiguration.class,
                AvroAutoConfiguration.class,
                FormatAutoConfiguration.class,
                UpcastAutoConfiguration.class);
        context.refresh();
        JsonMapper mapper = context.getBean(JsonMapper.class);
        EventSchemas schemas = new EventSchemas(mapper);
        PayloadFormats formats = context.getBean(PayloadFormats.class);
        List<DeclaredEvent> declared = types.all().stream()
                .map(type -> new DeclaredEvent(
                        type,
                        schemas.of(type.javaType()),
                        formats.writing(type),
                        SERVICE,
                        handled.contains(type.javaType()),
                        upcast.contains(type.eventType().name())))
                .toList();
        Clock clock = Clock.fixed(Instant.parse("2026-01-01T12:00:00Z"), ZoneOffset.UTC);
        return new Contract(
                SERVICE, declared, folder, new Payloads(context.getBean(Upcasters.class), formats, mapper), clock);
    }

    /** All that the service has to say, one line for each finding. */
    List<String> findings(Class<?>... classes) {
        return with(classes).findings().stream().map(Finding::toString).toList();
    }

    void released(Class<?>... classes) {
        with(classes).accept();
    }
}
