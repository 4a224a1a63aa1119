package dev.outbox.adoption;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.Configurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.util.ClassUtils;

/** Whose auto-configurations come after Boot's cannot make one of Boot's come before another. */
class OrderOfBootTests {

    private static final Predicate<Class<?>> OURS = type -> type.getName().startsWith("dev.outbox.");

    @Test
    void bootsAutoConfigurationsAreInTheOrderThatTheyHaveWithoutTheStarter() {
        List<Class<?>> withTheStarter = sorted(all());
        List<Class<?>> without = sorted(all().filter(OURS.negate()));
        assertThat(withTheStarter).filteredOn(OURS).isNotEmpty();
        assertThat(withTheStarter).filteredOn(OURS.negate()).isEqualTo(without);
    }

    private static List<Class<?>> sorted(Stream<Class<?>> autoConfigurations) {
        return List.of(Configurations.getClasses(AutoConfigurations.of(autoConfigurations.toArray(Class[]::new))));
    }

    private static Stream<Class<?>> all() {
        ClassLoader classLoader = OrderOfBootTests.class.getClassLoader();
        return ImportCandidates.load(AutoConfiguration.class, classLoader).getCandidates().stream()
                .map(name -> ClassUtils.resolveClassName(name, classLoader));
    }
}
