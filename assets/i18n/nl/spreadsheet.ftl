# Rekenbladen
