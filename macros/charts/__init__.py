"""Charts: every figure of the report by one library (Vega-Lite through vl-convert) and one theme, drawn at build time.

`theme` holds type, colours and layers; `rows`, `columns`, `dumbbell` and `scatter` turn values into specs, plain dicts of
Vega-Lite; `figure` is a chart with all that stands around it; `draw` runs the library, once for each spec; `svg` fits a
drawing into a page and makes it a file that can stand alone. No words are made here.
"""
