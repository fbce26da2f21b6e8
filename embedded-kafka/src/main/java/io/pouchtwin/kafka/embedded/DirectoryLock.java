package io.pouchtwin.kafka.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.LoggerFactory;

/**
 * Holds a data directory for one broker.
 *
 * <p>Kafka has a lock of its own, but in combined mode the controller opens the metadata log before the broker takes it; so a second process must be turned
 * away earlier, before it touches anything. The operating system frees the lock when its holder dies.
 *
 * <p>POSIX drops a process's lock when the process closes <em>any</em> descriptor of the file, so this process must not even open the file twice: who holds what
 * within this process is kept in {@link #HELD_HERE}.
 */
final class DirectoryLock implements AutoCloseable {
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private DirectoryLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static DirectoryLock acquire(Path directory) {
        Path file = lockFile(directory);
        if (!HELD_HERE.add(file)) {
            throw inUse(directory);
        }
        boolean acquired = false;
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            acquired = lock != null;
            if (!acquired) {
                closeQuietly(channel);
                throw inUse(directory);
            }
            return new DirectoryLock(file, channel);
        } catch (IOException e) {
            throw unusable(directory, e);
        } finally {
            if (!acquired) {
                HELD_HERE.remove(file);
            }
        }
    }

    private static Path lockFile(Path directory) {
        try {
            return Files.createDirectories(directory).toRealPath().resolve("broker.lock");
        } catch (IOException e) {
            throw unusable(directory, e);
        }
    }

    private static BrokerStartException inUse(Path directory) {
        return new BrokerStartException(
                BrokerStartException.Code.DIRECTORY_IN_USE,
                "The data directory " + directory.toAbsolutePath()
                        + " is in use by another running broker. Stop that one, or choose another directory.");
    }

    private static BrokerStartException unusable(Path directory, IOException cause) {
        return new BrokerStartException(
                BrokerStartException.Code.DIRECTORY_UNUSABLE,
                "The data directory " + directory.toAbsolutePath() + " cannot be used: " + cause
                        + ". Choose a directory that this user may write.",
                cause);
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing was written through it; its lock ends with it or with the process.
            LoggerFactory.getLogger(DirectoryLock.class).debug("Closing the lock file", e);
        }
    }

    @Override
    public void close() {
        closeQuietly(channel); // closing releases the lock
        HELD_HERE.remove(file);
    }
}
