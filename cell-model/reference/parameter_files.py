"""Reads the project's parameter files, in Python, without the project's Java code.

The files and their laws are defined in
`../src/main/resources/io/pouchtwin/cell/parameters/README.md`; this module is a second, independent
reading of that page, so that a mistake in either reading shows as a difference in voltage.
"""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import yaml

from halfcell import HalfCell

FOLDER = Path(__file__).resolve().parent.parent / "src/main/resources/io/pouchtwin/cell/parameters"
GAS = 8.31446261815324
FARADAY = 96485.33212331001
LITHIUM_METAL_OHM_M2 = 1e-15  # the metal itself, kept off zero; 0.1 nV at 100 A/m2

# what one of the file's units is in SI; a temperature in degC is handled apart
UNITS = {
    "1": 1.0, "law": None, "m": 1.0, "mm": 1e-3, "um": 1e-6, "nm": 1e-9, "m2": 1.0, "cm2": 1e-4,
    "m3": 1.0, "cm3": 1e-6, "V": 1.0, "mV": 1e-3, "K": 1.0, "V/K": 1.0, "mV/K": 1e-3,
    "A": 1.0, "mA": 1e-3, "Ah": 3600.0, "mAh": 3.6, "A/m2": 1.0, "mA/cm2": 10.0, "mAh/g": 3600.0,
    "S/m": 1.0, "S/cm": 100.0, "mS/cm": 0.1, "m2/s": 1.0, "cm2/s": 1e-4, "mol/m3": 1.0,
    "mol/l": 1e3, "m3/mol": 1.0, "cm3/mol": 1e-6, "kg/m3": 1.0, "g/cm3": 1e3, "kg/m2": 1.0,
    "mg/cm2": 1e-2, "g/m2": 1e-3, "J/mol": 1.0, "kJ/mol": 1e3, "eV": FARADAY, "ohm": 1.0, "ohm m2": 1.0,
    "ohm cm2": 1e-4, "J/K": 1.0, "W/K": 1.0, "W/m2/K": 1.0, "J/m2/K": 1.0, "J/kg/K": 1.0, "1/K": 1.0,
    "s": 1.0, "h": 3600.0, "kg": 1.0, "g": 1e-3, "mg": 1e-6, "%": 0.01,
}  # fmt: skip


def _flat(file: Path) -> dict:
    document = yaml.safe_load(file.read_text(encoding="utf-8"))
    values: dict = {}
    for included in document.get("includes") or []:
        values.update(_flat(FOLDER / included))
    values.update(document.get("values") or {})
    return values


def merged(name: str) -> dict:
    """All values of one cell after its includes, as they stand in the files."""
    entries = {key: dict(entry) for key, entry in _flat(FOLDER / f"{name}.yaml").items()}
    for entry in entries.values():
        if entry["unit"] != "law":
            entry["value"] = float(entry["value"])  # YAML 1.1 reads 1e-15 as a text
    return entries


class Values:
    """The merged values of one cell, in SI units; remembers which were asked for."""

    def __init__(self, name: str, entries: dict | None = None):
        self.name = name
        self._entries = merged(name) if entries is None else entries
        self.used: set[str] = set()

    def has(self, key: str) -> bool:
        return key in self._entries

    def law(self, key: str) -> str:
        self.used.add(key)
        entry = self._entries[key]
        if entry["unit"] != "law":
            raise ValueError(f"{self.name}: {key} is not a law")
        return entry["value"]

    def __call__(self, key: str, default: float | None = None) -> float:
        if key not in self._entries and default is not None:
            return default
        self.used.add(key)
        entry = self._entries[key]
        value = float(entry["value"])
        if entry["unit"] == "degC":
            return value + 273.15
        return value * UNITS[entry["unit"]]


def _tangents(curve, slope, low: float, high: float):
    """`curve` inside [low, high], its tangent at the nearer end outside."""
    u_low, u_high = float(curve(low)), float(curve(high))
    s_low, s_high = float(slope(low)), float(slope(high))

    def extended(x):
        inside = np.minimum(np.maximum(x, low), high) if not _symbolic(x) else _clip(x, low, high)
        below = (x < low) * (x - low)
        above = (x > high) * (x - high)
        return curve(inside) + s_low * below + s_high * above

    assert np.isfinite([u_low, u_high, s_low, s_high]).all()
    return extended


def _symbolic(x) -> bool:
    import pybamm

    return isinstance(x, pybamm.Symbol)


def _clip(x, low: float, high: float):
    import pybamm

    return pybamm.minimum(pybamm.maximum(x, low), high)


