# The style panel: symbols, categories, classes, ramps, legend
