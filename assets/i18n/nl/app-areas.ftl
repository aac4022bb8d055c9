# Numbers per area
