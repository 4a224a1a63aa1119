import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.platform.engine.CancellationToken;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherExecutionRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.junit.platform.launcher.listeners.TestExecutionSummary.Failure;

/**
 * Runs one test class, for at most some minutes, and writes to a file what became of it: the verdict, then the failures. After
 * a few failures it is stopped, because each may have waited long for what a mutation keeps away.
 */
final class RunTest implements TestExecutionListener {

    private static final int ENOUGH = 3;

    private final Path result;
    private final CancellationToken token = CancellationToken.create();
    private int failed;

    private RunTest(Path result) {
        this.result = result;
    }

    /** Arguments: the class, the file of the result, the limit in seconds. */
    public static void main(String[] arguments) throws IOException {
        RunTest run = new RunTest(Path.of(arguments[1]));
        run.endAfter(Long.parseLong(arguments[2]), Thread.currentThread());
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(LauncherExecutionRequestBuilder.request(LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(arguments[0]))
                                .build())
                        .listeners(listener, run)
                        .cancellationToken(run.token)
                        .build());
        run.write(verdict(listener.getSummary()), listener.getSummary().getFailures());
        Runtime.getRuntime().exit(0);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult finished) {
        if (test.isTest() && finished.getStatus() == TestExecutionResult.Status.FAILED && ++failed == ENOUGH) {
            token.cancel();
        }
    }

    private static String verdict(TestExecutionSummary summary) {
        long run = summary.getTestsSucceededCount() + summary.getTestsFailedCount();
        if (run == 0) {
            return "BROKEN no test ran";
        }
        if (summary.getFailures().stream().anyMatch(RunTest::isOfTheClassFiles)) {
            return "BROKEN the patch changes a signature that another module or a test uses";
        }
        return (summary.getFailures().isEmpty() ? "SURVIVED" : "caught") + " (%d of %d%s)"
                .formatted(summary.getTestsFailedCount(), run, run < summary.getTestsFoundCount() ? ", then stopped" : "");
    }

    /** Only the patched modules are compiled anew. */
    private static boolean isOfTheClassFiles(Failure failure) {
        return Stream.iterate(failure.getException(), cause -> cause != null, Throwable::getCause)
                .anyMatch(IncompatibleClassChangeError.class::isInstance);
    }

    /** A test that hangs shows nothing. */
    private void endAfter(long seconds, Thread tests) {
        Thread watch = new Thread(() -> {
            try {
                for (long second = 0; second < seconds; second++) {
                    TimeUnit.SECONDS.sleep(1); // A suspended process does not count.
                }
                String place = Arrays.stream(tests.getStackTrace())
                        .filter(frame -> frame.getClassName().startsWith("dev.outbox"))
                        .map(StackTraceElement::toString)
                        .findFirst()
                        .orElse("an unknown place");
                write("BROKEN still running after " + seconds + " s, at " + place, List.of());
            } catch (IOException | InterruptedException e) {
                e.printStackTrace();
            } finally {
                Runtime.getRuntime().halt(1);
            }
        });
        watch.setDaemon(true);
        watch.start();
    }

    private void write(String verdict, List<Failure> failures) throws IOException {
        List<String> lines = new ArrayList<>(List.of(verdict));
        failures.forEach(failure -> {
            failure.getException().printStackTrace();
            lines.add("%s%s: %s"
                    .formatted(
                            failure.getTestIdentifier().getLegacyReportingName(),
                            line(failure),
                            failure.getException().toString().strip().replaceAll("\\s+", " ")));
        });
        Files.write(result, lines);
    }

    private static String line(Failure failure) {
        return Arrays.stream(failure.getException().getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("dev.outbox"))
                .map(frame -> " at " + frame.getFileName() + ":" + frame.getLineNumber())
                .findFirst()
                .orElse("");
    }
}
