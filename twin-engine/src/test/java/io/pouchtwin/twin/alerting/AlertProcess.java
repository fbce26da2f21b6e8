package io.pouchtwin.twin.alerting;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pouchtwin.stage.KafkaSettings;
import io.pouchtwin.twin.webhook.WebhookConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Alert rules and a webhook in a process of their own, that can be killed. */
final class AlertProcess implements AutoCloseable {
    private final Process process;

    private AlertProcess(Process process) {
        this.process = process;
    }

    static AlertProcess fork(String servers, String receiver, String url, Path log) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                AlertProcess.class.getName(),
                servers,
                receiver,
                url);
        try {
            return new AlertProcess(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    /** Runs until it is killed. */
    public static void main(String[] arguments) throws InterruptedException {
        AlertsConfig config = AlertsConfig.standard()
                .withWebhooks(List.of(WebhookConfig.of(arguments[1], arguments[2], Receiver.SECRET)
                        .withLongestPause(Duration.ofMillis(200))));
        AlertService service = AlertService.start(config, KafkaSettings.plain(arguments[0]), new SimpleMeterRegistry());
        Runtime.getRuntime().addShutdownHook(new Thread(service::close));
        Thread.currentThread().join();
    }
}
