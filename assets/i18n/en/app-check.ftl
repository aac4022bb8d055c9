# Checking geometry, in the window
