# Georeferenced images, in the window
