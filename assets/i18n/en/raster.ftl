# Georeferenced images
