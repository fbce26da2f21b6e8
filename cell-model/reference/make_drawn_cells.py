"""Makes cells with drawn parameters, cycled by PyBaMM's DFN, that the twin is tested on.

    pip install -r requirements.txt
    python make_drawn_cells.py --jobs 2          # all (an hour on two busy cores)
    python make_drawn_cells.py --cells 3         # the first three of each design, to try it
    python make_drawn_cells.py --convergence     # how far a finer mesh and a tighter tolerance move the rows

A cell is drawn as the Java side draws its own, by a second, independent reading of the same files: each value by the
spread that its parameter file declares, then the parameters of one calibrated cell of the design (the posterior files)
in their place, then a film as thick as that calibrated cell's after a number of cycles between 0 and 500. The numbers
come from numpy's generator, keyed by design and number of the cell. A cell that PyBaMM does not get through (salt runs
out in the depth of a thick cathode, and its solver gives up) is drawn anew: one of ninety, pouch-ncm523-ppla-20.

A cycle: charge at a rate to the upper limit, hold it until the current has fallen to a twentieth of 1 C or for an hour,
rest, discharge at the same rate to the lower limit, rest. Rows as a tester logs them: the first 0.1 s and 1 s after a
step begins, then whenever the voltage has moved by 10 mV or an interval has passed, and the end of the step.
Current is positive when it charges the cell.
"""

from __future__ import annotations

import argparse
import gzip
import io
import math
import multiprocessing
import time
import warnings
from dataclasses import replace
from pathlib import Path

import numpy as np
import pybamm

from halfcell import SKIN, HalfCell, Mesh, build_simulation
from make_reference import NO_CUT_OFF_V
from parameter_files import UNITS, load_cell, merged, stoichiometry_at

RESOURCES = Path(__file__).resolve().parent.parent / "src/main/resources/io/pouchtwin/cell"
OUTPUT = RESOURCES / "reference/drawn"

# Rates of the cycles of each design: the first three teach, the others count.
RATES = {
    "coin-ncm523-ppla": (1.0, 2.0, 5.0, 1.0, 2.0, 5.0, 1.0, 2.0, 5.0, 1.0),
    "pouch-5c-ncm523-ppla": (1.0, 2.0, 5.0, 1.0, 2.0, 5.0, 1.0, 2.0, 5.0, 1.0),
    "pouch-ncm523-ppla": (0.5, 1.0, 2.0, 0.5, 1.0, 2.0, 0.5, 1.0, 2.0, 0.5),
}
CELLS_PER_DESIGN = 30
SEED = 2029
MOST_ATTEMPTS = 5
KELVIN = 298.15
REST_S = 900.0
LONGEST_HOLD_S = 3600.0
TAPER_C_RATE = 0.05
START_SOC = 0.3
OLDEST_CYCLES = 500
MOST_FILM_V = 0.25  # a cell whose film takes more at 1 C has reached its end
ROW_V = 0.010
ROW_S = 60.0  # at 1 C and below; shorter at higher rates
MESH = Mesh(membrane=20, cathode=40, particle=40)
TOLERANCE = 1e-6

# What a column of the posterior multiplies, and what it replaces, as in the Java side's DrawnCell.
FACTORS = {
    "diffusivity_factor": "cathode.diffusivity.reference",
    "cathode_exchange_factor": "cathode.exchange_current.prefactor",
    "active_fraction_factor": "cathode.loading",
    "lithium_exchange_factor": "lithium.exchange_current.prefactor",
    "membrane_resistance_factor": "membrane.thickness",
    "pore_transport_factor": "cathode.transport_efficiency",
}
CONDUCTIVITY = "electrolyte.transport.conductivity"  # its spread is in the membrane's factor already
COLUMNS = "time_s,step,cycle,current_a,voltage_v,temperature_k,mean_stoichiometry,surface_stoichiometry"


