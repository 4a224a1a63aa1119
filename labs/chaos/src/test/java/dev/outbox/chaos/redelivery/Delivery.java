package dev.outbox.chaos.redelivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outbox.chaos.Landscape;
import dev.outbox.chaos.oracle.Change;
import dev.outbox.chaos.oracle.Topic;
import dev.outbox.event.EventHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends {@link Deliveries} to the topic, as a relay would, at a steady rate and from a thread of its own, as far as it is
 * allowed to: so that what disturbs the consumers meets them at work.
 */
public final class Delivery implements AutoCloseable {

    private static final int SLICES_PER_SECOND = 100;

    private final JsonMapper json = new JsonMapper();
    private final Landscape landscape;
    private final Deliveries deliveries;
    private final int perSlice;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Semaphore allowed = new Semaphore(0);
    private final Future<?> running;

    private Delivery(Landscape landscape, Deliveries deliveries, int perSecond) {
        this.landscape = landscape;
        this.deliveries = deliveries;
        this.perSlice = Math.max(1, perSecond / SLICES_PER_SECOND);
        this.running = thread.submit(this::send);
    }

    /**
     * Starts to send, once it is allowed to.
     *
     * @param seed of all chances
     * @param events how many different ones; about a quarter more is sent
     * @param perSecond records
     */
    public static Delivery start(Landscape landscape, long seed, int events, int perSecond) {
        return new Delivery(landscape, new Deliveries(seed, events, Topic.PARTITIONS), perSecond);
    }

    /** Allows so many more records. */
    public void allow(int records) {
        allowed.release(records);
    }

    /**
     * Allows all that is left.
     *
     * @return how many records were sent, after all was
     */
    public int finish() throws ExecutionException, InterruptedException {
        allow(Integer.MAX_VALUE / 2);
        running.get();
        return deliveries.delivered();
    }

    /** {@return what happened to each account, after all was sent} */
    public List<Change> ledger() {
        return deliveries.ledger().stream()
                .map(event -> new Change(event.account(), event.number(), event.change(), false))
                .toList();
    }

    /** {@return how many events make their handlers fail, after all was sent} */
    public long failing() {
        return deliveries.ledger().stream()
                .filter(event -> event.failures() > 0)
                .count();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private Void send() throws ExecutionException, InterruptedException {
        Map<String, Object> settings = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, landscape.bootstrapServers());
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            long slice = System.nanoTime();
            while (deliveries.hasNext()) {
                for (int i = 0; i < perSlice && deliveries.hasNext(); i++) {
                    allowed.acquire();
                    sent.add(producer.send(kafkaRecord(deliveries.next())));
                }
                slice += TimeUnit.SECONDS.toNanos(1) / SLICES_PER_SECOND;
                LockSupport.parkNanos(slice - System.nanoTime());
                slice = Math.max(slice, System.nanoTime());
            }
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
        }
        return null;
    }

    private ProducerRecord<String, byte[]> kafkaRecord(AccountChanged event) {
        ProducerRecord<String, byte[]> sent = new ProducerRecord<>(
                landscape.topic(),
                Deliveries.partition(event.account(), Topic.PARTITIONS),
                event.account(),
                json.writeValueAsBytes(event));
        Map.of(
                        EventHeaders.SPEC_VERSION,
                        EventHeaders.SPEC_VERSION_VALUE,
                        EventHeaders.ID,
                        event.change().toString(),
                        EventHeaders.SOURCE,
                        "/bank",
                        EventHeaders.TYPE,
                        "AccountChanged",
                        EventHeaders.DATA_VERSION,
                        "1",
                        EventHeaders.SUBJECT,
                        event.account(),
                        EventHeaders.SEQUENCE,
                        Long.toString(event.number()),
                        EventHeaders.CONTENT_TYPE,
                        "application/json")
                .forEach((name, value) -> sent.headers().add(name, value.getBytes(UTF_8)));
        return sent;
    }
}
