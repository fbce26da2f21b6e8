package io.pouchtwin.twin.engine;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pouchtwin.stage.KafkaSettings;
import io.pouchtwin.twin.TesterAccuracy;
import io.vertx.core.Vertx;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** An engine in a process of its own, that can be killed. */
final class EngineProcess implements AutoCloseable {
    /** Snapshots so rare that most of a take-over is replay. */
    static final EngineConfig RARE_SNAPSHOTS = new EngineConfig(
            1,
            20,
            Duration.ofMillis(10),
            Duration.ofSeconds(1),
            Duration.ofSeconds(60),
            TesterAccuracy.standard(),
            60,
            Duration.ofHours(1),
            Duration.ofSeconds(30));

    private final Process process;

    private EngineProcess(Process process) {
        this.process = process;
    }

    static EngineProcess fork(String servers, Path log) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                EngineProcess.class.getName(),
                servers);
        try {
            File output = log.toFile();
            return new EngineProcess(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output))
                    .start());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean alive() {
        return process.isAlive();
    }

    /** SIGKILL: nothing is closed, committed or said. */
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }

    /** Runs the engine of the shipped parameter sets until it is killed. */
    public static void main(String[] arguments) throws InterruptedException {
        TwinEngine engine = TwinEngine.start(
                RARE_SNAPSHOTS,
                KafkaSettings.plain(arguments[0]),
                Vertx.vertx(),
                Optional.empty(),
                new SimpleMeterRegistry());
        Runtime.getRuntime().addShutdownHook(new Thread(engine::close));
        Thread.currentThread().join();
    }
}
