package dev.outbox.internal.upcast;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.NameBasedGenerator;
import java.util.UUID;

/** Ids of the parts of an event that was split. Each is a UUIDv5, so every delivery and every service gets the same id. */
final class PartIds {

    /** Used for these UUIDv5 ids and nothing else. Chosen once; must never change. */
    private static final UUID NAMESPACE = UUID.fromString("1f0c6c3a-6b7e-4d64-9d0b-3a0f5d1c9e42");

    private static final NameBasedGenerator GENERATOR = Generators.nameBasedGenerator(NAMESPACE);

    private PartIds() {}

    /** {@return the id of a part} */
    static String of(String parent, int index) {
        return GENERATOR.generate(parent + "#" + index).toString();
    }
}
