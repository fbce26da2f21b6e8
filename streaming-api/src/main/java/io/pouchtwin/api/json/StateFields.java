package io.pouchtwin.api.json;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.pouchtwin.contracts.v1.TwinState;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The fields of a state that a reader wants. Whatever they are, it is told which state it is, and when it was.
 *
 * @param names of fields of the message
 */
public record StateFields(Set<String> names) {
    /** Without these nobody knows which state it is. */
    static final List<String> NAMING = List.of("cell", "test_run", "sequence");

    private static final Set<String> KNOWN = TwinState.getDescriptor().getFields().stream()
            .map(FieldDescriptor::getName)
            .collect(Collectors.toCollection(TreeSet::new));

    /** All of them. */
    public static final StateFields ALL = new StateFields(KNOWN);

    /**
     * Checks the names.
     *
     * @throws IllegalArgumentException for a field that a state does not have
     */
    public StateFields {
        names = Set.copyOf(names);
        for (String name : names) {
            if (!KNOWN.contains(name)) {
                throw new IllegalArgumentException("\"" + name + "\", expected some of " + String.join(", ", KNOWN));
            }
        }
    }

    /** These, and those that name the state. */
    public static StateFields of(Collection<String> wanted) {
        Set<String> names = new TreeSet<>(wanted);
        names.addAll(NAMING);
        return new StateFields(names);
    }

    boolean has(FieldDescriptor field) {
        return names.contains(field.getName());
    }
}
