"""Makes the reference curves that the Java cell models are compared with.

    pip install -r requirements.txt
    python make_reference.py                  # all cells, all models (minutes)
    python make_reference.py --cells xu2019-half-cell --models DFN
    python make_reference.py --convergence    # halves the mesh and loosens the tolerance, prints what moves

For each cell and model it writes one CSV per case and one line per case in `cases.csv`.
Current is positive when it charges the cell (PyBaMM's own sign is the opposite).
"""

from __future__ import annotations

import argparse
import csv
import math
import multiprocessing
import sys
import time
import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pybamm
import yaml

from halfcell import MODELS, HalfCell, Mesh, build_simulation
from parameter_files import load_cell, merged, stoichiometry_at

OUTPUT = Path(__file__).resolve().parent.parent / "src/main/resources/io/pouchtwin/cell/reference"

# Cells and the C-rate that the drive profile's full scale stands for (a cell that cannot carry a
# high rate gets a gentler profile).
CELLS = {
    "xu2019-half-cell": 4.0,
    "coin-ncm523-ppla": 4.0,
    "pouch-5c-ncm523-ppla": 4.0,
    "pouch-ncm523-ppla": 1.0,
    "pouch-ncm811-ppla": 1.0,
}
RATES = (0.2, 1.0, 2.0, 5.0, 10.0)
COOL_K, WARM_K = 298.15, 318.15
REST_S = 1800.0
RTOL, ATOL = 1e-6, 1e-6
NO_CUT_OFF_V = 1e3

# Drive-like profile: (share of full scale, seconds); positive charges (regenerative braking).
DRIVE = (
    (0.0, 30.0), (-0.10, 40.0), (-0.45, 12.0), (-0.80, 8.0), (-0.25, 30.0), (0.35, 10.0), (0.0, 15.0),
    (-0.60, 15.0), (-1.00, 6.0), (-0.30, 45.0), (0.50, 8.0), (-0.15, 60.0), (0.0, 20.0), (-0.70, 20.0),
    (-0.20, 90.0), (0.60, 6.0), (-0.90, 10.0), (-0.40, 60.0), (0.25, 30.0), (0.0, 60.0), (-0.55, 40.0),
    (-0.05, 60.0), (0.45, 12.0), (-1.00, 10.0), (-0.35, 80.0), (0.30, 60.0), (0.60, 20.0), (0.0, 120.0),
)  # fmt: skip
DRIVE_START = 0.35  # how much of the window between the cut-offs is used up at the start

