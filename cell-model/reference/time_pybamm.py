"""How long PyBaMM takes, warm, for what the Java models are timed on.

    python time_pybamm.py [--cells coin-ncm523-ppla pouch-ncm523-ppla] [--repeats 15]

Each line is one solve of a discharge at constant current from full to the lower cut-off (at most one
hour at 1 C), with the model built and solved before, so that neither building nor compiling counts. The
solver is IDAKLU, which is PyBaMM's fastest for these models, with its default tolerances (rtol 1e-4,
atol 1e-6) and PyBaMM's default mesh (20 points each), as its users run it, and once on the mesh and
tolerance of the reference curves.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import time
import warnings

import pybamm

from halfcell import Mesh, build_simulation
from make_reference import ATOL, COOL_K, RTOL
from parameter_files import load_cell, stoichiometry_at

DEFAULT_MESH = Mesh(membrane=20, cathode=20, particle=20, stretch=1e-3, grade=1e-3)
SETTINGS = {
    "PyBaMM's defaults": (DEFAULT_MESH, 1e-4, 1e-6),
    "as the reference curves": (Mesh(), RTOL, ATOL),
}


def time_one(cell, model: str, mesh: Mesh, rtol: float, atol: float, c_rate: float, repeats: int):
    simulation = build_simulation(cell, model, mesh, rtol, atol)
    solver, built = simulation.solver, simulation.built_model
    inputs = {
        "Current function [A]": c_rate * cell.one_c_a,
        "Lower voltage cut-off [V]": cell.lower_v,
        "Upper voltage cut-off [V]": 1e3,
        "Ambient temperature [K]": COOL_K,
        "Initial temperature [K]": COOL_K,
        "Initial concentration in positive electrode [mol.m-3]": stoichiometry_at(cell, cell.upper_v)
        * cell.max_mol_per_m3,
    }
    span = [0.0, 3600.0 / c_rate]
    taken = []
    for _ in range(repeats + 2):
        began = time.perf_counter()
        solution = solver.solve(built, span, inputs=inputs)
        taken.append(time.perf_counter() - began)
    steps = len(solution.t) - 1
    return 1e3 * statistics.median(taken[2:]), 1e3 * min(taken[2:]), steps, float(solution.t[-1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cells", nargs="+", default=["coin-ncm523-ppla", "pouch-ncm523-ppla"])
    parser.add_argument("--repeats", type=int, default=15)
    options = parser.parse_args()
    warnings.filterwarnings("ignore")
    pybamm.set_logging_level("ERROR")
    print(f"PyBaMM {pybamm.__version__}, Python {platform.python_version()}, {os.cpu_count()} processors,")
    print(f"load average at the start {os.getloadavg()[0]:.2f}; median and best of {options.repeats}")
    print("| cell | model | C-rate | mesh and tolerance | simulated [s] | steps | median [ms] | best [ms] |")
    print("|---|---|---|---|---|---|---|---|")
    for name in options.cells:
        cell = load_cell(name)
        for label, (mesh, rtol, atol) in SETTINGS.items():
            for model in ("SPM", "SPMe", "DFN"):
                median, best, steps, end = time_one(cell, model, mesh, rtol, atol, 1.0, options.repeats)
                print(
                    f"| {name} | {model} | 1 | {label} | {end:.0f} | {steps} | {median:.1f} | {best:.1f} |",
                    flush=True,
                )
    print(f"load average at the end {os.getloadavg()[0]:.2f}")


if __name__ == "__main__":
    main()
