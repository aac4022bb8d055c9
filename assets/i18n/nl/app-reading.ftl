# Hoe een bestand gelezen wordt: codering en plaats
