package io.pouchtwin.gateway;

import io.pouchtwin.contracts.v1.GatewayPosition;
import io.pouchtwin.contracts.v1.RawBatch;
import io.pouchtwin.contracts.v1.Rejected;
import io.pouchtwin.contracts.v1.StopRequest;
import io.pouchtwin.gateway.neware.Entry;
import io.pouchtwin.gateway.neware.FrameException;
import io.pouchtwin.gateway.neware.NewareReply.Connected;
import io.pouchtwin.gateway.neware.NewareReply.DeviceInfo;
import io.pouchtwin.gateway.neware.NewareReply.ListedChannel;
import io.pouchtwin.gateway.neware.NewareRequest;
import io.pouchtwin.gateway.publish.TelemetryPublisher;
import io.pouchtwin.gateway.rejection.Rejection;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one tester for as long as it is deployed: connects, finds the channels, looks at all of them every poll period, and in between
 * downloads what they have stored, one page per channel in turn, so that a busy channel cannot starve the others.
 *
 * <p>All of it runs on one event loop and does one thing at a time, as the protocol demands. Whatever happens to this tester stays with it:
 * a lost connection is made again after a pause that doubles and is jittered.
 */
final class TesterAgent extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(TesterAgent.class);
    private static final long FIRST_BACK_OFF_MS = 100;
    private static final long DISCOVERY_PERIOD_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final TesterConfig config;
    private final Map<String, CellConfig> cells = new HashMap<>();
    private final Map<String, GatewayPosition> positions;
    private final GatewayMetrics metrics;
    private final PageDelivery delivery;
    private final Clocks clocks;
    private final TelemetryPublisher publisher;
    private final ProtectiveStops stops;

    private final LinkedHashMap<String, ChannelProgress> channels = new LinkedHashMap<>();
    private @Nullable NetClient client;
    private @Nullable TesterDialogue dialogue;
    private boolean stopped;
    private boolean acting;
    private int failures;
    private long nextConnectNanos;
    private long nextPollNanos;
    private long nextDiscoveryNanos;
    private long wakeTimer = -1;

    TesterAgent(
            TesterConfig config,
            List<CellConfig> cells,
            Map<String, GatewayPosition> positions,
            TelemetryPublisher publisher,
            GatewayMetrics metrics,
            Clocks clocks) {
        this.config = config;
        this.positions = positions;
        this.metrics = metrics;
        this.clocks = clocks;
        this.publisher = publisher;
        cells.forEach(c -> this.cells.put(c.channel(), c));
        stops = new ProtectiveStops(config, this.cells, publisher, clocks);
        delivery = new PageDelivery(config, publisher, metrics, clocks, this::rejectedMessage, this::onContext);
    }

    @Override
    public Future<?> start() {
        client = vertx.createNetClient(new NetClientOptions()
                .setConnectTimeout((int) config.timeouts().connect().toMillis())
                .setTcpNoDelay(true));
        nextConnectNanos = clocks.nanos();
        act();
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        stopped = true;
        if (dialogue != null) {
            dialogue.close();
        }
        metrics.connected(false);
        return client == null ? Future.succeededFuture() : client.close();
    }

    /** Somebody asks for a channel to be stopped; from any thread. */
    void stopChannel(StopRequest request, long ageMs) {
        onContext(() -> stops.take(request, ageMs));
    }

    private void onContext(Runnable task) {
        context.runOnContext(v -> {
            task.run();
            act();
        });
    }

    /** Does the one thing that is due, and comes back when it is done; sleeps when nothing is. */
    private void act() {
        if (stopped || acting) {
            return;
        }
        stops.expire();
        long now = clocks.nanos();
        TesterDialogue open = dialogue;
        if (open == null) {
            if (now - nextConnectNanos < 0) {
                sleepUntil(nextConnectNanos, now);
            } else {
                during(connect());
            }
        } else if (stops.any() && !channels.isEmpty()) {
            during(stops.next(open, channels));
        } else if (now - nextPollNanos >= 0) {
            nextPollNanos =
                    Math.max(now, nextPollNanos + config.polling().period().toNanos());
            during(poll(open, now));
        } else {
            Future<Void> turn = delivery.nextTurn(open, channels, now);
            if (turn != null) {
                during(turn);
            } else {
                sleepUntil(delivery.nextWakeNanos(now, nextPollNanos), now);
            }
        }
    }

    private void during(Future<Void> activity) {
        acting = true;
        var unused = activity.onComplete(done -> context.runOnContext(v -> {
            acting = false;
            if (done.failed() && !stopped) {
                lost(done.cause());
            }
            act();
        }));
    }

    private void sleepUntil(long nanos, long now) {
        if (wakeTimer >= 0) {
            vertx.cancelTimer(wakeTimer);
        }
        long delayMs = Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos - now));
        wakeTimer = vertx.setTimer(delayMs, id -> {
            wakeTimer = -1;
            act();
        });
    }

    private Future<Void> connect() {
        NetClient tcp = client;
        if (tcp == null) {
            return Future.failedFuture("not started");
        }
        return NewareConnection.open(vertx, tcp, config).compose(connection -> {
            TesterDialogue opened = new TesterDialogue(connection, metrics, clocks::nanos);
            dialogue = opened;
            return opened.ask(
                            NewareRequest.connect(
                                    config.login().user(), config.login().password()),
                            Connected.class)
                    .compose(answer -> {
                        if (!answer.reply().accepted()) {
                            // some testers answer questions all the same, so this alone is no reason to give up
                            LOG.warn(
                                    "tester {} at {} refused the login of {}",
                                    config.name(),
                                    config.endpoint(),
                                    config.login().user());
                        }
                        return discover(opened);
                    })
                    .map(v -> {
                        LOG.info(
                                "tester {} at {} connected, {} channels",
                                config.name(),
                                config.endpoint(),
                                channels.size());
                        metrics.connected(true);
                        nextPollNanos = clocks.nanos();
                        return null;
                    });
        });
    }

    private Future<Void> discover(TesterDialogue open) {
        nextDiscoveryNanos = clocks.nanos() + DISCOVERY_PERIOD_NANOS;
        return open.ask(NewareRequest.deviceInfo(), DeviceInfo.class).map(answer -> {
            LinkedHashMap<String, ChannelProgress> found = new LinkedHashMap<>();
            for (Entry<ListedChannel> entry : answer.reply().channels()) {
                if (entry instanceof Entry.Read<ListedChannel> read) {
                    var address = read.value().address();
                    String name = address.name();
                    if (cells.containsKey(name) || config.followUnregistered()) {
                        ChannelProgress known = channels.get(name);
                        found.put(
                                name,
                                known != null
                                        ? known
                                        : new ChannelProgress(
                                                address, positions.get(TelemetryPublisher.key(config.name(), name))));
                    }
                } else if (entry instanceof Entry.Unreadable<ListedChannel> bad) {
                    reject(bad.rejection(), "", bad.text().getBytes(StandardCharsets.UTF_8));
                }
            }
            for (String name : cells.keySet()) {
                if (!found.containsKey(name) && (channels.containsKey(name) || channels.isEmpty())) {
                    LOG.warn("tester {} has no channel {} although a cell is configured on it", config.name(), name);
                }
            }
            channels.clear();
            channels.putAll(found);
            return null;
        });
    }

    private Future<Void> poll(TesterDialogue open, long now) {
        Future<Void> discovered = now - nextDiscoveryNanos >= 0
                ? discover(open)
                        .recover(failure -> failure instanceof TesterDialogue.RefusedReply refused
                                ? rejectedAndContinue(refused)
                                : Future.failedFuture(failure))
                : Future.succeededFuture();
        return discovered
                .compose(v -> new TesterPoll(open, config.polling().channelsPerRequest(), this::reject)
                        .run(new ArrayList<>(channels.values())))
                .map(v -> {
                    // only a tester that answers a whole poll is well again
                    failures = 0;
                    delivery.afterPoll(channels, clocks.nanos());
                    return null;
                });
    }

    private Future<Void> rejectedAndContinue(TesterDialogue.RefusedReply refused) {
        reject(refused.rejection(), "", refused.raw());
        return Future.succeededFuture();
    }

    private void lost(Throwable cause) {
        if (cause instanceof FrameException broken) {
            reject(broken.rejection(), "", broken.raw());
        } else if (cause instanceof TesterDialogue.RefusedReply refused) {
            reject(refused.rejection(), "", refused.raw());
        } else if (cause instanceof NewareConnection.ReplyTimeout late && late.soFar().length > 0) {
            reject(
                    Rejection.of(
                            "reply-never-ended",
                            "Bytes came but did not become a reply in time. Check that the address is a Neware BTS server."),
                    "",
                    late.soFar());
        }
        if (dialogue != null) {
            dialogue.close();
            dialogue = null;
        }
        metrics.connected(false);
        metrics.connectionLost();
        long backOffMs = backOffMs();
        nextConnectNanos = clocks.nanos() + TimeUnit.MILLISECONDS.toNanos(backOffMs);
        if (failures++ == 0) {
            LOG.warn("tester {} at {} lost: {}; trying again", config.name(), config.endpoint(), cause.getMessage());
        }
    }

    /** Doubles with every failure up to the configured limit; jittered by half so that testers behind one switch do not return at once. */
    private long backOffMs() {
        long limit = config.timeouts().longestPause().toMillis();
        long full = Math.min(limit, FIRST_BACK_OFF_MS << Math.min(failures, 20));
        return full / 2 + ThreadLocalRandom.current().nextLong(full / 2 + 1);
    }

    private void reject(Rejection rejection, String channel, byte[] raw) {
        var unused = publisher
                .publish(rejectedMessage(rejection, channel, "", 0, raw))
                .onFailure(e -> metrics.publishFailed());
    }

    private Rejected rejectedMessage(Rejection rejection, String channel, String run, long sequence, byte[] raw) {
        metrics.rejected(rejection.code());
        CellConfig cell = cells.get(channel);
        return rejection
                .toMessage(config.endpoint(), raw)
                .setTester(config.name())
                .setChannel(channel)
                .setTestRun(run)
                .setSequence(sequence)
                .setCell(cell == null ? "" : cell.cell())
                .build();
    }

    /** A batch for a channel with what all batches say. */
    static RawBatch.Builder batch(TesterConfig config, ChannelProgress channel, Clocks clocks) {
        return RawBatch.newBuilder()
                .setTester(config.name())
                .setChannel(channel.address().name())
                .setTestRun(channel.run())
                .setBarcode(channel.barcode())
                .setTimeZone(config.timeZone().getId())
                .setReceivedUnixUs(clocks.unixMicros());
    }
}
