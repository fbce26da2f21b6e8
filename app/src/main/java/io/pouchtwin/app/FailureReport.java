package io.pouchtwin.app;

import io.pouchtwin.app.config.ConfigException;
import io.pouchtwin.cell.parameters.ParameterException;
import io.pouchtwin.history.embedded.DatabaseStartException;
import io.pouchtwin.kafka.embedded.BrokerStartException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Tells a person what went wrong: one line where the message says it all, the trace where it is our own fault. */
final class FailureReport implements IExecutionExceptionHandler {

    private static final int FAILED = 1;
    private static final int WRONG_CALL = 2;

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (failure instanceof ConfigException || failure instanceof ParameterException) {
            err.println("pouchtwin: " + failure.getMessage());
            return WRONG_CALL;
        }
        if (failure instanceof BrokerStartException || failure instanceof DatabaseStartException) {
            err.println("pouchtwin: " + failure.getMessage());
            return FAILED;
        }
        err.println("pouchtwin: " + failure);
        failure.printStackTrace(err);
        return FAILED;
    }
}
