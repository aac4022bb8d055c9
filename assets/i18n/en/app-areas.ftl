# Numbers per area: what went otherwise than asked
problem-by-place-outside =
    { $count ->
        [one] 1 row of “{ $layer }” lies in none of the areas
       *[other] { $count } rows of “{ $layer }” lie in none of the areas
    }
problem-by-place-without-place =
    { $count ->
        [one] 1 row of “{ $layer }” has no place and counts in none of the areas
       *[other] { $count } rows of “{ $layer }” have no place and count in none of the areas
    }
problem-by-place-several-each =
    { $count ->
        [one] 1 row of “{ $layer }” lies in more than one area, or on a border, and counts in each of them
       *[other] { $count } rows of “{ $layer }” lie in more than one area, or on a border, and count in each of them
    }
problem-by-place-several-once =
    { $count ->
        [one] 1 row of “{ $layer }” lies in more than one area, or on a border: it counts where most of it lies
       *[other] { $count } rows of “{ $layer }” lie in more than one area, or on a border: they count where most of them lies
    }
problem-by-place-in-none =
    { $count ->
        [one] 1 row lies in none of the areas of “{ $layer }”: its columns from there stay empty
       *[other] { $count } rows lie in none of the areas of “{ $layer }”: their columns from there stay empty
    }
problem-by-place-in-several =
    { $count ->
        [one] 1 row lies in more than one area of “{ $layer }”, or on a border: it gets the area where most of it lies
       *[other] { $count } rows lie in more than one area of “{ $layer }”, or on a border: they get the area where most of them lies
    }
problem-by-place-no-area =
    { $count ->
        [one] 1 area has no polygon with a place: it does not count
       *[other] { $count } areas have no polygon with a place: they do not count
    }
problem-by-place-no-corner =
    { $count ->
        [one] 1 corner of the areas does not exist in the coordinate system of the other layer: that area does not count
       *[other] { $count } corners of the areas do not exist in the coordinate system of the other layer: those areas do not count
    }
problem-by-place-gave-up =
    { $count ->
        [one] 1 row has an invalid shape: how much of it lies in the areas could not be computed
       *[other] { $count } rows have an invalid shape: how much of them lies in the areas could not be computed
    }
problem-by-place-no-field = “{ $layer }” has no field “{ $field }”: that column was not made
problem-by-place-not-numbers = “{ $field }” of “{ $layer }” holds no numbers to calculate with: that column was not made
problem-by-place-failed = The columns from “{ $layer }” cannot be made: { $error }
problem-by-place-no-table = The columns from “{ $layer }” cannot be made: that layer could not be read
problem-by-place-gone = Columns from another layer cannot be made: that layer is no longer on this map
problem-by-place-renamed = The column “{ $from }” is called “{ $to }”, because another column already has that name

# Numbers per area: the window
app-layer-areas = Numbers per area…
app-layer-area-of = Area of each row…
app-layer-by-place = numbers or area from { $names }
app-work-areas = Calculating the numbers and areas of { $name }
app-areas-title = Numbers per area
app-areas-title-area = Area of each row
app-areas-new-numbers = Numbers per area
app-areas-new-area = Area of each row
app-areas-areas = Areas
app-areas-things = What lies in them
app-areas-gets = The layer “{ $name }” gets new columns.
app-areas-numbers = What do you want to know?
app-areas-values = What do you want to know of the area?
app-areas-another-number = Another number
app-areas-another-value = Another field
app-areas-line-what = Number { $number }
app-areas-line-field = Field of number { $number }
app-areas-line-name = Name of column { $number }
app-areas-line-remove = Leave out { $name }
app-areas-only-shown = Only rows that the filter of “{ $name }” shows
app-areas-once = Count each row only once
app-areas-once-hint = What lies in more than one area then counts only where most of it lies. Lengths and areas are always cut at the border.
app-areas-preview = Preview
app-areas-looking = Calculating
app-areas-summary =
    { $inside } of { $all } { $inside ->
        [one] lies
       *[other] lie
    } in an area, { $outside } in none
app-areas-without-place =
    { $count ->
        [one] 1 has no place
       *[other] { $count } have no place
    }
app-areas-several =
    { $count ->
        [one] 1 lies in more than one area and counts in each of them
       *[other] { $count } lie in more than one area and count in each of them
    }
app-areas-several-once =
    { $count ->
        [one] 1 lies in more than one area: where most of it lies counts
       *[other] { $count } lie in more than one area: where most of them lies counts
    }
app-areas-empty =
    { $count ->
        [one] 1 area is empty
       *[other] { $count } areas are empty
    }
app-areas-no-area =
    { $count ->
        [one] 1 area has no polygon
       *[other] { $count } areas have no polygon
    }
app-areas-do = Make column
app-areas-change = Change
app-areas-end = Take columns away
app-areas-made = “{ $column }” is now a column of “{ $name }”: filter, sort and export with it
app-areas-from = { $what } of “{ $name }” in the area
app-areas-from-field = { $what } of “{ $field }” of “{ $name }” in the area
app-areas-from-area = “{ $field }” of the area in “{ $name }” that the row lies in

# What is calculated
app-areas-count = count
app-areas-count-per-km2 = count per km²
app-areas-sum = sum
app-areas-sum-per-km2 = sum per km²
app-areas-mean = mean
app-areas-median = median
app-areas-min = least
app-areas-max = greatest
app-areas-length-km = length (km)
app-areas-length-m = length (m)
app-areas-length-per-km2 = length per km² (km)
app-areas-area-m2 = area (m²)
app-areas-area-ha = area (ha)
app-areas-area-km2 = area (km²)
app-areas-share = share of the area (%)

# What new columns are called: small letters, spaces become _
app-areas-name-count = count { $layer }
app-areas-name-count-per-km2 = { $layer } per km2
app-areas-name-sum = sum { $field }
app-areas-name-sum-per-km2 = { $field } per km2
app-areas-name-mean = mean { $field }
app-areas-name-median = median { $field }
app-areas-name-min = least { $field }
app-areas-name-max = greatest { $field }
app-areas-name-length-km = { $layer } km
app-areas-name-length-m = { $layer } m
app-areas-name-length-per-km2 = { $layer } km per km2
app-areas-name-area-m2 = { $layer } m2
app-areas-name-area-ha = { $layer } ha
app-areas-name-area-km2 = { $layer } km2
app-areas-name-share = { $layer } percent
app-areas-colour = Colour the map by it
