package io.pouchtwin.app.config;

/** A configuration that cannot be used. The message names the key, the value and what was expected. */
public final class ConfigException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** An error of one key. */
    public ConfigException(String origin, String key, String value, String expected) {
        super("configuration " + origin + ": " + key + " is " + value + ", expected " + expected);
    }

    /** An error of the whole source. */
    public ConfigException(String origin, String problem) {
        super("configuration " + origin + ": " + problem);
    }
}
