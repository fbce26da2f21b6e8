package io.pouchtwin.kafka.embedded;

import java.nio.file.Path;

/** Tries to start a broker on a directory and prints what came of it. */
public final class SecondProcess {
    private SecondProcess() {}

    public static void main(String[] args) {
        try (EmbeddedKafka broker = EmbeddedKafka.start(BrokerSettings.local(Path.of(args[0]), 0))) {
            System.out.println("STARTED on " + broker.port());
        } catch (BrokerStartException e) {
            System.out.println(e.code() + " " + e.getMessage());
        }
    }
}
