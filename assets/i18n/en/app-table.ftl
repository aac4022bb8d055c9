app-table-selected = { $count } selected
app-table-which = Rows
app-table-columns = Columns
app-table-more = More about the selection
app-table-only-selected = Only selected
app-table-only-in-view = Only in view
app-table-narrowed = No row is selected or in view: choose above the table which rows you want to see
app-table-columns-all = Show all
app-table-columns-plain = As in the source
app-table-column-menu = Column ‘{ $field }’
app-table-sort-up = Sort ascending
app-table-sort-down = Sort descending
app-table-sort-none = Do not sort
app-table-column-left = Move left
app-table-column-right = Move right
app-table-column-hide = Hide

# Statistics of a column
app-table-statistics = Statistics
app-table-statistics-copy = Copy statistics
app-stat-rows = Rows
app-stat-nulls = Without value
app-stat-not-finite = Not a number
app-stat-distinct = Different values
app-stat-least = Least
app-stat-most = Greatest
app-stat-mean = Mean
app-stat-median = Median
app-stat-quartile-1 = First quartile
app-stat-quartile-3 = Third quartile
app-stat-deviation = Standard deviation
app-stat-sum = Sum
app-stat-frequent = Most frequent
app-stat-empty-text = (empty text)
app-stat-others =
    { $values ->
        [one] and { $values } other value in { $rows } rows
       *[other] and { $values } other values in { $rows } rows
    }
