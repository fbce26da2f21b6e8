package io.pouchtwin.api.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The key file, read again when it has changed, so that a key is withdrawn by deleting its line. Reads on the caller's thread, which must be one that may wait. */
public final class KeyFile {
    private static final Logger LOG = LoggerFactory.getLogger(KeyFile.class);

    private final Path path;
    private @Nullable FileTime readAt;
    private volatile ApiKeys keys = ApiKeys.NONE;

    /**
     * Reads the file for the first time.
     *
     * @throws IllegalArgumentException where it cannot be read or is not as expected, or holds no key
     */
    public KeyFile(Path path) {
        this.path = path;
        try {
            readAt = Files.getLastModifiedTime(path);
            keys = ApiKeys.parse(Files.readString(path, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "api.access.keys-file is \"" + path + "\", expected a file that can be read: " + e, e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("api.access.keys-file: " + path + ": " + e.getMessage(), e);
        }
        if (keys.size() == 0) {
            throw new IllegalArgumentException("api.access.keys-file: " + path
                    + " holds no key, expected at least one line; 'pouchtwin api-key' makes it");
        }
    }

    /** The keys as they were last read well. */
    public ApiKeys keys() {
        return keys;
    }

    /** Reads the file again if it has changed. A file that is gone or wrong changes nothing, and is said in the log. */
    public synchronized void refresh() {
        try {
            FileTime changed = Files.getLastModifiedTime(path);
            if (!changed.equals(readAt)) {
                readAt = changed;
                keys = ApiKeys.parse(Files.readString(path, StandardCharsets.UTF_8));
                LOG.info("API keys read again from {}: {} keys", path, keys.size());
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.error("API keys stay as they were, since {} cannot be read: {}", path, e.getMessage());
        }
    }
}
