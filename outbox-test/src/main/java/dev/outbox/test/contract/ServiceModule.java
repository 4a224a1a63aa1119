package dev.outbox.test.contract;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.test.context.AnnotatedClassFinder;

/**
 * The module of the build that a service is in.
 *
 * @param application the class with {@code @SpringBootApplication}
 * @param root the folder with the build file
 * @param testClasses where the classes of the tests are
 */
record ServiceModule(
        Class<?> application, Path root, @Nullable Path testClasses) {

    private static final List<String> BUILD_FILES = List.of("pom.xml", "build.gradle", "build.gradle.kts");

    /**
     * {@return the module whose application a Spring Boot test in the package of this class would start; nothing if there is
     * none, or if the application belongs only to the tests}
     */
    static Optional<ServiceModule> ofTest(Class<?> testClass) {
        Path testClasses = locationOf(testClass).orElse(null);
        return application(testClass)
                .filter(application -> !locationOf(application).equals(Optional.ofNullable(testClasses)))
                .flatMap(application -> of(application, testClasses));
    }

    /** {@return the module of the application; nothing if it does not come from a build folder} */
    static Optional<ServiceModule> of(Class<?> application, @Nullable Path testClasses) {
        Path folder = locationOf(application).orElse(null);
        while (folder != null && BUILD_FILES.stream().map(folder::resolve).noneMatch(Files::exists)) {
            folder = folder.getParent();
        }
        return Optional.ofNullable(folder).map(root -> new ServiceModule(application, root, testClasses));
    }

    boolean contains(Class<?> type) {
        return testClasses == null || !locationOf(type).equals(Optional.of(testClasses));
    }

    /** {@return the folder that the build writes to: target, or build with Gradle} */
    Path output() {
        return root.resolve(Files.exists(root.resolve("pom.xml")) ? "target" : "build")
                .resolve("outbox");
    }

    private static Optional<Class<?>> application(Class<?> testClass) {
        try {
            return Optional.ofNullable(
                    new AnnotatedClassFinder(SpringBootConfiguration.class).findFromClass(testClass));
        } catch (IllegalStateException several) {
            return Optional.empty();
        }
    }

    private static Optional<Path> locationOf(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        URL location = source == null ? null : source.getLocation();
        return Optional.ofNullable(location).flatMap(ServiceModule::folder);
    }

    private static Optional<Path> folder(URL location) {
        try {
            URI uri = location.toURI();
            return "file".equals(uri.getScheme()) ? Optional.of(Path.of(uri)) : Optional.empty();
        } catch (URISyntaxException noFile) {
            return Optional.empty();
        }
    }
}
