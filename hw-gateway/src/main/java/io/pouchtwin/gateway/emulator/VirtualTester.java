package io.pouchtwin.gateway.emulator;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running virtual tester: a TCP server on Vert.x, and one thread, {@code virtual-tester}, that lets the cells live and writes the
 * checkpoint. The cells go on whether anybody is connected or not.
 */
public final class VirtualTester {
    private static final Logger LOG = LoggerFactory.getLogger(VirtualTester.class);
    private static final int POINTS_PER_TURN = 64;
    private static final long PAUSE_MS = 10;
    private static final long STOP_LIMIT_MS = 2000;
    private static final long LARGEST_DERIVED_TEST_ID = 1_000_000_000;

    private final VirtualTesterConfig config;
    private final Map<String, TesterChannel> channels;
    private final TesterClock clock;
    private final Instant epoch;
    private final Faults faults = new Faults();
    private final java.util.Set<NetSocket> sockets = ConcurrentHashMap.newKeySet();
    private final NetServer server;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile boolean killed;

    private VirtualTester(
            VirtualTesterConfig config,
            Map<String, TesterChannel> channels,
            TesterClock clock,
            Instant epoch,
            Vertx vertx) {
        this.config = config;
        this.channels = channels;
        this.clock = clock;
        this.epoch = epoch;
        NewareResponder responder = new NewareResponder(channels, faults, config.timeZone(), epoch);
        this.server = vertx.createNetServer(new NetServerOptions()
                        .setHost(config.host())
                        .setPort(config.port())
                        .setTcpNoDelay(true))
                .connectHandler(socket -> serve(vertx, socket, responder));
        this.thread = new Thread(this::live, "virtual-tester");
        thread.setDaemon(true);
    }

    /** Starts a tester whose cells are full-order models with parameters drawn from their spread. */
    public static Future<VirtualTester> start(VirtualTesterConfig config, Vertx vertx) {
        return start(config, vertx, FullOrderUnderTest::of, System::nanoTime);
    }

    /**
     * Starts a tester.
     *
     * @param cells makes the cell of a channel
     * @param nanoTime the world's monotonic time, ns
     * @return the tester, once it listens
     */
    public static Future<VirtualTester> start(
            VirtualTesterConfig config,
            Vertx vertx,
            Function<VirtualCellConfig, CellUnderTest> cells,
            LongSupplier nanoTime) {
        return vertx.executeBlocking(() -> prepare(config, vertx, cells, nanoTime))
                .compose(tester -> tester.server
                        .listen()
                        .onFailure(e -> tester.closeRows())
                        .map(listening -> {
                            tester.thread.start();
                            return tester;
                        }));
    }

    private static VirtualTester prepare(
            VirtualTesterConfig config,
            Vertx vertx,
            Function<VirtualCellConfig, CellUnderTest> cells,
            LongSupplier nanoTime)
            throws IOException {
        Path directory = config.stateDirectory();
        boolean known = directory != null && Checkpoint.exists(directory);
        Checkpoint.Head head = known && directory != null
                ? Checkpoint.readHead(directory)
                : new Checkpoint.Head(Instant.ofEpochSecond(Instant.now().getEpochSecond()), 0);
        if (directory != null) {
            Files.createDirectories(directory);
        }
        int firstTestId = config.firstTestId() > 0
                ? config.firstTestId()
                : (int) (Instant.now().getEpochSecond() % LARGEST_DERIVED_TEST_ID);
        Map<String, byte[]> saved = known && directory != null ? Checkpoint.readChannels(directory) : Map.of();
        Map<String, TesterChannel> channels = new LinkedHashMap<>();
        for (int i = 0; i < config.cells().size(); i++) {
            String name = VirtualTesterConfig.channelName(i);
            VirtualCellConfig cell = config.cells().get(i);
            RowStore rows =
                    directory == null ? RowStore.inMemory() : RowStore.inFile(directory.resolve(name + ".rows"));
            TesterChannel channel =
                    new TesterChannel(new VirtualChannel(name, cell, cells.apply(cell), rows, firstTestId + i));
            byte[] state = saved.get(Checkpoint.key(name, cell));
            if (state != null) {
                channel.channel().restore(new DataInputStream(new ByteArrayInputStream(state)));
                channel.show();
            } else {
                rows.truncate(0);
                channel.channel().beginAt(head.testerTimeMs());
            }
            channels.put(name, channel);
        }
        TesterClock clock = TesterClock.from(nanoTime, config.speedUp(), head.testerTimeMs());
        return new VirtualTester(config, Collections.unmodifiableMap(channels), clock, head.epoch(), vertx);
    }

    /** The port it listens at. */
    public int port() {
        return server.actualPort();
    }

    /** The names of its channels, in order. */
    public List<String> channels() {
        return List.copyOf(channels.keySet());
    }

    /** How many points a channel has stored that can be seen. */
    public long stored(String channel) {
        TesterChannel found = channels.get(channel);
        if (found == null) {
            throw new IllegalArgumentException("channel: " + channel + ", expected one of " + channels.keySet());
        }
        return found.visible();
    }

    /** Makes something go wrong. */
    public void inject(Fault fault) {
        faults.add(fault);
    }