def _unit_interval(x):
    return _clip(x, 0.0, 1.0) if _symbolic(x) else np.clip(x, 0.0, 1.0)


def open_circuit(values: Values):
    key = "cathode.ocv"
    law = values.law(key)
    if law == "polynomial-exponential":
        a = [values(f"{key}.a{k}", 0.0) for k in range(10)]
        s, r = values(f"{key}.exp_scale", 0.0), values(f"{key}.exp_rate", 0.0)
        n, h = values(f"{key}.exp_power", 1.0), values(f"{key}.exp_shift", 0.0)

        def curve(x):
            total = a[9]
            for coefficient in reversed(a[:9]):
                total = total * x + coefficient
            return total - s * np.exp(r * x**n - h)

        def slope(x):
            total = 9 * a[9]
            for k in range(8, 0, -1):
                total = total * x + k * a[k]
            return total - s * r * n * x ** (n - 1) * np.exp(r * x**n - h)

    elif law == "tanh-sum":
        u0, u1 = values(f"{key}.u0"), values(f"{key}.u1")
        terms = [tuple(values(f"{key}.{q}{k}") for q in "abc") for k in (1, 2, 3)]

        def curve(x):
            return u0 + u1 * x + sum(a * np.tanh(b * (x - c)) for a, b, c in terms)

        def slope(x):
            return u1 + sum(a * b / np.cosh(b * (x - c)) ** 2 for a, b, c in terms)

    else:
        raise ValueError(f"{values.name}: unknown {key} law {law}")
    return _tangents(curve, slope, values(f"{key}.valid_from", 0.0), values(f"{key}.valid_to", 1.0))


def entropy(values: Values):
    key = "cathode.entropy"
    law = values.law(key)
    if law == "zero":
        return lambda x: 0 * x
    if law == "gaussian-sum":
        terms = [tuple(values(f"{key}.{q}{k}") for q in "acw") for k in (1, 2)]
        return lambda x: sum(a * np.exp(-((x - c) ** 2) / w) for a, c, w in terms)
    raise ValueError(f"{values.name}: unknown {key} law {law}")


def _arrhenius(values: Values, key: str):
    energy = values(f"{key}.activation_energy", 0.0)
    t_ref = values("temperature.reference")
    return lambda t: np.exp(energy / GAS * (1 / t_ref - 1 / t))


def diffusivity(values: Values):
    key = "cathode.diffusivity"
    law, factor = values.law(key), _arrhenius(values, key)
    if law == "constant":
        d = values(f"{key}.reference")
        return lambda x, t: d * factor(t) + 0 * x
    if law == "exponential":
        d, b = values(f"{key}.reference"), values(f"{key}.slope")
        x0 = values(f"{key}.reference_stoichiometry")
        return lambda x, t: d * np.exp(-b * (_unit_interval(x) - x0)) * factor(t)
    if law == "log-gaussian":
        d, e = values(f"{key}.prefactor"), values(f"{key}.exponent")
        terms = [tuple(values(f"{key}.{q}{k}") for q in "acw") for k in (1, 2, 3)]

        def d_of(x, t):
            x = _unit_interval(x)
            power = e - sum(a * np.exp(-((x - c) ** 2) / w) for a, c, w in terms)
            return d * np.exp(np.log(10.0) * power) * factor(t)

        return d_of
    raise ValueError(f"{values.name}: unknown {key} law {law}")


def cathode_exchange(values: Values):
    key = "cathode.exchange_current"
    law, factor = values.law(key), _arrhenius(values, key)
    if law != "power":
        raise ValueError(f"{values.name}: unknown {key} law {law}")
    i0, c0 = values(f"{key}.prefactor"), values("electrolyte.concentration")
    n = values(f"{key}.electrolyte_exponent")
    filled, empty = values(f"{key}.filled_exponent"), values(f"{key}.empty_exponent")
    return lambda c, x, t: i0 * (c / c0) ** n * x**filled * (1 - x) ** empty * factor(t)


def lithium_exchange(values: Values):
    key = "lithium.exchange_current"
    law, factor = values.law(key), _arrhenius(values, key)
    if law != "power":
        raise ValueError(f"{values.name}: unknown {key} law {law}")
    i0, c0 = values(f"{key}.prefactor"), values("electrolyte.concentration")
    n = values(f"{key}.electrolyte_exponent", 0.0)
    return lambda c, t: i0 * (c / c0) ** n * factor(t)


def _valoen_conductivity(c, t):
    m = c / 1000
    root = (
        (-10.5 + 0.0740 * t - 6.96e-5 * t**2)
        + m * (0.668 - 0.0178 * t + 2.80e-5 * t**2)
        + m**2 * (0.494 - 8.86e-4 * t)
    )
    return 0.1 * m * root**2


