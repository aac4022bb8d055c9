# Layers of portals updated; live layers.

app-update-all = Update all layers
app-updates-show = What the update changed…
app-layer-update = Update this layer
app-live-refresh = Update by itself
app-work-updating = Updating layers

app-live-newer = { $count ->
    [one] There are newer data for { $names }
   *[other] There are newer data for { $count } layers: { $names }
}
app-live-newer-update = Update
app-live-update = Update
app-live-outdated = The portal has newer data
app-live-failing = No newer data since { $time }

app-live-rhythm = Live, { $every }
app-live-paused = Live, not by itself
app-live-choose = How often { $name } is updated
app-live-automatic = Automatically
app-live-off = Not
app-live-every-seconds = { $count ->
    [one] every second
   *[other] every { $count } seconds
}
app-live-every-minutes = { $count ->
    [one] every minute
   *[other] every { $count } minutes
}
app-live-every-hours = { $count ->
    [one] every hour
   *[other] every { $count } hours
}
app-live-every-days = { $count ->
    [one] every day
   *[other] every { $count } days
}
app-live-minutes = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
}
app-live-hours = { $count ->
    [one] 1 hour
   *[other] { $count } hours
}

app-live-now = just now
app-live-minutes-ago = { $count ->
    [one] 1 minute ago
   *[other] { $count } minutes ago
}
app-live-hours-ago = { $count ->
    [one] 1 hour ago
   *[other] { $count } hours ago
}
app-live-days-ago = { $count ->
    [one] 1 day ago
   *[other] { $count } days ago
}
app-live-age = { $age }
app-live-age-oldest = { $age }; oldest reading { $oldest }
app-live-current = Checked with the portal: { $time }
app-live-fetched = Fetched: { $time }
app-live-processed = Taken in by the portal: { $time }
app-live-last-change = Last change: { $time }, { $count ->
    [one] 1 row
   *[other] { $count } rows
}
app-live-stale = { $count ->
    [one] 1 stale row
   *[other] { $count } stale rows
}
app-live-stale-rule = Stale: the reading was more than { $time } old when the portal was last asked (ten times the time between two readings, a quarter of an hour at least)
app-live-status = { $name }: updated { $age }

app-live-report-title = Updated at { $time }
app-live-summary-unchanged = { $count ->
    [one] The layer is up to date
   *[other] All { $count } layers are up to date
}
app-live-summary-newer = { $newer } of { $count } { $count ->
    [one] layer
   *[other] layers
} updated
app-live-summary-failed = { $failed } of { $count } { $count ->
    [one] layer
   *[other] layers
} could not be updated
app-live-layer-done = { $name }: { $what }
app-live-unchanged = Nothing changed
app-live-cancelled = Stopped; the data from before stay
app-live-stays = { $what }. The data of { $time } stay
app-live-changed = { $count ->
    [one] 1 row changed
   *[other] { $count } rows changed
}
app-live-added = { $count ->
    [one] 1 row added
   *[other] { $count } rows added
}
app-live-removed = { $count ->
    [one] 1 row gone
   *[other] { $count } rows gone
}
app-live-only-fields = The fields changed, the rows did not
app-live-fields = Changed: { $fields }
app-live-field-rows = { $field } ({ $count })
app-live-fields-more = and { $count } { $count ->
    [one] field
   *[other] fields
} more
app-live-moved = { $count ->
    [one] 1 row lies elsewhere
   *[other] { $count } rows lie elsewhere
}
app-live-fields-added = New fields: { $fields }
app-live-fields-removed = Fields gone: { $fields }
app-live-field-kind = { $field } is { $after } now instead of { $before }
app-live-no-key = No field tells the rows apart, so a changed row counts as gone and as added
app-live-select = { $count ->
    [one] Select 1 row
   *[other] Select { $count } rows
}
app-live-kind-boolean = yes or no
app-live-kind-integer = a whole number
app-live-kind-number = a number
app-live-kind-text = text
app-live-kind-json = JSON
app-live-kind-date = a date
app-live-kind-datetime = a moment

app-live-back = Back in time
app-live-back-hint = Shows the layer with the numbers of an earlier moment
app-live-back-only = Numbers and yes or no are those of then; other fields and the place are those of now, dates and times are empty
app-live-back-now = Back to now
app-live-as-of = As of { $time }
app-history = Over time
app-history-words = { $field } from { $from } to { $to }: lowest { $least }, highest { $most }, last { $last }
app-settings-recordings = Recordings of live layers
app-settings-record = Record live layers
app-settings-record-limit = At most
app-settings-record-size = On disk now
app-settings-record-clear = Delete all recordings
app-settings-record-note = As long as a live layer is open, Belfort keeps its numbers, for charts and to look back. They stay on this computer; the oldest go first.