COLUMNS = (
    "time_s", "current_a", "voltage_v", "temperature_k", "mean_stoichiometry", "surface_stoichiometry",
)  # fmt: skip
INDEX = (
    "case", "cell", "model", "protocol", "c_rate", "current_a", "temperature_k", "start_stoichiometry",
    "cut_off_v", "stop", "stop_time_s", "capacity_ah", "salt_min_mol_per_m3", "rest_s", "points",
    "file",
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    cell: str
    model: str
    protocol: str  # discharge | charge | drive
    c_rate: float
    temperature_k: float

    @property
    def name(self) -> str:
        rate = f"{self.c_rate:g}".replace(".", "p")
        return f"{self.model.lower()}-{self.protocol}-{rate}c-{self.temperature_k:.0f}k"


@dataclass(frozen=True)
class Curve:
    columns: np.ndarray  # rows of COLUMNS
    stop: str
    stop_time_s: float
    capacity_ah: float
    start_stoichiometry: float
    current_a: float
    cut_off_v: float
    salt_min_mol_per_m3: float


def cases_of(cell: str, models) -> list[Case]:
    cases = []
    for model in models:
        for kelvin in (COOL_K, WARM_K) if model == "DFN" else (COOL_K,):
            for protocol in ("discharge", "charge"):
                cases += [Case(cell, model, protocol, rate, kelvin) for rate in RATES]
            cases.append(Case(cell, model, "drive", CELLS[cell], kelvin))
    return cases


class Bench:
    """One built model of one cell; runs cases on it."""

    def __init__(self, cell: HalfCell, model: str, mesh: Mesh, rtol: float, atol: float):
        self.cell = cell
        simulation = build_simulation(cell, model, mesh, rtol, atol)
        self.model, self.solver = simulation.built_model, simulation.solver

    def inputs(self, current_a: float, x0: float, kelvin: float, low_v: float, high_v: float) -> dict:
        return {
            "Current function [A]": -current_a,
            "Lower voltage cut-off [V]": low_v,
            "Upper voltage cut-off [V]": high_v,
            "Ambient temperature [K]": kelvin,
            "Initial temperature [K]": kelvin,
            "Initial concentration in positive electrode [mol.m-3]": x0 * self.cell.max_mol_per_m3,
        }

    def step(self, before, seconds: float, inputs: dict):
        """One stretch at constant current, from `before` (None: at rest) on."""
        state = None
        if before is not None:
            state = before.last_state
            state.termination = "final time"
        return self.solver.step(state, self.model, seconds, inputs=inputs, save=False)

    def rows(self, solution, times, current_a: float) -> np.ndarray:
        read = lambda name: np.atleast_1d(solution[name](t=times))
        mean = read("Average positive particle concentration [mol.m-3]") / self.cell.max_mol_per_m3
        surface = read("X-averaged positive particle surface concentration [mol.m-3]")
        return np.column_stack(
            [
                times,
                np.full(len(times), current_a),
                read("Voltage [V]"),
                read("Volume-averaged cell temperature [K]"),
                mean,
                surface / self.cell.max_mol_per_m3,
            ]
        )

    def constant_current(self, case: Case) -> Curve:
        cell, charging = self.cell, case.protocol == "charge"
        current = (1 if charging else -1) * case.c_rate * cell.one_c_a
        x0 = stoichiometry_at(cell, cell.lower_v if charging else cell.upper_v)
        cut_off = cell.upper_v if charging else cell.lower_v
        low = -NO_CUT_OFF_V if charging else cut_off
        high = cut_off if charging else NO_CUT_OFF_V
        at_rest = self.step(None, 1e-3, self.inputs(0.0, x0, case.temperature_k, -NO_CUT_OFF_V, NO_CUT_OFF_V))
        start = self.rows(at_rest, np.array([0.0]), 0.0)
        free = self.inputs(current, x0, case.temperature_k, -NO_CUT_OFF_V, NO_CUT_OFF_V)
        first = self.rows(self.step(None, 1e-3, free), np.array([1e-3]), current)
        beyond = first[0, 2] >= cut_off if charging else first[0, 2] <= cut_off
        if beyond:
            # the cell cannot carry this current at all: what it shows after a millisecond, nothing more
            rows = np.vstack([start, first])
            return Curve(rows, "at-once", 0.0, 0.0, x0, current, cut_off, cell.salt_mol_per_m3)
        longest = 3 * 3600.0 / case.c_rate
        loaded = self.step(None, longest, self.inputs(current, x0, case.temperature_k, low, high))
        stop_time = float(loaded.t[-1])
        stop = "cut-off" if "voltage" in loaded.termination else loaded.termination.replace(",", ";")
        times = _sample_times(loaded, stop_time)
        parts = [start, self.rows(loaded, times, current)]
        if stop == "cut-off":
            rest = self.step(loaded, REST_S, self.inputs(0.0, x0, case.temperature_k, -NO_CUT_OFF_V, NO_CUT_OFF_V))
            late = stop_time + np.array([1, 3, 10, 30, 60, 120, 300, 600, 1200, REST_S])
            parts.append(self.rows(rest, late, 0.0))
        capacity = abs(current) * stop_time / 3600
        return Curve(np.vstack(parts), stop, stop_time, capacity, x0, current, cut_off, salt_minimum(loaded))

    def drive(self, case: Case) -> Curve:
        cell = self.cell
        full, empty = stoichiometry_at(cell, cell.upper_v), stoichiometry_at(cell, cell.lower_v)
        x0 = full + DRIVE_START * (empty - full)
        scale = case.c_rate * cell.one_c_a
        solution, elapsed, parts, salt = None, 0.0, [], cell.salt_mol_per_m3
        for share, seconds in DRIVE:
            current = share * scale
            inputs = self.inputs(current, x0, case.temperature_k, -NO_CUT_OFF_V, NO_CUT_OFF_V)
            solution = self.step(solution, seconds, inputs)
            if not parts:
                parts.append(self.rows(solution, np.array([0.0]), 0.0))
            inside = [0.5, 3.0] if seconds <= 15 else [0.5, 3.0, seconds / 2]
            parts.append(self.rows(solution, elapsed + np.array([*inside, seconds]), current))
            salt = min(salt, salt_minimum(solution))
            elapsed += seconds
        return Curve(np.vstack(parts), "profile-end", elapsed, 0.0, x0, scale, math.nan, salt)

    def run(self, case: Case) -> Curve:
        return self.drive(case) if case.protocol == "drive" else self.constant_current(case)


def salt_minimum(solution) -> float:
    """Lowest salt concentration anywhere; below zero an averaged model has left its validity."""
    return float(np.min(solution["Electrolyte concentration [mol.m-3]"].entries))


def _sample_times(solution, end: float, points: int = 46) -> np.ndarray:
    """Points on a logarithm from both ends, between them those where the curves bend most.

    A discharge can end on a cliff a ten-thousandth of its length wide; with readings that close to
    the end, a mean over time gives the cliff the weight it has, not that of a whole interval.
    """
    early = [t for t in (0.1, 0.5, 2.0, 5.0, 15.0) if t < 0.05 * end]
    late = [end * (1 - q) for q in (1e-3, 3e-4, 1e-4, 3e-5)]
    dense = np.linspace(0, end, 4001)[1:]
    volts = solution["Voltage [V]"](t=dense)
    temperatures = solution["Volume-averaged cell temperature [K]"](t=dense)
    chosen = [0, len(dense) - 1]
    scale_k = max(1.0, float(np.ptp(temperatures))) / 0.2  # one kelvin counts like tens of millivolts
    while len(chosen) < points - len(early) - len(late):
        chosen.sort()
        miss = np.maximum(
            np.abs(volts - np.interp(dense, dense[chosen], volts[chosen])),
            np.abs(temperatures - np.interp(dense, dense[chosen], temperatures[chosen])) / scale_k,
        )
        # no two points closer than a thousandth of the curve, so that the tail does not take them all
        near = np.zeros(len(dense), bool)
        for index in chosen:
            near[max(0, index - 4) : index + 5] = True
        miss[near] = 0
        if miss.max() == 0:
            break
        chosen.append(int(miss.argmax()))
    times = np.round(dense[np.array(sorted(chosen))[:-1]], 3)
    return np.unique(np.concatenate([early, times[times < late[0]], late, [end]]))


def freeze_parameters(name: str, file: Path) -> None:
    """The merged values that the curves were made with: the comparison loads these, so that a later
    calibration of the shipped set does not silently compare two different cells."""
    file.write_text(
        f"title: The values of {name} that the curves beside this file were made with\nkind: half-cell\n"
        + yaml.safe_dump({"values": merged(name)}, sort_keys=False, width=1000, default_flow_style=None),
        encoding="utf-8",
    )


def write_curve(file: Path, curve: Curve) -> None:
    with file.open("w", encoding="ascii", newline="\n") as out:
        out.write(",".join(COLUMNS) + "\n")
        for t, i, v, k, mean, surface in curve.columns:
            out.write(f"{t:.12g},{i:.12g},{v:.9f},{k:.7f},{mean:.9f},{surface:.9f}\n")


def make_cell_model(job):
    name, model, mesh, output, rtol, atol = job
    warnings.filterwarnings("ignore")
    pybamm.set_logging_level("ERROR")
    cell = load_cell(name)
    bench = Bench(cell, model, mesh, rtol, atol)
    lines = []
    for case in cases_of(name, [model]):
        began = time.perf_counter()
        try:
            curve = bench.run(case)
        except pybamm.SolverError as error:
            print(f"{name} {case.name}: solver gave up: {error}", file=sys.stderr, flush=True)
            continue
        file = Path(name) / f"{case.name}.csv"
        (output / name).mkdir(parents=True, exist_ok=True)
        write_curve(output / file, curve)
        lines.append(
            {
                "case": f"{name}/{case.name}", "cell": name, "model": model, "protocol": case.protocol,
                "c_rate": f"{case.c_rate:g}", "current_a": f"{curve.current_a:.12g}",
                "temperature_k": f"{case.temperature_k:g}",
                "start_stoichiometry": f"{curve.start_stoichiometry:.15g}", "cut_off_v": f"{curve.cut_off_v:g}",
                "stop": curve.stop, "stop_time_s": f"{curve.stop_time_s:.12g}",
                "capacity_ah": f"{curve.capacity_ah:.12g}",
                "salt_min_mol_per_m3": f"{curve.salt_min_mol_per_m3:.6g}", "rest_s": f"{REST_S if curve.stop == 'cut-off' else 0:g}",
                "points": len(curve.columns), "file": file.as_posix(),
            }
        )  # fmt: skip
        print(
            f"{name} {case.name}: {curve.stop} at {curve.stop_time_s:.1f} s, {curve.capacity_ah:.6g} Ah, "
            f"{curve.columns[:, 3].max() - case.temperature_k:.2f} K warmer, {time.perf_counter() - began:.1f} s",
            flush=True,
        )
    freeze_parameters(name, output / name / "parameters.yaml")
    return lines


def convergence(cells, models, mesh: Mesh) -> None:
    """How far the curves move when the mesh is halved, and when the tolerance is a hundred times looser."""
    warnings.filterwarnings("ignore")
    pybamm.set_logging_level("ERROR")
    for name in cells:
        cell = load_cell(name)
        for model in models:
            fine = Bench(cell, model, mesh, RTOL, ATOL)
            others = {
                "half the mesh": Bench(cell, model, mesh.coarser(), RTOL, ATOL),
                "tolerance x100": Bench(cell, model, mesh, RTOL * 100, ATOL * 100),
            }
            for rate in (1.0, 5.0, 10.0):
                case = Case(name, model, "discharge", rate, COOL_K)
                reference = fine.run(case)
                for label, bench in others.items():
                    print(f"{name} {model} {rate:g}C, {label}: {_distance(reference, bench.run(case))}", flush=True)


def _distance(a: Curve, b: Curve) -> str:
    if a.stop != "cut-off" or b.stop != "cut-off":
        return f"{a.stop} / {b.stop}"
    end = min(a.stop_time_s, b.stop_time_s)
    grid = np.linspace(1.0, 0.98 * end, 400)
    keep = lambda c: c.columns[(c.columns[:, 0] > 0) & (c.columns[:, 0] <= c.stop_time_s)]
    from scipy.interpolate import CubicSpline

    va, vb = (CubicSpline(keep(c)[:, 0], keep(c)[:, 2])(grid) for c in (a, b))
    rms = 1e3 * float(np.sqrt(np.mean((va - vb) ** 2)))
    return f"rms {rms:.4f} mV, stop time {1e2 * (b.stop_time_s / a.stop_time_s - 1):+.4f} %"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cells", nargs="+", choices=list(CELLS), default=list(CELLS))
    parser.add_argument("--models", nargs="+", choices=list(MODELS), default=list(MODELS))
    parser.add_argument("--output", type=Path, default=OUTPUT)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--convergence", action="store_true")
    options = parser.parse_args()
    mesh = Mesh()
    if options.convergence:
        convergence(options.cells, options.models, mesh)
        return
    jobs = [(c, m, mesh, options.output, RTOL, ATOL) for c in options.cells for m in options.models]
    if options.jobs > 1:
        with multiprocessing.Pool(options.jobs) as pool:
            lines = [line for made in pool.map(make_cell_model, jobs, chunksize=1) for line in made]
    else:
        lines = [line for job in jobs for line in make_cell_model(job)]
    index = options.output / "cases.csv"
    made = {line["case"] for line in lines}
    if index.exists():
        with index.open(encoding="ascii", newline="") as existing:
            lines = [row for row in csv.DictReader(existing) if row["case"] not in made] + lines
    order = {name: position for position, name in enumerate(CELLS)}
    lines.sort(key=lambda row: (order.get(row["cell"], 99), row["model"], row["protocol"], float(row["c_rate"]), row["temperature_k"]))
    with index.open("w", encoding="ascii", newline="") as out:
        writer = csv.DictWriter(out, INDEX, lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)
    print(f"{len(lines)} cases in {index}")


if __name__ == "__main__":
    main()
