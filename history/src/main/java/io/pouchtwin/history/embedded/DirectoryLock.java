package io.pouchtwin.history.embedded;

import io.pouchtwin.history.embedded.DatabaseStartException.Code;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.LoggerFactory;

/** Holds a data directory for one database. The operating system frees it when its holder dies. */
final class DirectoryLock implements AutoCloseable {
    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    static DirectoryLock acquire(Path directory) {
        try {
            Files.createDirectories(directory);
            FileChannel channel = FileChannel.open(
                    directory.resolve("history.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                channel.close();
                throw new DatabaseStartException(
                        Code.DIRECTORY_IN_USE,
                        "The data directory " + directory.toAbsolutePath()
                                + " is in use by another running history. Stop that one, or choose another directory.");
            }
            return new DirectoryLock(channel);
        } catch (IOException e) {
            throw new DatabaseStartException(
                    Code.DIRECTORY_UNUSABLE,
                    "The data directory " + directory.toAbsolutePath() + " cannot be used: " + e
                            + ". Choose a directory that this user may write.",
                    e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // held within this process
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close(); // closing releases the lock
        } catch (IOException e) {
            LoggerFactory.getLogger(DirectoryLock.class).debug("closing the lock file", e);
        }
    }
}
