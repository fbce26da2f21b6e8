package io.pouchtwin.cell.reduced;

/**
 * The members of one cell's ensemble: states, parameters and outputs as rows {@code double[quantity][member]}.
 *
 * <p>The rows are the ensemble's own and stay the same arrays for its life; a filter may write to states and parameters and must then call {@link ReducedCell#evaluate}. Belongs to one thread at a time.
 */
public final class Ensemble {
    private static final int SCALARS = 2;

    final int members;
    final StateLayout layout;
    final double[][] state;
    final NamedRows<MemberParameter> parameters;
    final NamedRows<Output> outputs;
    /** Reported current of the step before [A]. */
    double lastCurrentA;
    /** Tester time since the reported current changed [s]. */
    double sinceChangeS;

    Ensemble(StateLayout layout, int members) {
        this.members = members;
        this.layout = layout;
        state = new double[layout.rows()][members];
        parameters = new NamedRows<>(MemberParameter.class, members);
        outputs = new NamedRows<>(Output.class, members);
    }

    /** Number of members. */
    public int members() {
        return members;
    }

    /** Which state row holds what. */
    public StateLayout layout() {
        return layout;
    }

    /** State row by its number in the {@link #layout}. */
    public double[] state(int row) {
        return state[row];
    }

    /** Row of a parameter. */
    public double[] parameter(MemberParameter parameter) {
        return parameters.row(parameter);
    }

    /** Row of an output; brought up to date by every step and evaluation. */
    public double[] output(Output output) {
        return outputs.row(output);
    }

    /** Number of doubles that {@link #save} writes. */
    public int savedLength() {
        return SCALARS + members * (state.length + parameters.inOrder().length + outputs.inOrder().length);
    }

    /** Copies all that the next step depends on, row after row, to {@code target} from {@code offset} on. */
    public void save(double[] target, int offset) {
        target[offset] = lastCurrentA;
        target[offset + 1] = sinceChangeS;
        int at = offset + SCALARS;
        for (double[][] rows : new double[][][] {state, parameters.inOrder(), outputs.inOrder()}) {
            for (double[] row : rows) {
                System.arraycopy(row, 0, target, at, members);
                at += members;
            }
        }
    }

    /** Takes up what {@link #save} wrote for an ensemble of the same layout and size. */
    public void restore(double[] source, int offset) {
        lastCurrentA = source[offset];
        sinceChangeS = source[offset + 1];
        int at = offset + SCALARS;
        for (double[][] rows : new double[][][] {state, parameters.inOrder(), outputs.inOrder()}) {
            for (double[] row : rows) {
                System.arraycopy(source, at, row, 0, members);
                at += members;
            }
        }
    }

    /** Makes member {@code to} of this ensemble equal to member {@code from} of another of the same layout. */
    public void copyMember(Ensemble other, int from, int to) {
        copyMember(other.state, from, state, to);
        copyMember(other.parameters.inOrder(), from, parameters.inOrder(), to);
        copyMember(other.outputs.inOrder(), from, outputs.inOrder(), to);
        lastCurrentA = other.lastCurrentA;
        sinceChangeS = other.sinceChangeS;
    }

    private static void copyMember(double[][] source, int from, double[][] target, int to) {
        for (int row = 0; row < source.length; row++) {
            target[row][to] = source[row][from];
        }
    }

    /** Brings states and parameters back inside their physical bounds. */
    void hold() {
        for (MemberParameter p : MemberParameter.values()) {
            hold(parameter(p), p.lowest(), p.highest());
        }
        for (int row = 0; row < layout.salt(0); row++) {
            hold(state[row], 0, 1);
        }
        for (int v = 0; v < layout.saltVolumes(); v++) {
            hold(state[layout.salt(v)], ReducedDesign.SALT_LEAST, ReducedDesign.SALT_MOST);
        }
        hold(state[layout.coreTemperature()], TemperatureTable.COLDEST_K, TemperatureTable.HOTTEST_K);
        hold(state[layout.surfaceTemperature()], TemperatureTable.COLDEST_K, TemperatureTable.HOTTEST_K);
        hold(state[layout.inventory()], 0, 1e6);
    }

    private static void hold(double[] row, double lowest, double highest) {
        for (int m = 0; m < row.length; m++) {
            row[m] = Math.max(lowest, Math.min(highest, row[m]));
        }
    }
}
