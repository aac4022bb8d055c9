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
