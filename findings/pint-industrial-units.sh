#!/bin/sh
# pint reads units of machines as other ones, without a word: pcs/min are parsecs a minute, Nm are yarn counts, mPas a pressure.
#
# Tried: pint 0.25.3, UnitRegistry with its defaults, units as data sheets of production machines write them.
# Guess: a unit that it does not know is an UndefinedUnitError, as for sccm; Nm is a torque, mPas a viscosity, kt a mass.
# Seen: "pcs" is the plural of pc, a parsec, so that 10 pcs/min is a speed of 5 times 10 to the 15 m/s; "mPas" is the plural of
# mPa; "Nm" is the metric count of yarn, 1 km/kg; "kt" is a knot, though t and kg are known; "mil" is an angle, though sheets
# give the thickness of foils in it; "Ra", a roughness, is a time (of 10 to the 27 years). "sccm" raises. A check that every
# unit can be read says that all is well. Ask each for its dimension (check("[length]")), and write N*m, mPa*s.
# Units in our data are words: they are compared as such and never reckoned with.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check pint==0.25.3
"$folder/venv/bin/python" - > "$folder/seen" <<'PYTHON'
import pint

registry = pint.UnitRegistry()
for unit in ("pcs/min", "Nm", "mPas", "kt", "mil", "Ra", "sccm", "N*m", "mPa*s"):
    try:
        read = registry(f"10 {unit}")
        print(f"{unit}: {read.units}, {read.dimensionality}")
    except pint.UndefinedUnitError:
        print(f"{unit}: undefined")
PYTHON
cat "$folder/seen"
cat > "$folder/expected" <<'TEXT'
pcs/min: parsec / minute, [length] / [time]
Nm: number_meter, [length] / [mass]
mPas: millipascal, [mass] / [length] / [time] ** 2
kt: knot, [length] / [time]
mil: mil, dimensionless
Ra: ronnayear, [time]
sccm: undefined
N*m: meter * newton, [mass] * [length] ** 2 / [time] ** 2
mPa*s: millipascal * second, [mass] / [length] / [time]
TEXT
diff "$folder/expected" "$folder/seen"
