package dev.outbox.eventstore.internal.snapshot;

import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a snapshot depends on besides the events: the fields of the state, of all classes that they lead to, and the version that
 * the state declares. Two builds of a service with the same fingerprint can read each other's snapshots.
 */
final class StateFingerprint {

    private final Map<String, String> classes = new TreeMap<>();

    private StateFingerprint() {}

    /** {@return the fingerprint of a class} */
    static String of(Class<?> state, int version) {
        return sha256("%d %s %s".formatted(version, state.getName(), shapeOf(state)));
    }

    /** {@return the classes that the state is made of, with their fields, constants and subclasses} */
    static String shapeOf(Class<?> state) {
        StateFingerprint fingerprint = new StateFingerprint();
        fingerprint.visit(state);
        return fingerprint.classes.toString();
    }

    private void visit(Type type) {
        if (type instanceof Class<?> known) {
            visitClass(known.isArray() ? known.componentType() : known);
        } else if (type instanceof ParameterizedType generic) {
            visit(generic.getRawType());
            Arrays.stream(generic.getActualTypeArguments()).forEach(this::visit);
        } else if (type instanceof GenericArrayType array) {
            visit(array.getGenericComponentType());
        } else if (type instanceof WildcardType wildcard) {
            Arrays.stream(wildcard.getUpperBounds()).forEach(this::visit);
        }
    }

    /** The classes of the JDK are the same for every build; how Jackson writes them is not looked at. */
    private void visitClass(Class<?> type) {
        if (type.isPrimitive() || type.getName().startsWith("java.") || classes.containsKey(type.getName())) {
            return;
        }
        classes.put(type.getName(), "");
        List<String> members = new ArrayList<>();
        if (type.isEnum()) {
            Arrays.stream(type.getEnumConstants())
                    .map(constant -> ((Enum<?>) constant).name())
                    .forEach(members::add);
        } else {
            for (Field field : fields(type)) {
                members.add(field.getName() + " " + field.getGenericType().getTypeName());
                visit(field.getGenericType());
            }
        }
        if (type.isSealed()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                members.add(permitted.getName());
                visit(permitted);
            }
        }
        classes.put(type.getName(), String.join(", ", members));
    }

    private static List<Field> fields(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
                    fields.add(field);
                }
            }
        }
        fields.sort(Comparator.comparing(Field::getName).thenComparing(Field::toString));
        return fields;
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException("Each JDK has SHA-256", never);
        }
    }
}
