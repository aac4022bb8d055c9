# Controle van de geometrie, in het venster
