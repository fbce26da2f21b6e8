package io.pouchtwin.history.write;

import io.pouchtwin.history.DatabaseAddress;
import io.pouchtwin.history.schema.Column;
import io.pouchtwin.history.schema.HistoryTable;
import io.questdb.client.Sender;
import io.questdb.client.cutlass.line.LineSenderException;
import java.time.temporal.ChronoUnit;

/** Sends rows to a QuestDB in its line protocol over HTTP. What was sent is in the database when {@link #flush} returns. Belongs to one thread. */
final class RowSender implements AutoCloseable {
    private static final int PATIENCE_MS = 30_000;

    private final Sender sender;

    RowSender(DatabaseAddress address) {
        Sender.LineSenderBuilder builder = Sender.builder(Sender.Transport.HTTP)
                .address(address.url().getHost() + ":" + address.url().getPort())
                .httpTimeoutMillis(PATIENCE_MS)
                .retryTimeoutMillis(0)
                .disableAutoFlush();
        if (address.tls()) {
            builder.enableTls();
        }
        if (!address.user().isEmpty()) {
            builder.httpUsernamePassword(address.user(), address.password());
        }
        sender = builder.build();
    }

    void add(HistoryTable table, HistoryTable.Row row) {
        sender.table(table.name());
        table.values(row, this::addValue);
        sender.at(row.unixUs(), ChronoUnit.MICROS);
    }

    private void addValue(Column column, Object value) {
        switch (column.type()) {
            case DOUBLE -> sender.doubleColumn(column.name(), (Double) value);
            case LONG -> sender.longColumn(column.name(), (Long) value);
            case BOOLEAN -> sender.boolColumn(column.name(), (Boolean) value);
            case SYMBOL -> {
                if (!((String) value).isEmpty()) {
                    sender.symbol(column.name(), (String) value);
                }
            }
            case VARCHAR -> sender.stringColumn(column.name(), (String) value);
        }
    }

    /**
     * Waits until the database has what was added.
     *
     * @throws LineSenderException when it is away or refuses
     */
    void flush() {
        sender.flush();
    }

    @Override
    public void close() {
        // what was not flushed is read from Kafka again
        sender.reset();
        sender.close();
    }
}
