# What a join did not do as it was asked
problem-join-unmatched =
    { $count ->
        [one] 1 row has no partner in “{ $layer }”, so its joined columns are empty
       *[other] { $count } rows have no partner in “{ $layer }”, so their joined columns are empty
    }
problem-join-several =
    { $count ->
        [one] “{ $layer }” has several rows for 1 value, and no choice was made between them: the joined columns stay empty there
       *[other] “{ $layer }” has several rows for { $count } values, and no choice was made between them: the joined columns stay empty there
    }
problem-join-no-table = The join with “{ $layer }” is off: that table could not be read
problem-join-no-key = The join with “{ $layer }” is off: this layer no longer has a field “{ $field }”
problem-join-no-key-there = The join with “{ $layer }” is off: it no longer has a field “{ $field }”
problem-join-condition = The join with “{ $layer }” is off because of its condition: { $error }
problem-join-no-field = “{ $layer }” has no field “{ $field }”, so it is not joined
problem-join-rule = “{ $field }” of “{ $layer }” holds no numbers to add up, so it is not joined
problem-join-renamed = The joined column “{ $from }” is called “{ $to }”, because another column has that name
problem-join-gone = The join on “{ $field }” is off: its table is no longer in this map
problem-join-near =
    { $count ->
        [one] 1 value has no equal but perhaps the same under another spelling; it is not joined: { $examples }
       *[other] { $count } values have no equal but perhaps the same under another spelling; they are not joined: { $examples }
    }
problem-join-not-sought =
    { $count ->
        [one] For 1 value no near match was sought: there are too many
       *[other] For { $count } values no near matches were sought: there are too many
    }
problem-join-choose =
    { $count ->
        [one] 1 value has several rows to join: choose one with --join-where (by { $fields }), or combine them with --join-rule
       *[other] { $count } values have several rows to join: choose one with --join-where (by { $fields }), or combine them with --join-rule
    }
