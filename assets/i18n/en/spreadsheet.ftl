# Spreadsheets
spreadsheet-error-damaged = The spreadsheet is damaged: { $detail }
spreadsheet-error-missing = This is no whole spreadsheet: { $part } is missing
spreadsheet-error-locked = The spreadsheet is locked with a password
spreadsheet-error-spread = Values are spread over { $rows } rows and { $columns } columns, nearly all of them empty
spreadsheet-error-text = A short text is repeated so often that it would fill the memory
spreadsheet-error-old = This is no workbook of Excel 5 or later
spreadsheet-error-markup = This is a web page or XML by the name of an Excel file
spreadsheet-error-empty = There is no value in this spreadsheet
spreadsheet-remedy-save-again = Open it in Excel or LibreOffice and save it again, or get it again
spreadsheet-remedy-unlock = Open it in Excel or LibreOffice and save it without a password
spreadsheet-remedy-new-sheet = Copy the table to a new sheet and save that
spreadsheet-remedy-save-xlsx = Open it in LibreOffice and save it as XLSX
problem-spreadsheet-no-header = No row was found that names the columns
problem-spreadsheet-above = { $count ->
    [one] { $count } row above the table (a title or a note) was not read
   *[other] { $count } rows above the table (titles and notes) were not read
}
problem-spreadsheet-outside = { $count ->
    [one] { $count } cell lies beyond the largest sheet there is and was not read
   *[other] { $count } cells lie beyond the largest sheet there is and were not read
}
problem-spreadsheet-empty-rows = { $count ->
    [one] { $count } empty row inside the table was left out
   *[other] { $count } empty rows inside the table were left out
}
problem-spreadsheet-merged = { $count ->
    [one] { $count } merged cell in the table has its value in the first of its rows only
   *[other] { $count } merged cells in the table have their value in the first of their rows only
}
problem-spreadsheet-total = { $count ->
    [one] { $count } row at the end looks like a total; it was kept as a row
   *[other] { $count } rows at the end look like totals; they were kept as rows
}
problem-spreadsheet-footnote = { $count ->
    [one] { $count } row at the end looks like a note; it was kept as a row
   *[other] { $count } rows at the end look like notes; they were kept as rows
}
problem-spreadsheet-error-cell = { $count ->
    [one] Field “{ $field }”: { $count } cell with an error such as #N/A was read as empty
   *[other] Field “{ $field }”: { $count } cells with an error such as #N/A were read as empty
}
problem-spreadsheet-uncached = { $count ->
    [one] Field “{ $field }”: { $count } formula was never calculated and is empty; open the file in Excel or LibreOffice and save it
   *[other] Field “{ $field }”: { $count } formulas were never calculated and are empty; open the file in Excel or LibreOffice and save it
}
problem-spreadsheet-percent = { $count ->
    [one] Field “{ $field }”: { $count } percentage was read as a part of one: 25 % is 0.25
   *[other] Field “{ $field }”: { $count } percentages were read as parts of one: 25 % is 0.25
}
problem-spreadsheet-number-as-text = { $count ->
    [one] Field “{ $field }”: { $count } number kept as text was read as a number
   *[other] Field “{ $field }”: { $count } numbers kept as text were read as numbers
}
problem-spreadsheet-padded = { $count ->
    [one] Field “{ $field }”: { $count } number shown with leading zeros was read as text
   *[other] Field “{ $field }”: { $count } numbers shown with leading zeros were read as text
}
problem-spreadsheet-hidden = The sheet is hidden in the spreadsheet
problem-spreadsheet-sheet = A sheet was not read: { $what }
spreadsheet-error-write = The workbook cannot be written: { $detail }
spreadsheet-error-columns = A sheet holds at most 16 384 columns
problem-xlsx-sheets = A sheet holds 1 048 576 rows: the layer goes on in further sheets, { $count } in all
problem-xlsx-too-many-columns = { $count ->
    [one] { $count } column is more than a sheet holds: choose fewer
   *[other] { $count } columns are more than a sheet holds: choose fewer
}
problem-xlsx-long-integer = { $count ->
    [one] Field “{ $field }”: { $count } whole number is too long for a cell and is written as text
   *[other] Field “{ $field }”: { $count } whole numbers are too long for a cell and are written as text
}
problem-xlsx-text-cut = { $count ->
    [one] Field “{ $field }”: { $count } text is longer than the 32 767 letters of a cell and is cut
   *[other] Field “{ $field }”: { $count } texts are longer than the 32 767 letters of a cell and are cut
}
problem-xlsx-day-as-text = { $count ->
    [one] Field “{ $field }”: { $count } date before 1900 or after 9999 is written as text
   *[other] Field “{ $field }”: { $count } dates before 1900 or after 9999 are written as text
}
problem-xlsx-zone = { $count ->
    [one] Field “{ $field }”: { $count } time is written as its clock shows it, without its time zone, which a sheet cannot hold
   *[other] Field “{ $field }”: { $count } times are written as their clock shows them, without their time zone, which a sheet cannot hold
}
problem-xlsx-long-place = { $count ->
    [one] The place of { $count } row is longer than the 32 767 letters of a cell and is not written
   *[other] The place of { $count } rows is longer than the 32 767 letters of a cell and is not written
}
problem-xlsx-empty-row = { $count ->
    [one] { $count } row has no value at all and becomes an empty row of the sheet
   *[other] { $count } rows have no value at all and become empty rows of the sheet
}
problem-csv-guarded = { $count ->
    [one] Field “{ $field }”: { $count } text begins as a formula does and gets an apostrophe in front, so that no spreadsheet runs it
   *[other] Field “{ $field }”: { $count } texts begin as a formula does and get an apostrophe in front, so that no spreadsheet runs them
}
problem-csv-guarded-name = The name of field “{ $field }” begins as a formula does and gets an apostrophe in front
problem-csv-unguarded = { $count ->
    [one] Field “{ $field }”: { $count } text had an apostrophe in front so that no spreadsheet runs it; it was taken off
   *[other] Field “{ $field }”: { $count } texts had an apostrophe in front so that no spreadsheet runs them; it was taken off
}

