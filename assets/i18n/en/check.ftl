# Checking geometry
