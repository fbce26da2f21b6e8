package io.pouchtwin.twin.engine;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pouchtwin.contracts.BusAddress;
import io.pouchtwin.contracts.v1.Forecast;
import io.pouchtwin.contracts.v1.ForecastRequest;
import io.pouchtwin.contracts.v1.ForecasterState;
import io.pouchtwin.twin.forecast.DesignKnowledge;
import io.pouchtwin.twin.forecast.Forecaster;
import io.pouchtwin.twin.forecast.ShortRule;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Forecasts on request: at {@link BusAddress#forecastRequest} a {@link ForecastRequest} is answered with a {@link Forecast}, from what was learnt by the last committed cycle. One thread, a short queue; more is refused at once, so
 * that requests take nothing from the twins but one thread's share.
 *
 * <p>Failure codes are those of {@link BusAddress}.
 */
final class ForecastRequests implements AutoCloseable {
    private static final int MOST_WAITING = 16;

    private final Vertx vertx;
    private final Function<String, Optional<DesignKnowledge>> designs;
    private final ShortRule rule;
    private final WorkerExecutor worker;
    private final Map<String, ForecasterState> states = new ConcurrentHashMap<>();
    private final Map<String, MessageConsumer<Buffer>> consumers = new ConcurrentHashMap<>();
    private final AtomicInteger waiting = new AtomicInteger();

    ForecastRequests(Vertx vertx, Function<String, Optional<DesignKnowledge>> designs, ShortRule rule) {
        this.vertx = vertx;
        this.designs = designs;
        this.rule = rule;
        this.worker = vertx.createSharedWorkerExecutor("forecast-requests", 1, 60, TimeUnit.SECONDS);
    }

    /** Called by the stage's thread after a commit. */
    void offer(String cell, ForecasterState state) {
        states.put(cell, state);
        consumers.computeIfAbsent(
                cell, name -> vertx.eventBus().consumer(BusAddress.forecastRequest(name), this::take));
    }

    /** The cell is another process's now. */
    void withdraw(String cell) {
        states.remove(cell);
        MessageConsumer<Buffer> consumer = consumers.remove(cell);
        if (consumer != null) {
            consumer.unregister();
        }
    }

    private void take(Message<Buffer> message) {
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            message.fail(
                    BusAddress.TOO_MANY, "more than " + MOST_WAITING + " requests for forecasts wait; ask again later");
            return;
        }
        worker.executeBlocking(() -> answer(message.body()), false).onComplete(done -> {
            waiting.decrementAndGet();
            if (done.succeeded()) {
                message.reply(done.result());
            } else if (done.cause() instanceof UnknownCellException) {
                message.fail(BusAddress.UNKNOWN, done.cause().getMessage());
            } else {
                message.fail(BusAddress.SENSELESS, done.cause().getMessage());
            }
        });
    }

    private Buffer answer(Buffer body) throws InvalidProtocolBufferException {
        ForecastRequest request = ForecastRequest.parseFrom(body.getBytes());
        ForecasterState state = states.get(request.getCell());
        Optional<Forecast> forecast = state == null
                ? Optional.empty()
                : designs.apply(state.getLastBasis().getParameterSet())
                        .flatMap(design ->
                                Forecaster.restore(state, design, rule).whatIf(request));
        return forecast.map(f -> Buffer.buffer(f.toByteArray()))
                .orElseThrow(() -> new UnknownCellException(
                        "cell: " + request.getCell() + ", expected one that has completed a cycle"));
    }

    @Override
    public void close() {
        consumers.keySet().forEach(this::withdraw);
        worker.close();
    }

    /** Nothing is known of a cell. */
    private static final class UnknownCellException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnknownCellException(String message) {
            super(message);
        }
    }
}
