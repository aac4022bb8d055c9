# Welke lagen van een bestand
