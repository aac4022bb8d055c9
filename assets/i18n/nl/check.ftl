# Controle van de geometrie
