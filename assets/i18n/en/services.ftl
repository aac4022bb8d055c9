# WFS and OGC API Features, and files on the web

service-bad-address = “{ $address }” is no address of a service or a file on the web
service-bad-address-remedy = Give an address that begins with https://, or wfs:https://SERVER/PATH?typeNames=LAYER or ogcapi:https://SERVER/PATH/collections/LAYER. A name or a password has no place in an address

service-receipt-records = { $written } { $written ->
    [one] record
   *[other] records
} (the server does not say how many there are)

service-unexpected-shape = an answer without features
service-bad-xml = broken XML ({ $detail })

service-error-not-there = { $host } has nothing at that address
service-error-key = { $host } lets nobody in without signing in
service-error-page = At that address is a web page, no service and no data
service-error-no-service = There is no service at that address
service-error-no-wfs = What answers there is no WFS
service-error-no-api = What answers there is no OGC API Features
service-error-version = The WFS speaks version { $version } only, and Belfort 1.1 and 2.0
service-error-version-none = The WFS does not say which version it speaks
service-error-pictures = A { $kind } answers there: it draws maps and gives no features
service-error-arcgis = This is an ArcGIS service, with a protocol of its own
service-error-no-layers = “{ $service }” has no layers with features
service-error-no-layer = The service has no layer “{ $layer }”
service-error-not-data = What is there cannot be read: { $what }

service-remedy-address = Check the address; it may have moved
service-remedy-key = Ask who runs it for a public address, or fetch the data with your browser and open the file
service-remedy-page = Look on that page for the address of the WFS, the OGC API or the file itself
service-remedy-no-service = Check the address: that of a WFS often ends in /wfs, that of an OGC API in /collections
service-remedy-version = Ask who runs it for a newer WFS or an OGC API
service-remedy-pictures = Many servers have the features themselves at an address that ends in /wfs
service-remedy-arcgis = Many of these services have a WFS as well: look for an address that ends in /WFSServer
service-remedy-layers = There is { $layers }
service-remedy-no-layers = Ask for the service’s list again: open the address without the layer’s name
service-remedy-unreachable = Check the connection and the address
service-remedy-bad-question = Try the whole layer, or check what is in the address
service-remedy-unexpected = Try again later; if it stays so, check the address
service-remedy-too-large = Take only what is in view on the map, or raise the limit in the settings

problem-service-count = The service counts { $portal } { $portal ->
    [one] feature
   *[other] features
}, { $written } came
problem-service-doubles = { $count } { $count ->
    [one] feature came on two pages and is
   *[other] features came on two pages and are
} kept once; others may be missing
problem-service-same-ids = { $count } { $count ->
    [one] feature has
   *[other] features have
} the identifier of another
problem-service-changed = The data changed while they were fetched: they are of two moments
problem-service-next-elsewhere = For the next page the service points to { $host }; it was asked for at the address itself
problem-service-next-missing = The service does not say where the next page is; it was asked for by number
problem-service-loop = The service’s next page is one that came before: fetching ended there, and there may be more
problem-service-no-pages = The service gives the same page each time: there may be more
problem-service-returned = { $count } { $count ->
    [one] page counted
   *[other] pages counted
} another number than was on it
problem-service-other-crs = The coordinates are in { $crs }, which is not what the service says
problem-service-swapped = The service puts y before x; they were exchanged
problem-service-rectangle = The service reads a rectangle with longitude and latitude exchanged; it was asked like that
problem-service-replaced = { $count } { $count ->
    [one] piece of text was
   *[other] pieces of text were
} not in the text encoding and became �
problem-service-not-as-offered = The service offers GeoJSON but does not give it; it came as GML

crs-how-service = as the service says

# On the command line
service-error-which-layer = The service has { $count } layers
service-remedy-which-layer = Choose one with --layer: { $layers }
cli-layers = Layers
cli-service-hint = Look at one layer with --layer NAME, and fetch it with belfort convert ADDRESS OUT --layer NAME.
