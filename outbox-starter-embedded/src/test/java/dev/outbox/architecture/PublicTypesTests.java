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
import java.util.List;
import java.util.Objects;
import org.springframework.boot.autoconfigure.AutoConfiguration;

/**
 * The types that a service calls, implements or configures stand in a list: a type becomes public by decision. Packages named
 * {@code internal} are not for services, and auto-configurations are public so that they can be excluded.
 */
@AnalyzeClasses(packages = "dev.outbox", importOptions = Libraries.class)
class PublicTypesTests {

    @ArchTest
    static void aTypeIsPublicByDecision(JavaClasses libraries) {
        List<String> found = libraries.stream()
                .filter(type -> type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(type -> !type.getPackageName().contains(".internal")
                        && !type.getPackageName().startsWith("dev.outbox.test"))
                .filter(type -> !type.isAnnotatedWith(AutoConfiguration.class))
                .map(JavaClass::getName)
                .sorted()
                .toList();

        assertThat(found).isEqualTo(listed());
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
