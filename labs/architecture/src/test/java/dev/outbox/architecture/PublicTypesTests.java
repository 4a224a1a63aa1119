package dev.outbox.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.AutoConfiguration;

/**
 * The types that a service calls, implements or configures stand in a list: a type becomes public by decision. Packages named
 * {@code internal} are not for services, and auto-configurations are public so that they can be excluded. Each public type says
 * in which version it was added.
 */
@AnalyzeClasses(packages = "dev.outbox", importOptions = Libraries.class)
class PublicTypesTests {

    private static final Pattern SINCE = Pattern.compile("(?m)^ \\* @since \\d+\\.\\d+\\.\\d+\n \\*/$");

    @ArchTest
    static void aTypeIsPublicByDecision(JavaClasses libraries) {
        List<String> found = forUsers(libraries)
                .filter(type -> !type.getPackageName().startsWith("dev.outbox.test"))
                .filter(type -> !type.isAnnotatedWith(AutoConfiguration.class))
                .map(JavaClass::getName)
                .sorted()
                .toList();

        assertThat(found).isEqualTo(listed());
    }

    /** The tag is the last one of the type's Javadoc, as in {@code @since 0.1.0}. */
    @ArchTest
    static void aPublicTypeSaysSinceWhen(JavaClasses libraries) {
        List<String> found = forUsers(libraries)
                .filter(type -> !SINCE.matcher(source(type)).find())
                .map(JavaClass::getName)
                .sorted()
                .toList();

        assertThat(found).as("types whose Javadoc does not end with @since").isEmpty();
    }

    private static Stream<JavaClass> forUsers(JavaClasses libraries) {
        return libraries.stream()
                .filter(type -> type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(type -> !type.getPackageName().contains(".internal"));
    }

    private static String source(JavaClass type) {
        String path = type.getName().replace('.', '/') + ".java";
        try (Stream<Path> modules = Files.list(Path.of("../.."))) {
            return Files.readString(modules.map(module -> module.resolve("src/main/java/" + path))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("No module has the source " + path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> listed() {
        try (InputStream list =
                Objects.requireNonNull(PublicTypesTests.class.getResourceAsStream("/public-types.txt"))) {
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
