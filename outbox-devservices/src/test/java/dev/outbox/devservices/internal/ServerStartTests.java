package dev.outbox.devservices.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerStartTests {

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, linux-amd64",
        "Linux, aarch64, linux-arm64v8",
        "Mac OS X, x86_64, darwin-amd64",
        "Mac OS X, aarch64, darwin-arm64v8",
        "Windows 11, amd64, windows-amd64"
    })
    void theBinariesAreNamedAsTheirArtifactIs(String osName, String osArch, String platform) {
        assertThat(MissingBinariesException.platform(osName, osArch)).isEqualTo(platform);
    }

    @Test
    void anExecutableJarIsNoClassPathForAServer() {
        assertThat(ServerProcess.isPackaged("jar:nested:/app.jar/!BOOT-INF/lib/outbox-devservices.jar!/"))
                .isTrue();
        assertThat(ServerProcess.isPackaged("file:/repository/outbox-devservices.jar"))
                .isFalse();
    }
}