    /** Cuts all connections, as a network does. */
    public void cutConnections() {
        sockets.forEach(NetSocket::close);
    }

    /** Stops the cells, writes the checkpoint, and closes. */
    public Future<Void> close() {
        stopping = true;
        cutConnections();
        return server.close().eventually(this::joined);
    }

    /** Stops without a checkpoint, as a kill does. For tests. */
    Future<Void> kill() {
        killed = true;
        return close();
    }

    private Future<Void> joined() {
        return Future.future(promise -> {
            Thread waiter = new Thread(
                    () -> {
                        try {
                            thread.join(STOP_LIMIT_MS);
                            promise.complete();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                            promise.fail(e);
                        }
                    },
                    "virtual-tester-close");
            waiter.start();
        });
    }

    private void live() {
        long nextCheckpoint = System.nanoTime() + config.checkpointPeriod().toNanos();
        try {
            while (!stopping) {
                boolean there = true;
                for (TesterChannel channel : channels.values()) {
                    there &= advance(channel);
                }
                if (System.nanoTime() - nextCheckpoint >= 0) {
                    checkpoint();
                    nextCheckpoint =
                            System.nanoTime() + config.checkpointPeriod().toNanos();
                }
                if (there) {
                    Thread.sleep(PAUSE_MS);
                }
            }
            if (!killed) {
                checkpoint();
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.error("the virtual tester stops: its state cannot be kept in {}", config.stateDirectory(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closeRows();
        }
    }

    private void closeRows() {
        for (TesterChannel channel : channels.values()) {
            try {
                channel.channel().rows().close();
            } catch (IOException e) {
                LOG.warn("the points of {} cannot be closed: {}", channel.barcode(), e.getMessage());
            }
        }
    }

    /** A cell that cannot go on stops its own channel, and no other. */
    private boolean advance(TesterChannel channel) throws IOException {
        try {
            return channel.broken() || channel.advanceTo(clock.nowMs(), POINTS_PER_TURN);
        } catch (IllegalArgumentException | IllegalStateException | ArithmeticException | IndexOutOfBoundsException e) {
            channel.breakDown();
            LOG.error("the virtual cell {} cannot go on; its channel stops", channel.barcode(), e);
            return true;
        }
    }

    private void checkpoint() throws IOException {
        Path directory = config.stateDirectory();
        if (directory != null) {
            Checkpoint.write(directory, new Checkpoint.Head(epoch, clock.nowMs()), channels);
        }
    }

    private void serve(Vertx vertx, NetSocket socket, NewareResponder responder) {
        sockets.add(socket);
        Context context = vertx.getOrCreateContext();
        List<byte[]> pending = new ArrayList<>();
        StringBuilder received = new StringBuilder();
        socket.closeHandler(v -> sockets.remove(socket));
        socket.exceptionHandler(e -> LOG.debug("client lost: {}", e.getMessage()));
        socket.handler(bytes -> {
            // a request may come in pieces; ISO 8859-1 keeps every byte until the whole is decoded
            received.append(bytes.toString(StandardCharsets.ISO_8859_1));
            int end = received.indexOf("</bts>");
            while (end >= 0) {
                int begin = Math.max(0, received.indexOf("<"));
                pending.add(received.substring(begin, end + "</bts>".length()).getBytes(StandardCharsets.ISO_8859_1));
                received.delete(0, end + "</bts>".length());
                end = received.indexOf("</bts>");
            }
            for (byte[] request : pending) {
                answer(context, socket, responder, request);
            }
            pending.clear();
        });
    }

    private void answer(Context context, NetSocket socket, NewareResponder responder, byte[] request) {
        var unused = context.<byte[]>executeBlocking(() -> {
                    byte[] reply = responder.answer(ClientRequest.parse(request));
                    return reply == null ? new byte[0] : reply;
                })
                .onSuccess(reply -> send(socket, reply))
                .onFailure(e -> {
                    LOG.warn("a client's request cannot be answered: {}", e.getMessage());
                    var unusedClose = socket.close();
                });
    }

    private void send(NetSocket socket, byte[] reply) {
        Fault.OfReply fault = faults.nextOfReply();
        if (fault == null) {
            var unused = socket.write(Buffer.buffer(reply));
        } else if (fault instanceof Fault.CutMidFrame cut) {
            var unused = socket.write(Buffer.buffer(reply).slice(0, Math.min(cut.afterBytes(), reply.length - 8)))
                    .eventually(socket::close);
        } else if (fault instanceof Fault.Garbage) {
            var unused = socket.write("%$ this is not XML </bts>" + NewareServerText.TERMINATOR);
        } else if (fault instanceof Fault.UnknownCommand) {
            var unused = socket.write("<bts><cmd>frobnicate_resp</cmd></bts>" + NewareServerText.TERMINATOR);
        } else if (fault instanceof Fault.WrongUnit) {
            String text = new String(reply, StandardCharsets.UTF_8).replaceAll("subdevid=\"\\d+\"", "subdevid=\"1\"");
            var unused = socket.write(text);
        } else if (fault instanceof Fault.HugeFrame huge) {
            var unused = socket.write(
                    "<bts><cmd>" + "x".repeat(huge.bytes()) + "</cmd></bts>" + NewareServerText.TERMINATOR);
        }
        // silence sends nothing
    }
}
