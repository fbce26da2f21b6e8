package io.pouchtwin.api.security;

import java.util.Locale;
import java.util.Optional;

/** What a caller may do; each includes those before it. */
public enum Role {
    /** Look. */
    VIEWER,
    /** Look, and change what can be changed: take alerts on. */
    OPERATOR;

    /** The role of a name, as files and answers write it. */
    public static Optional<Role> of(String word) {
        for (Role role : values()) {
            if (role.word().equals(word)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }

    /** As files and answers write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether this role may do what another may. */
    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }
}