def _valoen_diffusivity(c, t):
    m = c / 1000
    power = -4.43 - 54 / (t - (229 + 5 * m)) - 0.22 * m
    return 1e-4 * np.exp(np.log(10.0) * power)


def electrolyte(values: Values):
    key = "electrolyte.transport"
    law = values.law(key)
    if law == "valoen-2005":
        return _valoen_conductivity, _valoen_diffusivity
    if law != "constant":
        raise ValueError(f"{values.name}: unknown {key} law {law}")
    factor = _arrhenius(values, key)
    kappa, plus = values(f"{key}.conductivity"), values("electrolyte.transference")
    c0, t_ref = values("electrolyte.concentration"), values("temperature.reference")
    d = 2 * plus * (1 - plus) * kappa * GAS * t_ref / (FARADAY**2 * c0)
    d = values(f"{key}.diffusivity", d)
    return (lambda c, t: kappa * factor(t) + 0 * c), (lambda c, t: d * factor(t) + 0 * c)


def end_guard(x):
    """What the parameter files add to every open-circuit curve (PyBaMM adds it itself)."""
    barrier = lambda s: 205.0569 * np.log1p(np.exp(-6910.192 * (s + 7.7e-4)))
    return barrier(x) - barrier(1 - x)


def load_cell(name: str, entries: dict | None = None, skin: bool = False) -> HalfCell:
    """A cell as its file says, or with other `entries` in the form of `merged`; one temperature for the whole cell unless
    its `skin` is wanted and its file has one."""
    v = Values(name, entries)
    has_skin = skin and v.law("thermal.model") == "core-surface"
    film_factor = _arrhenius(v, "lithium.film")
    film = v("lithium.film.resistance")
    area = v("cell.area")
    contact = v("contact.resistance") / area
    electronic = v("cathode.electronic_conductivity")
    conductivity, diffusion = electrolyte(v)
    if v.has("cathode.thickness"):
        thickness = v("cathode.thickness")
    else:
        thickness = v("cathode.loading") / (v("cathode.density") * v("cathode.active_fraction"))
    return HalfCell(
        name=name,
        area_m2=area,
        one_c_a=v("cell.nominal_capacity") / 3600,
        lower_v=v("window.voltage_min"),
        upper_v=v("window.voltage_max"),
        reference_k=v("temperature.reference"),
        salt_mol_per_m3=v("electrolyte.concentration"),
        lithium_thickness_m=v("lithium.thickness"),
        lithium_ohm_m2=lambda t: film / film_factor(t) + LITHIUM_METAL_OHM_M2,
        lithium_exchange_a_per_m2=lithium_exchange(v),
        membrane_thickness_m=v("membrane.thickness"),
        membrane_porosity=v("membrane.porosity"),
        membrane_efficiency=v("membrane.transport_efficiency"),
        conductivity_s_per_m=conductivity,
        diffusivity_m2_per_s=diffusion,
        transference=v("electrolyte.transference"),
        thermodynamic_factor=1.0,
        cathode_thickness_m=thickness,
        cathode_porosity=v("cathode.porosity"),
        cathode_efficiency=v("cathode.transport_efficiency"),
        cathode_active_fraction=v("cathode.active_fraction"),
        cathode_conductivity_s_per_m=lambda t: electronic + 0 * t,
        particle_radius_m=v("cathode.particle_radius"),
        max_mol_per_m3=v("cathode.concentration_max"),
        particle_diffusivity_m2_per_s=diffusivity(v),
        cathode_exchange_a_per_m2=cathode_exchange(v),
        open_circuit_v=open_circuit(v),
        entropic_v_per_k=entropy(v),
        contact_ohm=lambda t: contact + 0 * t,
        heat_capacity_j_per_k=v("thermal.heat_capacity"),
        cooling_w_per_k=v("thermal.surface_conductance"),
        core_skin_w_per_k=v("thermal.core_surface_conductance") if has_skin else math.inf,
        skin_fraction=v("thermal.surface_fraction") if has_skin else 0.0,
    )


def stoichiometry_at(cell: HalfCell, volts: float) -> float:
    """Where the open-circuit curve with its end guard crosses `volts`, by bisection on [0, 1]."""
    curve = lambda x: float(np.asarray(cell.open_circuit_v(x))) + float(end_guard(x))
    low, high = 0.0, 1.0
    if not curve(low) >= volts >= curve(high):
        raise ValueError(f"{cell.name}: {volts} V is outside the open-circuit curve")
    for _ in range(200):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if curve(middle) > volts else (low, middle)
    return 0.5 * (low + high)
