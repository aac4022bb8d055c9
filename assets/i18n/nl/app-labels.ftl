# Labels on the map
