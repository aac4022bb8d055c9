# Tables without place, and joining them to layers
app-layer-join = Join a table…
app-layer-no-place = A table without place on the map
app-layer-join-this = Join to a layer…
app-layer-joined = joined with { $names }
app-layer-join-hint = Its columns come beside those of a layer, by a key that both have
app-work-joining = Joining the tables of { $name }
app-join-title = Join a table to “{ $name }”
app-join-layer = Layer that gets columns
app-join-table = Table they come from
app-join-another = Another table
app-join-key = Key in “{ $name }”
app-join-looking = Looking for columns that go together…
app-join-no-keys = No two columns have values in common: choose them yourself
app-join-best = Rather { $ours } = { $theirs }: these have more in common
app-join-unread = One of the two could not be read
app-join-condition = Only rows of “{ $name }” where
app-join-condition-all = all rows
app-join-matching = Comparing the values…
app-join-summary =
    { $exact } of { $values } values match exactly{ $confirmed ->
        [0] {""}
       *[other] , { $confirmed } confirmed
    }{ $proposed ->
        [0] {""}
        [one] , 1 proposal
       *[other] , { $proposed } proposals
    }, { $unmatched } without a match
app-join-rows-unused =
    { $count ->
        [one] 1 row of “{ $name }” is not used
       *[other] { $count } rows of “{ $name }” are not used
    }
app-join-rows-without =
    { $count ->
        [one] 1 row of the layer has no key
       *[other] { $count } rows of the layer have no key
    }
app-join-rows-without-there =
    { $count ->
        [one] 1 row of “{ $name }” has no key
       *[other] { $count } rows of “{ $name }” have no key
    }
app-join-not-sought =
    { $count ->
        [one] For 1 value no near match was sought: there are too many
       *[other] For { $count } values no near matches were sought: there are too many
    }
app-join-list-proposed = Near matches ({ $count })
app-join-list-unmatched = Without a match ({ $count })
app-join-list-exact = Matched ({ $count })
app-join-list-unused = Not used ({ $count })
app-join-confirm-all = Confirm all
app-join-choose = Choose…
app-join-choose-for = Choose a partner for { $name }
app-join-show = Show
app-join-show-of = Show { $name } on the map
app-join-search = Search the values not used
app-join-search-more = Type more to see others
app-join-reason-case = capitals, accents or spaces differ
app-join-reason-signs = hyphens, spaces or other signs differ
app-join-reason-zeros = zeros in front of a number
app-join-reason-short = a word is written short
app-join-reason-order = the same words in another order
app-join-reason-inside = the name stands in it
app-join-reason-typing =
    { $count ->
        [one] one letter differs
       *[other] { $count } letters differ
    }
app-join-several =
    { $count ->
        [one] For 1 value “{ $name }” has several rows ({ $examples }). Which counts?
       *[other] For { $count } values “{ $name }” has several rows ({ $examples }, …). Which ones count?
    }
app-join-only-one = Only one { $name }…
app-join-only =
    { $count ->
        [one] { $name } = { $value } (1 match)
       *[other] { $name } = { $value } ({ $count } matches)
    }
app-join-rules = Combine them, column by column
app-join-columns = Columns to take
app-join-as = as
app-join-column-name = Name of { $name } in the layer
app-join-column-rule = What several rows of { $name } become
app-join-rule-first = the first
app-join-rule-sum = their sum
app-join-rule-mean = their mean
app-join-rule-min = the least
app-join-rule-max = the greatest
app-join-rule-count = how many there are
app-join-do = Join
app-join-end = End this join
app-join-lacks-keys = First choose two keys that can be compared
app-join-lacks-columns = First choose a column to take
app-join-lacks-rule = First choose which of several rows counts
app-join-from = From “{ $name }”: { $field }
app-join-from-rule = From “{ $name }”: { $field }, { $rule }
