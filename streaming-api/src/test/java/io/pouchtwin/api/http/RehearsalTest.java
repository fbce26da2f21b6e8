package io.pouchtwin.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.pouchtwin.history.DatabaseAddress;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is said of a history that cannot be rehearsed. */
class RehearsalTest {
    private static final Logger LOG = (Logger) LoggerFactory.getLogger(HistoryHandlers.class);

    @Test
    void aFailureThatLastsIsSaidOnceWithItsCause() throws Exception {
        Heard heard = new Heard();
        heard.start();
        LOG.addAppender(heard);
        LOG.setLevel(Level.DEBUG);
        LOG.setAdditive(false);
        Vertx vertx = Vertx.vertx();
        try {
            new HistoryHandlers(Optional.of(nobody()), vertx).rehearse();
            await().atMost(Duration.ofSeconds(30)).until(() -> heard.events.size() >= 2);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
            LOG.detachAppender(heard);
            LOG.setLevel(null);
            LOG.setAdditive(true);
        }
        assertThat(heard.events.subList(0, 2))
                .extracting(ILoggingEvent::getLevel)
                .containsExactly(Level.INFO, Level.DEBUG);
        assertThat(heard.events.get(0).getFormattedMessage()).contains("cannot be rehearsed", "ConnectException");
    }

    /** Where nobody listens. */
    private static DatabaseAddress nobody() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return new DatabaseAddress(URI.create("http://127.0.0.1:" + free.getLocalPort()), "", "");
        }
    }

    private static final class Heard extends AppenderBase<ILoggingEvent> {
        final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            events.add(event);
        }
    }
}
