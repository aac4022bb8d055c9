# KML, GPX en GML
