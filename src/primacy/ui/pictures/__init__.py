"""Charts of series by month: what to show (`Picture`) as a Vega-Lite specification, as SVG and as PNG.

Pure, and light until something is drawn: Altair and vl-convert are imported at the first drawing.

`specification(chart, language)`  the chart as a Vega-Lite 6 object, with the data in it and colours of the light theme;
`svg(spec)`                       the same drawn: classes and custom properties, no style attribute; stands alone too;
`svg_once(text)`                  the same of a specification as JSON, kept in memory;
`png(spec)`                       the same as a picture for papers, on white, at twice the size.

`primacy.assessment.front.pictured.pictures_of` makes the pictures of a finding.
"""

from primacy.ui.pictures.drawing import specification
from primacy.ui.pictures.picture import Happening, Level, Picture, begun
from primacy.ui.pictures.rendering import png, svg, svg_once

__all__ = ["Happening", "Level", "Picture", "begun", "png", "specification", "svg", "svg_once"]