def posterior(design: str) -> tuple[list[str], np.ndarray]:
    lines = [l for l in (RESOURCES / f"posterior/{design}.csv").read_text().splitlines() if not l.startswith("#")]
    rows = [l.split(",") for l in lines[1:] if not l.startswith("map,")]
    return lines[0].split(",")[1:], np.array([[float(v) for v in row[1:]] for row in rows])


def draw(design: str, number: int, attempt: int) -> dict:
    """The entries of a drawn cell."""
    nominal = merged(design)
    rng = np.random.default_rng([SEED, list(RATES).index(design), number] + [attempt] * (attempt > 0))
    columns, rows = posterior(design)
    while True:
        entries = {key: dict(entry) for key, entry in nominal.items()}
        for entry in entries.values():
            spread = entry.get("spread")
            if spread:
                z = float(np.clip(rng.standard_normal(), -3, 3))
                normal = spread["law"] == "normal"
                sigma = float(spread["sigma"])
                entry["value"] = entry["value"] + sigma * z if normal else entry["value"] * math.exp(sigma * z)
        row = dict(zip(columns, rows[rng.integers(len(rows))]))
        entries[CONDUCTIVITY]["value"] = nominal[CONDUCTIVITY]["value"]
        for column, key in FACTORS.items():
            if column in row:
                entries[key]["value"] = nominal[key]["value"] * row[column]
        slope = "cathode.diffusivity.slope"
        if slope in nominal and "diffusivity_slope_change" in row:
            entries[slope]["value"] = nominal[slope]["value"] + row["diffusivity_slope_change"]
        _set_si(entries, "contact.resistance", row["contact_resistance"])
        _set_si(entries, "lithium.efficiency", row["plating_efficiency"])
        film = row["film_resistance"] + row["film_growth_ohm_m2_per_cycle"] * OLDEST_CYCLES * rng.random()
        _set_si(entries, "lithium.film.resistance", film)
        area = entries["cell.area"]["value"] * UNITS[entries["cell.area"]["unit"]]
        one_c = nominal["cell.nominal_capacity"]["value"] * UNITS[nominal["cell.nominal_capacity"]["unit"]] / 3600
        solid = entries["cathode.active_fraction"]["value"] * UNITS[entries["cathode.active_fraction"]["unit"]]
        pores = entries["cathode.porosity"]["value"] * UNITS[entries["cathode.porosity"]["unit"]]
        if film * one_c / area <= MOST_FILM_V and 0 < pores and solid + pores < 1:
            return entries


def _set_si(entries: dict, key: str, si: float) -> None:
    entries[key]["value"] = float(si) / UNITS[entries[key]["unit"]]


