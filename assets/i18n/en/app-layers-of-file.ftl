# Which layers of a file
