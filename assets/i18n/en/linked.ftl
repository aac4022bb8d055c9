### Linked data: SPARQL endpoints and streams (LDES)

linked-bad-address = “{ $address }” is no address of linked data
linked-bad-address-remedy = Write sparql:https://SERVER/sparql#query=SELECT… or ldes:https://SERVER/PATH
linked-bad-since = “{ $address }”: a day looks like 2024-03-01
linked-error-no-question = There is no question for { $host }
linked-error-no-rows = The answer of { $host } to that question is no table
linked-remedy-select = Ask a question that begins with SELECT
linked-remedy-question = Check the question: what the server says about it stands above
linked-unexpected-answer = no answer to a question in SPARQL ({ $detail })
linked-unexpected-rdf = no valid { $kind } ({ $detail })
linked-error-no-stream = There is linked data at that address of { $host }, but no stream
linked-remedy-stream = Find the address of the first page: it names “tree:relation” or “tree:member”
linked-error-context = The words of { $host } are explained at { $context }, which is not there: { $detail }
linked-remedy-context = Try again later: what has come is kept

problem-linked-capped = The server gave { $count } { $count ->
    [one] answer
   *[other] answers
} only: there are more
problem-linked-unordered = The server cannot put so many answers in order: some may be there twice, and others not at all
problem-linked-superseded = { $count } older { $count ->
    [one] version was
   *[other] versions were
} left out: of each object the newest is there
problem-linked-undated = { $count } { $count ->
    [one] object does
   *[other] objects do
} not say when it was made
problem-linked-empty = The stream says nothing of { $count } { $count ->
    [one] object
   *[other] objects
}
problem-linked-members = The stream counts { $said } { $said ->
    [one] object
   *[other] objects
}, and { $came } came

app-linked-show = Linked data…
app-linked-title = Linked data
app-linked-question = Question (SPARQL)
app-linked-stream = Stream (LDES)
app-linked-question-what = An endpoint answers with a table. Where it holds a place, it comes on the map; otherwise you place its rows by name afterwards
app-linked-questions = Question
app-linked-endpoint = Endpoint
app-linked-not-verified = (not verified yet)
app-linked-not-verified-hint = No real answer of this endpoint was seen yet: things may have other names there. You can change the question
app-linked-from = From
app-linked-to = To
app-linked-word = Word in the title
app-linked-word-hint = empty for all
app-linked-theme = Theme
app-linked-all-themes = all themes
app-linked-themes-coming = Asking { $host } which themes there are…
app-linked-no-themes = This endpoint names no themes
app-linked-theme-search = Find a theme
app-linked-bad-days = A day looks like 2024-03-01, and the first comes before the last
app-linked-text = The question itself
app-linked-editor = Text of the question
app-linked-name = Name
app-linked-own = { $name }, own version
app-linked-doubt = This looks like no ordinary SPARQL: { $detail }. The endpoint may know more
app-linked-in-areas = Count per neighbourhood and colour the map
app-linked-in-areas-hint = Fetches the neighbourhoods from the city portal, puts each row at the one it names and colours them by number. Rows without a neighbourhood stay in the table
app-linked-ask = Ask
app-linked-keep = Keep
app-linked-keep-hint = Keeps the question under its name, for a next time
app-linked-forget = Throw the kept question away
app-linked-stream-what = A stream gives all objects of a collection, page after page, with every version of them
app-linked-streams = Known streams
app-linked-stream-address = Or the address of another
app-linked-search = Only with this word
app-linked-search-hint = empty for all
app-linked-since = Since
app-linked-bad-day = A day looks like 2024-03-01
app-linked-all-versions = All versions, not the newest alone
app-linked-all-versions-hint = Useful to see how something changed
app-linked-stream-long = A large collection can take long. You can stop: what has come is kept, and the next time it goes on where it was
app-linked-follow = Fetch

linked-error-no-picture = The manifest of { $host } leads to no picture
linked-remedy-picture = Open the page of the object in your browser
app-picture = Picture of the object
app-picture-coming = Fetching the picture
app-picture-failed = No picture
app-picture-full = Whole picture
app-here = { $count } of { $name }
app-here-all = In the table

app-shelf-decisions = Decisions per neighbourhood
app-shelf-decisions-about = What the city decided, counted and coloured per neighbourhood
app-shelf-museums = Objects of museums and archives
app-shelf-museums-about = The collection of the people of Ghent, to place by name
