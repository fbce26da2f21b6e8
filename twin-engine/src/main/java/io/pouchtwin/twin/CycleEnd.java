package io.pouchtwin.twin;

import com.google.protobuf.ByteString;
import io.pouchtwin.cell.reduced.MemberParameter;
import io.pouchtwin.contracts.v1.ForecastBasis;
import io.pouchtwin.twin.ensemble.EnsembleModel;
import io.pouchtwin.twin.ensemble.Quantity;
import io.pouchtwin.twin.forecast.CycleTally;
import io.pouchtwin.twin.softshort.SoftShortWatch;
import io.pouchtwin.twin.trust.TrustMonitor;
import java.util.Map;

/** What a forecast starts from: the load that was counted of a cycle, and the ensemble at its end. */
final class CycleEnd {
    private CycleEnd() {}

    static ForecastBasis describe(
            String cell,
            EnsembleModel model,
            TrustMonitor.Verdict verdict,
            SoftShortWatch softShort,
            CycleTally tally) {
        Map<MemberParameter, double[]> rows = model.memberParameters();
        ForecastBasis.Builder basis = tally.summary()
                .setCell(cell)
                .setTestRun(tally.testRun())
                .setParameterSet(model.design().parameterSet())
                .setAreaCm2(model.design().areaCm2())
                .setNominalCapacityAh(model.design().nominalCapacityAh())
                .setTrust(StateMessage.trustState(verdict))
                .setCapacityAh(StateMessage.estimate(model, Quantity.CAPACITY_AH, 1))
                .setResistanceHealth(StateMessage.estimate(model, Quantity.RESISTANCE_RATIO, 1))
                .setLeakConductanceSiemens(StateMessage.estimate(model, Quantity.LEAK_CONDUCTANCE, 1))
                .setMembers(rows.isEmpty() ? 0 : model.members());
        if (tally.countsCharge()) {
            basis.setSoftShort(StateMessage.softShort(softShort, StateMessage.mean(model, Quantity.VOLTAGE)));
        }
        ByteString values = ByteString.EMPTY;
        for (Map.Entry<MemberParameter, double[]> row : rows.entrySet()) {
            basis.addParameter(row.getKey().name());
            values = values.concat(DoubleBytes.pack(row.getValue()));
        }
        return basis.setMemberValues(values).build();
    }
}
