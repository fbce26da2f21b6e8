"""A lithium-metal half cell as PyBaMM sees it, built from one plain description.

`HalfCell` holds numbers in SI units and laws as Python functions; it knows nothing of parameter
files. `build_simulation` turns it into a PyBaMM SPM, SPMe or DFN. The current, the starting
stoichiometry and the surrounding temperature stay inputs, so one built model serves all cases.

Four things of PyBaMM are set on purpose, so that both sides solve the same continuum equations:
  * The film resistance on lithium enters as part of the lithium electrode's ohmic resistance
    (L / sigma). PyBaMM's own film option drops the same voltage but forgets its heat.
  * PyBaMM rounds powers off near zero with a width of 1e-3; here the width is 1e-9.
  * Transport efficiencies come from the parameter files as such (option "tortuosity factor").
  * In the DFN the heat is the total of the energy balance. PyBaMM adds up its parts, and on 60
    cathode cells the parts miss 0.12 % of the total (0.25 % on 30, 0.05 % on 120): an error of its
    mesh, worth 0.2 K in a cell that warms by 60 K.
The guard that PyBaMM adds to every open-circuit curve near 0 and 1 stays: the parameter files
define the same guard.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Callable

import numpy as np
import pybamm

pybamm.settings.tolerances["reg_power"] = 1e-9

Law = Callable[..., object]

SKIN = "Temperature of the skin [K]"

MODELS = {
    "SPM": pybamm.lithium_ion.SPM,
    "SPMe": pybamm.lithium_ion.SPMe,
    "DFN": pybamm.lithium_ion.DFN,
}


@dataclass(frozen=True)
class HalfCell:
    """One cell, SI units. `c` is a salt concentration [mol/m3], `x` a stoichiometry [-]."""

    name: str
    area_m2: float
    one_c_a: float
    lower_v: float
    upper_v: float
    reference_k: float
    salt_mol_per_m3: float

    lithium_thickness_m: float
    lithium_ohm_m2: Law  # (T): metal and film together
    lithium_exchange_a_per_m2: Law  # (c, T)

    membrane_thickness_m: float
    membrane_porosity: float
    membrane_efficiency: float

    conductivity_s_per_m: Law  # (c, T), of the solution before the transport efficiency
    diffusivity_m2_per_s: Law  # (c, T), of the solution before the transport efficiency
    transference: float
    thermodynamic_factor: float

    cathode_thickness_m: float
    cathode_porosity: float
    cathode_efficiency: float
    cathode_active_fraction: float
    cathode_conductivity_s_per_m: Law  # (T), effective
    particle_radius_m: float
    max_mol_per_m3: float
    particle_diffusivity_m2_per_s: Law  # (x, T)
    cathode_exchange_a_per_m2: Law  # (c, x, T)
    open_circuit_v: Law  # (x), without the guard at 0 and 1
    entropic_v_per_k: Law  # (x)

    contact_ohm: Law  # (T)
    heat_capacity_j_per_k: float
    cooling_w_per_k: float
    core_skin_w_per_k: float = math.inf  # inf: one temperature for the whole cell
    skin_fraction: float = 0.0  # share of the heat capacity at the skin


@dataclass(frozen=True)
class Mesh:
    """Finite volumes: membrane, cathode, particle.

    `stretch` makes the shells finer towards the surface, `grade` the cathode's cells towards the
    membrane, where reaction and concentration change most steeply.
    """

    membrane: int = 30
    cathode: int = 60
    particle: int = 60
    stretch: float = 4.0
    grade: float = 2.5

    def coarser(self) -> "Mesh":
        return replace(
            self, membrane=self.membrane // 2, cathode=self.cathode // 2, particle=self.particle // 2
        )


def parameter_values(cell: HalfCell) -> pybamm.ParameterValues:
    side = cell.area_m2**0.5
    scale = cell.max_mol_per_m3

    unit_volume = 1.0  # heat capacity and cooling are given for the whole cell
    return pybamm.ParameterValues(
        {
            "Electrode height [m]": side,
            "Electrode width [m]": side,
            "Number of electrodes connected in parallel to make a cell": 1.0,
            "Number of cells connected in series to make a battery": 1.0,
            "Nominal cell capacity [A.h]": cell.one_c_a,
            "Current function [A]": "[input]",
            "Voltage function [V]": "[input]",
            "Lower voltage cut-off [V]": "[input]",
            "Upper voltage cut-off [V]": "[input]",
            "Open-circuit voltage at 0% SOC [V]": cell.lower_v,
            "Open-circuit voltage at 100% SOC [V]": cell.upper_v,
            "Contact resistance [Ohm]": cell.contact_ohm,
            # lithium
            "Negative electrode thickness [m]": cell.lithium_thickness_m,
            "Negative electrode conductivity [S.m-1]": lambda t: cell.lithium_thickness_m
            / cell.lithium_ohm_m2(t),
            "Negative electrode OCP [V]": 0.0,
            "Negative electrode OCP entropic change [V.K-1]": 0.0,
            "Lithium metal partial molar volume [m3.mol-1]": 1.3e-5,
            "Exchange-current density for lithium metal electrode [A.m-2]": lambda c, c_li, t: (
                cell.lithium_exchange_a_per_m2(c, t)
            ),
            # membrane and the solution in it and in the pores
            "Separator thickness [m]": cell.membrane_thickness_m,
            "Separator porosity": cell.membrane_porosity,
            "Separator tortuosity factor (electrolyte)": cell.membrane_porosity / cell.membrane_efficiency,
            "Initial concentration in electrolyte [mol.m-3]": cell.salt_mol_per_m3,
            "Electrolyte conductivity [S.m-1]": cell.conductivity_s_per_m,
            "Electrolyte diffusivity [m2.s-1]": cell.diffusivity_m2_per_s,
            "Cation transference number": cell.transference,
            "Thermodynamic factor": cell.thermodynamic_factor,
            # cathode
            "Positive electrode thickness [m]": cell.cathode_thickness_m,
            "Positive electrode porosity": cell.cathode_porosity,
            "Positive electrode active material volume fraction": cell.cathode_active_fraction,
            "Positive electrode tortuosity factor (electrolyte)": cell.cathode_porosity / cell.cathode_efficiency,
            "Positive electrode tortuosity factor (electrode)": 1 - cell.cathode_porosity,
            "Positive electrode conductivity [S.m-1]": lambda *a: cell.cathode_conductivity_s_per_m(a[-1]),
            "Positive particle radius [m]": cell.particle_radius_m,
            "Maximum concentration in positive electrode [mol.m-3]": scale,
            "Initial concentration in positive electrode [mol.m-3]": "[input]",
            "Positive particle diffusivity [m2.s-1]": cell.particle_diffusivity_m2_per_s,
            "Positive electrode OCP [V]": cell.open_circuit_v,
            "Positive electrode OCP entropic change [V.K-1]": cell.entropic_v_per_k,
            "Positive electrode exchange-current density [A.m-2]": lambda c, c_surf, c_max, t: (
                cell.cathode_exchange_a_per_m2(c, c_surf / c_max, t)
            ),
            # heat: one temperature for the whole cell
            "Reference temperature [K]": cell.reference_k,
            "Ambient temperature [K]": "[input]",
            "Initial temperature [K]": "[input]",
            "Cell volume [m3]": unit_volume,
            "Cell heat capacity [J.K-1.m-3]": cell.heat_capacity_j_per_k / unit_volume,
            "Cell cooling surface area [m2]": 1.0,
            "Total heat transfer coefficient [W.m-2.K-1]": cell.cooling_w_per_k,
            "Negative current collector thickness [m]": 0.0,
            "Positive current collector thickness [m]": 0.0,
            "Negative current collector conductivity [S.m-1]": 1e30,
            "Positive current collector conductivity [S.m-1]": 1e30,
        }
    )


def heat_by_energy_balance(model, cell: HalfCell) -> None:
    """C dT/dt = -integral of a j (U - T dU/dT) - I V - h (T - T_amb), with PyBaMM's signs; core and skin apart where the
    cell has both."""
    variables = model.variables
    temperature = next(v for v in model.rhs if v.name == "Volume-averaged cell temperature [K]")
    reaction = variables["Positive electrode volumetric interfacial current density [A.m-3]"]
    enthalpy = (
        variables["Positive electrode open-circuit potential [V]"]
        - variables["Positive electrode temperature [K]"] * variables["Positive electrode entropic change [V.K-1]"]
    )
    volume = cell.area_m2 * cell.cathode_thickness_m
    heat = -volume * pybamm.x_average(reaction * enthalpy) - variables["Current [A]"] * variables["Voltage [V]"]
    cooling = cell.cooling_w_per_k * (temperature - variables["Volume-averaged ambient temperature [K]"])
    model.rhs[temperature] = (heat - cooling) / cell.heat_capacity_j_per_k
    if math.isinf(cell.core_skin_w_per_k):
        model.variables[SKIN] = temperature
        return
    # (1 - s) C dT/dt = heat - k (T - T_s),   s C dT_s/dt = k (T - T_s) - h (T_s - T_amb)
    skin = pybamm.Variable(SKIN)
    between = cell.core_skin_w_per_k * (temperature - skin)
    cooling = cell.cooling_w_per_k * (skin - variables["Volume-averaged ambient temperature [K]"])
    model.rhs[temperature] = (heat - between) / ((1 - cell.skin_fraction) * cell.heat_capacity_j_per_k)
    model.rhs[skin] = (between - cooling) / (cell.skin_fraction * cell.heat_capacity_j_per_k)
    model.initial_conditions[skin] = model.initial_conditions[temperature]
    model.variables[SKIN] = skin


def build_simulation(
    cell: HalfCell, model_name: str, mesh: Mesh, rtol: float, atol: float, held: str = "current", taper_a: float = 0
):
    """`held`: what the tester holds, "current" or "voltage"; a hold at a voltage ends when the charging current has
    fallen to `taper_a`."""
    model = MODELS[model_name](
        {
            "working electrode": "positive",
            "operating mode": held,
            "thermal": "lumped",
            "use lumped thermal capacity": "true",
            "cell geometry": "arbitrary",
            "contact resistance": "true",
            "transport efficiency": "tortuosity factor",
        }
    )
    if model_name == "DFN":
        heat_by_energy_balance(model, cell)
    if taper_a > 0:
        model.events.append(pybamm.Event("taper", -model.variables["Current [A]"] - taper_a))
    submeshes = dict(model.default_submesh_types)
    submeshes["positive particle"] = pybamm.MeshGenerator(
        pybamm.Exponential1DSubMesh, {"side": "right", "stretch": mesh.stretch}
    )
    submeshes["positive electrode"] = pybamm.MeshGenerator(
        pybamm.Exponential1DSubMesh, {"side": "left", "stretch": mesh.grade}
    )
    solver = pybamm.IDAKLUSolver(rtol=rtol, atol=atol, options={"max_num_steps": 200_000})
    simulation = pybamm.Simulation(
        model,
        parameter_values=parameter_values(cell),
        submesh_types=submeshes,
        var_pts={"x_s": mesh.membrane, "x_p": mesh.cathode, "r_p": mesh.particle, "x_n": 2, "r_n": 2},
        solver=solver,
    )
    simulation.build()
    return simulation