class Cycler:
    """One cell on a tester that can hold a current or a voltage."""

    def __init__(self, cell: HalfCell, mesh: Mesh, rtol: float, atol: float):
        self.cell = cell
        taper = TAPER_C_RATE * cell.one_c_a
        current = build_simulation(cell, "DFN", mesh, rtol, atol)
        voltage = build_simulation(cell, "DFN", mesh, rtol, atol, held="voltage", taper_a=taper)
        self.models = {"current": (current.built_model, current.solver), "voltage": (voltage.built_model, voltage.solver)}
        self.state = None
        self.rows: list[tuple] = []
        self.step_count, self.cycle = 0, 1
        full, empty = stoichiometry_at(cell, cell.upper_v), stoichiometry_at(cell, cell.lower_v)
        self.start = empty + START_SOC * (full - empty)

    def _advance(self, held: str, value: float, seconds: float, low: float, high: float):
        model, solver = self.models[held]
        inputs = {
            "Current function [A]": -value if held == "current" else 0.0,
            "Voltage function [V]": value if held == "voltage" else 0.0,
            "Lower voltage cut-off [V]": low,
            "Upper voltage cut-off [V]": high,
            "Ambient temperature [K]": KELVIN,
            "Initial temperature [K]": KELVIN,
            "Initial concentration in positive electrode [mol.m-3]": self.start * self.cell.max_mol_per_m3,
        }
        state = None
        if self.state is not None:
            state = self.state.last_state
            state.termination = "final time"
        return solver.step(state, model, seconds, inputs=inputs, save=False)

    def _log(self, solution, every_s: float) -> None:
        self.step_count += 1
        begin, end = float(solution.t[0]), float(solution.t[-1])
        length = end - begin
        near_end = length - np.geomspace(1e-3 * length, 0.01, 400) if length > 20 else []
        grid = np.unique(np.concatenate([[0.1, 1.0], np.linspace(0, length, 3000)[1:], np.geomspace(0.1, length, 400), near_end]))
        grid = begin + grid[(grid > 0.05) & (grid < length - 0.005)]
        times = np.append(np.round(grid, 3), end)
        read = lambda name: np.atleast_1d(solution[name](t=np.clip(times, begin, end)))
        volts = read("Voltage [V]")
        scale = self.cell.max_mol_per_m3
        columns = np.column_stack(
            [
                times,
                -read("Current [A]"),
                volts,
                read(SKIN),
                read("Average positive particle concentration [mol.m-3]") / scale,
                read("X-averaged positive particle surface concentration [mol.m-3]") / scale,
            ]
        )
        last_t, last_v = begin, None
        for k, (t, v) in enumerate(zip(times, volts)):
            early = k in (int(np.argmin(np.abs(times - begin - 0.1))), int(np.argmin(np.abs(times - begin - 1.0))))
            due = last_v is not None and (abs(v - last_v) >= ROW_V or t - last_t >= every_s - 1e-9)
            if early or k == len(times) - 1 or (due and t - last_t >= 0.05):
                self.rows.append((self.step_count, self.cycle, columns[k]))
                last_t, last_v = t, v
        self.state = solution

    def _beyond(self, current: float) -> bool:
        """Whether the first millisecond of a current is beyond the limit that it runs to."""
        solution = self._advance("current", current, 1e-3, -NO_CUT_OFF_V, NO_CUT_OFF_V)
        volts = float(np.atleast_1d(solution["Voltage [V]"](t=solution.t[-1]))[-1])
        return volts >= self.cell.upper_v if current > 0 else volts <= self.cell.lower_v

    def _run_to_limit(self, current: float, rate: float) -> None:
        if self._beyond(current):
            return
        low = -NO_CUT_OFF_V if current > 0 else self.cell.lower_v
        high = self.cell.upper_v if current > 0 else NO_CUT_OFF_V
        solution = self._advance("current", current, 3 * 3600 / rate, low, high)
        self._log(solution, ROW_S / max(1.0, rate))

    def rest(self) -> None:
        self._log(self._advance("current", 0.0, REST_S, -NO_CUT_OFF_V, NO_CUT_OFF_V), 2 * ROW_S)

    def begin(self) -> None:
        self._log(self._advance("current", 0.0, 60.0, -NO_CUT_OFF_V, NO_CUT_OFF_V), 30.0)

    def run(self, rate: float) -> None:
        one_c = self.cell.one_c_a
        self._run_to_limit(rate * one_c, rate)
        hold = self._advance("voltage", self.cell.upper_v, LONGEST_HOLD_S, -NO_CUT_OFF_V, NO_CUT_OFF_V)
        self._log(hold, 2 * ROW_S)
        self.rest()
        self._run_to_limit(-rate * one_c, rate)
        self.rest()
        self.cycle += 1


def cycle_one(design: str, number: int, mesh: Mesh, tolerance: float, cycles: int = 10) -> tuple[dict, list]:
    warnings.filterwarnings("ignore")
    pybamm.set_logging_level("ERROR")
    for attempt in range(MOST_ATTEMPTS):
        try:
            return _cycle(design, draw(design, number, attempt), mesh, tolerance, cycles)
        except pybamm.SolverError as error:
            print(f"{design}-{number:02d}, draw {attempt}: {error}; drawn anew", flush=True)
    raise RuntimeError(f"{design}-{number:02d}: PyBaMM got through none of {MOST_ATTEMPTS} draws")


