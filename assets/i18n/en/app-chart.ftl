# Charts and numbers of a field
app-chart-tab = Chart
app-layer-chart-show = Charts and numbers
app-chart-no-layer = Choose a layer to see charts and numbers of its fields.
app-chart-nothing = There are no values to show.
app-chart-spread = Spread
app-chart-per-value = Per value
app-chart-by = Per
app-chart-measure = Show
app-chart-number = Of
app-chart-count = Number of rows
app-chart-sum = Sum
app-chart-mean = Mean
app-chart-in-view = Only what is in view
app-chart-others =
    { $values ->
        [one] 1 other value
       *[other] { $values } other values
    }
app-chart-bar =
    { $name }: { $number }{ $rows ->
        [one] 1 row
       *[other] { $rows } rows
    }
app-chart-bar-chosen =
    { $name }: { $number }{ $rows ->
        [one] 1 row
       *[other] { $rows } rows
    }, { $chosen } selected
app-chart-hint = Click a bar or drag over several to select their rows. With Shift they are added, with Ctrl the other way round. The dark part is selected.
app-chart-numbers = Numbers of { $field }
app-chart-all = All
app-chart-chosen = Selected
app-chart-both = With both numbers
app-chart-without = Without one of them
app-chart-correlation = Correlation (Pearson)
app-chart-scatter = Two numbers
app-chart-across = Across
app-chart-up = Up
app-chart-scatter-words =
    { $up } by { $across }: { $rows ->
        [one] 1 row
       *[other] { $rows } rows
    }, { $chosen } selected
app-chart-scatter-hint = Drag a rectangle to select the rows in it. With Shift they are added, with Ctrl the other way round. By keyboard, use a filter.
app-chart-more = Chart: more
app-chart-copy-png = Copy chart as a picture
app-chart-save-png = Save chart as PNG…
app-chart-copy-svg = Copy chart as SVG
app-chart-save-svg = Save chart as SVG…
app-chart-copy-bars = Copy bars as CSV
app-chart-save-bars = Save bars as CSV…
app-chart-copy-figures = Copy numbers as CSV
app-chart-save-figures = Save numbers as CSV…
app-chart-save-title = Save chart
app-chart-copied = The chart is on the clipboard
app-chart-title = Spread of { $field }
app-chart-title-per = { $measure } { $field } per { $by }
app-chart-title-scatter = { $up } by { $across }
app-chart-dark = { $rows ->
    [one] Dark: 1 row selected
   *[other] Dark: { $rows } rows selected
}
app-chart-course = Over time
app-chart-time = When
app-chart-each = Line per
app-chart-one-line = (one line)
app-chart-course-words =
    { $number } over time: { $rows ->
        [one] 1 row
       *[other] { $rows } rows
    }, { $lines ->
        [one] 1 line
       *[other] { $lines } lines
    }
app-chart-line =
    { $name }: last { $number }, { $rows ->
        [one] 1 row
       *[other] { $rows } rows
    }
app-chart-line-chosen =
    { $name }: last { $number }, { $rows ->
        [one] 1 row
       *[other] { $rows } rows
    }, selected
app-chart-course-hint = Drag over a stretch of time, or click a line in the list, to select its rows. { $means ->
    [yes] Each point is the mean of several rows.
   *[no] { "" }
}
app-chart-course-hint-more = { $lines ->
    [one] 1 more line is not drawn: select a row of it and it is.
   *[other] { $lines } more lines are not drawn: select a row of one and it is.
} Drag over a stretch of time, or click a line in the list, to select its rows. { $means ->
    [yes] Each point is the mean of several rows.
   *[no] { "" }
}
app-chart-title-course = { $number } over time
app-chart-without-time = Without time or number
app-chart-copy-readings = Copy readings as CSV
app-chart-save-readings = Save readings as CSV…
