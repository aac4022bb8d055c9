# Labels on the map

app-labels-on = Show labels
app-labels-field = Field
app-labels-expression-chosen = Own expression
app-labels-expression = Field or expression
app-labels-expression-hint = name
app-labels-expression-how =
    The name of a field, or an expression as in a filter:
    name || '\n' || count
    With \n a new line begins.
app-labels-size = Size
app-labels-points = pt
app-labels-color = Colour of the letters
app-labels-halo = Halo
app-labels-halo-color = Colour of the halo
app-labels-priority = Priority
app-labels-priority-low = Low
app-labels-priority-normal = Normal
app-labels-priority-high = High
app-labels-wrap = Wrap after
app-labels-wrap-letters = letters
app-labels-wrap-never = never
app-labels-farthest = Zoomed out to
app-labels-nearest = Zoomed in to
app-labels-scale-any = any
app-labels-scale-now = Now
app-labels-arrange = Drag labels on the map
app-labels-arrange-how = Give a label a place of its own. Far from what it names, it gets a line.
app-labels-pinned =
    { $count ->
        [one] 1 label with a place of its own
       *[other] { $count } labels with a place of their own
    }
app-labels-unpin = Release (selected feature)
app-labels-unpin-all = Release all
app-labels-shown =
    { $all ->
        [0] Nothing to name in view
       *[other] { $shown } of { $all } shown
    }
app-labels-too-long = { $count } too long
app-labels-collide =
    { $count ->
        [one] 1 collides
       *[other] { $count } collide
    }
app-labels-beyond = { $count } named out of view
app-labels-no-text = { $count } without text
app-labels-list = List them and show them on the map
app-labels-not-now = No labels at this scale
app-labels-hidden = The layer is hidden
app-labels-busy = Placing labels…
app-labels-status = { $shown } of { $all } labels
app-work-labels = Placing labels
