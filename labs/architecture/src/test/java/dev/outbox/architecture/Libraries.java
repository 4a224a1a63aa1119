package dev.outbox.architecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import java.util.regex.Pattern;

/** The classes that users get, without tests and without the servers that tests run on. */
final class Libraries implements ImportOption {

    private static final ImportOption TESTS = new DoNotIncludeTests();
    private static final Pattern NOT_FOR_USERS = Pattern.compile(".*(-tests\\.jar|dev/outbox/embedded/).*");

    @Override
    public boolean includes(Location location) {
        return TESTS.includes(location) && !location.matches(NOT_FOR_USERS);
    }
}
