crs-how-prj = from the .prj file
crs-how-crs-member = from the file's crs member
crs-how-file = as the file says
crs-how-format = prescribed by the format
crs-how-named = from the names of the columns
crs-how-guess = guessed from the numbers
crs-how-chosen = chosen by you
crs-error-unknown-code = The coordinate reference system { $code } is unknown
crs-error-bad-wkt = The description of the coordinate reference system cannot be read: { $detail }
crs-error-no-operation = There is no way from { $from } to { $to }: { $detail }
crs-operation-none = no transformation
crs-operation-about = { $name }, about { $metres } m
crs-operation-exact = { $name }, exact
crs-operation-unknown = { $name }, accuracy unknown
problem-position-outside-crs = { $count ->
    [one] { $count } position lies outside what the coordinate reference system can describe
   *[other] { $count } positions lie outside what the coordinate reference system can describe
}
crs-where-near = near { $town }
crs-where-between = from { $west } to { $east }
crs-where-away = about { $kilometres } km from Brussels
crs-where-nowhere = nowhere on Earth
