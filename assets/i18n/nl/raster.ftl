# Beelden met een plaats
