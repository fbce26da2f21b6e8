package io.pouchtwin.app.pipeline;

import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts the demo in a process of its own, with an empty directory, and waits for the first prediction at its API. */
final class ColdStart {
    private static final long PATIENCE_S = 120;

    private ColdStart() {}

    /** Seconds from the start of the process to the first prediction. */
    static double measureS(Path directory) throws IOException, InterruptedException {
        int port = freePort();
        File log = directory.resolve("demo.log").toFile();
        long begun = System.nanoTime();
        Process demo = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms256m",
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.pouchtwin.app.PouchtwinCommand",
                        "demo",
                        "--kafka-port=0",
                        "--port=" + port,
                        "--data=" + directory.resolve("data")))
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        try {
            awaitPrediction(port, demo, log);
            return (double) (System.nanoTime() - begun) * 1e-9;
        } finally {
            demo.destroy();
            if (!demo.waitFor(10, TimeUnit.SECONDS)) {
                demo.destroyForcibly();
            }
        }
    }

    private static void awaitPrediction(int port, Process demo, File log) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest cells = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/cells"))
                .build();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (System.nanoTime() - deadline < 0 && demo.isAlive()) {
            try {
                HttpResponse<String> answer = client.send(cells, HttpResponse.BodyHandlers.ofString());
                if (answer.body().contains("voltage_predicted_v")) {
                    return;
                }
            } catch (ConnectException e) {
                // not listening yet
            }
            Thread.sleep(50);
        }
        throw new IOException("the demo gave no prediction within " + PATIENCE_S + " s; its output is in " + log);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
