# KML, GPX and GML