# Fields read as another kind
problem-read-as-number = { $count ->
    [one] Field “{ $field }”: { $count } value is no number and is empty now: { $values }
   *[other] Field “{ $field }”: { $count } values are no number and are empty now: { $values }
}
problem-read-as-integer = { $count ->
    [one] Field “{ $field }”: { $count } value is no whole number and is empty now: { $values }
   *[other] Field “{ $field }”: { $count } values are no whole number and are empty now: { $values }
}
problem-read-as-date = { $count ->
    [one] Field “{ $field }”: { $count } value is no date and is empty now: { $values }
   *[other] Field “{ $field }”: { $count } values are no date and are empty now: { $values }
}
problem-read-as-datetime = { $count ->
    [one] Field “{ $field }”: { $count } value is no moment and is empty now: { $values }
   *[other] Field “{ $field }”: { $count } values are no moment and are empty now: { $values }
}
problem-read-as-boolean = { $count ->
    [one] Field “{ $field }”: { $count } value is neither yes nor no and is empty now: { $values }
   *[other] Field “{ $field }”: { $count } values are neither yes nor no and are empty now: { $values }
}
problem-read-as-no-value = { $count ->
    [one] Field “{ $field }”: { $count } value that says “nothing”, such as “-” or “?”, was read as empty
   *[other] Field “{ $field }”: { $count } values that say “nothing”, such as “-” or “?”, were read as empty
}
problem-read-as-zeros = { $count ->
    [one] Field “{ $field }”: { $count } number had zeros in front, which are gone
   *[other] Field “{ $field }”: { $count } numbers had zeros in front, which are gone
}
problem-read-as-rounded = { $count ->
    [one] Field “{ $field }”: { $count } moment was cut off to milliseconds
   *[other] Field “{ $field }”: { $count } moments were cut off to milliseconds
}
problem-read-as-utc = { $count ->
    [one] Field “{ $field }”: { $count } moment is told in UTC, because the field has several time zones
   *[other] Field “{ $field }”: { $count } moments are told in UTC, because the field has several time zones
}
problem-read-as-too-much = Field “{ $field }” is too long to be read as another kind; it stayed as it was
problem-read-as-no-field = There is no field “{ $field }”, which was to be read as another kind
read-as-text = text
read-as-number = { $kind ->
    [integer] whole numbers
   *[other] numbers
}
read-as-number-point = { $kind ->
    [integer] whole numbers
   *[other] numbers with a decimal point (1,234.5)
}
read-as-number-comma = { $kind ->
    [integer] whole numbers, with points between thousands (1.234)
   *[other] numbers with a decimal comma (1.234,5)
}
read-as-integer = whole numbers
read-as-date = { $kind ->
    [datetime] dates with a time
   *[other] dates
}
read-as-date-dmy = { $kind ->
    [datetime] dates with a time, day first (31/12/2024 8:30)
   *[other] dates, day first (31/12/2024)
}
read-as-date-mdy = { $kind ->
    [datetime] dates with a time, month first (12/31/2024 8:30)
   *[other] dates, month first (12/31/2024)
}
read-as-date-ymd = { $kind ->
    [datetime] dates with a time, year first (2024-12-31 8:30)
   *[other] dates, year first (2024-12-31)
}
read-as-datetime = dates with a time
read-as-boolean = yes or no
read-as-fits-all = { $count ->
    [one] the only value fits
   *[other] all { $count } values fit
}
read-as-fits = { $fits } of { $count } values fit
read-as-no-value = { $count ->
    [one] { $count } says “nothing”
   *[other] { $count } say “nothing”
}
cli-could-be = Could be
cli-could-be-as = { $what }: { $fit }. To read it so: { $option }
cli-value-kind = FIELD=KIND
cli-help-kind = What a field is, whatever it looks like: number, integer, date, datetime, boolean or text, or in one form: { $forms }. May be given again for other fields
cli-bad-kind = { $text } is not FIELD=KIND. Kinds are { $known }
