# Opening services, in the window
app-service-show = Open a service…
app-service-title = Open a service
app-service-what = Paste the address of a WFS, an OGC API or a file on the web: Belfort looks what is there and shows the layers.
app-service-address = Address
app-service-address-hint = https://geo.example.be/wfs
app-service-open = See what is there
app-service-looking = The server has not answered yet
app-service-recent = Used lately
app-service-recent-one = { $title } – { $place }
app-service-open-hint = An address on the web will do as well: of a WFS, an OGC API or a file
app-service-which = { $count ->
    [one] This service has { $count } layer.
   *[other] This service has { $count } layers. Which do you want on the map?
}
app-service-search = Search the layers
app-service-no-match = No layer is called that
app-service-fetch = { $count ->
    [0] Fetch layers
    [one] Fetch { $count } layer
   *[other] Fetch { $count } layers
}
app-service-whole = Everything
app-service-in-view = Only what is in view on the map
app-service-features = { $count } { $count ->
    [one] feature
   *[other] features
}
app-service-uncounted = number unknown
app-service-elsewhere = nothing in view: lies elsewhere
app-service-fetching = { $name }: { $done } of { $total }
app-service-layer = Layer
app-service-name = Name at the service
app-service-how = Asked with
app-service-pages = { $count } { $count ->
    [one] page
   *[other] pages
}
app-service-out-of-reach = The server could not be asked for newer data: { $what }
app-service-more = { $count ->
    [one] { $count } more layer: search it by name
   *[other] { $count } more layers: search them by name
}
