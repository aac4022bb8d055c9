# Beelden met een plaats, in het venster
