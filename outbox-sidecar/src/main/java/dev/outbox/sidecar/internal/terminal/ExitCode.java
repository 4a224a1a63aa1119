package dev.outbox.sidecar.internal.terminal;

import java.util.LinkedHashMap;
import java.util.Map;

/** How a command ends, for scripts. */
public enum ExitCode {
    DONE(0, "Done."),
    REFUSED(1, "Refused: by the server, or by the person who was asked."),
    USAGE(2, "The command is wrong, or there is nobody to ask."),
    UNREACHABLE(3, "The sidecar cannot be reached, or does not know the user."),
    MOVED(4, "There are more or fewer events than were seen. Nothing has changed.");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public int code() {
        return code;
    }

    public static Map<String, String> described() {
        Map<String, String> all = new LinkedHashMap<>();
        for (ExitCode code : values()) {
            all.put(String.valueOf(code.code()), code.meaning);
        }
        return all;
    }
}
