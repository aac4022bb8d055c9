# Diensten openen, in het venster
