"""Draw every figure of the report as SVG, at build time, in one theme.

In: values and the words for them. Out: drawings. No words are made here. May import model.
`theme` holds sizes, type, colours and the scale of values; `measure` says how wide texts are; `marks` writes the five shapes
that all is made of, social cards included; `rows`, `bars`, `dumbbell` and `scatter` turn values into drawings; `figure` is
a chart with all that stands around it; `svg` fits a drawing into a page and makes it a file that can stand alone.
"""
