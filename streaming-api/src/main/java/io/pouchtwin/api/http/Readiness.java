package io.pouchtwin.api.http;

import java.util.List;

/** What must be true for the API to be of use; asked by {@code /health/ready}. */
@FunctionalInterface
public interface Readiness {

    /** Answers at once, from any thread. */
    List<Check> checks();

    /**
     * One thing that must be true.
     *
     * @param name what is checked
     * @param ok whether it holds
     * @param words how it stands, for a person
     */
    record Check(String name, boolean ok, String words) {}
}
