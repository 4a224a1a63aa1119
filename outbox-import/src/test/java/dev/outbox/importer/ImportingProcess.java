package dev.outbox.importer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The import in a process of its own, to be killed. It says after each batch how many events it has imported. */
final class ImportingProcess {

    static final String IMPORTED = "imported ";

    private ImportingProcess() {}

    static void run(String... arguments) {
        try (ConfigurableApplicationContext context =
                new SpringApplicationBuilder(ShopApplication.class).run(arguments)) {
            OutboxImport running = context.getBean(OutboxImport.class);
            long imported = 0;
            for (ImportBatch batch = running.runOnce(); !batch.isEmpty(); batch = running.runOnce()) {
                imported += batch.imported();
                System.out.println(IMPORTED + imported);
            }
        }
    }

    static Process start(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                Starter.class.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return builder.start();
    }

    /** Java 17 wants a public class with a public method. */
    public static final class Starter {

        private Starter() {}

        public static void main(String[] arguments) {
            ImportingProcess.run(arguments);
        }
    }
}