def _cycle(design: str, entries: dict, mesh: Mesh, tolerance: float, cycles: int) -> tuple[dict, list]:
    nominal = merged(design)["cell.nominal_capacity"]
    entries["cell.nominal_capacity"] = dict(nominal)  # the tester is set to the design's 1 C
    cycler = Cycler(load_cell(design, entries, skin=True), mesh, tolerance, tolerance)
    cycler.begin()
    for rate in RATES[design][:cycles]:
        cycler.run(rate)
    return entries, cycler.rows


def text_of(rows: list) -> str:
    out = io.StringIO()
    out.write(COLUMNS + "\n")
    for step, cycle, (t, i, v, k, mean, surface) in rows:
        out.write(f"{t:.3f},{step},{cycle},{i:.7g},{v:.4f},{k:.2f},{mean:.7f},{surface:.7f}\n")
    return out.getvalue()


def changed_values(design: str, entries: dict) -> list[str]:
    """The drawn values in SI, as text."""
    nominal = merged(design)
    lines = []
    for key, entry in entries.items():
        if entry["unit"] not in ("law", "degC") and entry["value"] != nominal[key]["value"]:
            lines.append(f"{key},{entry['value'] * UNITS[entry['unit']]:.12g}")
    return lines


def make(job) -> tuple[str, list[str]]:
    design, number, output = job
    began = time.perf_counter()
    entries, rows = cycle_one(design, number, MESH, TOLERANCE)
    name = f"{design}-{number:02d}"
    (output / f"{name}.csv.gz").write_bytes(gzip.compress(text_of(rows).encode("ascii"), 9, mtime=0))
    print(f"{name}: {len(rows)} rows, {rows[-1][2][0] / 3600:.1f} h, in {time.perf_counter() - began:.0f} s", flush=True)
    return name, [f"{name},{design},{line}" for line in changed_values(design, entries)]


def convergence() -> None:
    finer = replace(MESH, membrane=2 * MESH.membrane, cathode=2 * MESH.cathode, particle=2 * MESH.particle)
    for design in RATES:
        _, rows = cycle_one(design, 0, MESH, TOLERANCE, 3)
        for label, mesh, tolerance in (("twice the mesh", finer, TOLERANCE), ("tolerance / 10", MESH, TOLERANCE / 10)):
            _, other = cycle_one(design, 0, mesh, tolerance, 3)
            print(f"{design}, {label}: {_distance(rows, other)}", flush=True)


def _distance(rows: list, other: list) -> str:
    """Step by step, over the share of the step's own length: limits are met a little sooner or later."""
    errors, ends = [], []
    for step in sorted({row[0] for row in rows}):
        a, b = (np.array([r[2] for r in source if r[0] == step]) for source in (rows, other))
        if len(a) < 3 or len(b) < 3 or abs(a[-1, 1]) < 1e-9:
            continue
        since = lambda c: c[:, 0] - c[0, 0]
        errors.append(np.interp(since(a)[1:-1], since(b), b[:, 2]) - a[1:-1, 2])
        ends.append(since(b)[-1] / since(a)[-1] - 1)
    all_errors = np.concatenate(errors)
    return (
        f"median {1e3 * np.median(np.abs(all_errors)):.3f} mV, rms {1e3 * np.sqrt(np.mean(all_errors**2)):.3f} mV"
        f" (between rows 10 mV apart), length of a step up to {1e2 * np.max(np.abs(ends)):.3f} %"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cells", type=int, default=CELLS_PER_DESIGN, help="of each design")
    parser.add_argument("--output", type=Path, default=OUTPUT)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--convergence", action="store_true")
    options = parser.parse_args()
    if options.convergence:
        convergence()
        return
    options.output.mkdir(parents=True, exist_ok=True)
    jobs = [(design, number, options.output) for number in range(options.cells) for design in RATES]
    with multiprocessing.Pool(options.jobs) as pool:
        made = pool.map(make, jobs, chunksize=1)
    lines = ["cell,design,key,si"] + [line for _, lines in sorted(made) for line in lines]
    (options.output / "cells.csv").write_text("\n".join(lines) + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
