

style-no-field = The layer has no field “{ $field }” any more.
style-no-numbers = The field “{ $field }” holds no numbers.
style-no-areas = The layer has no polygons whose area is known.
style-rule-error = Rule { $rule }: { $message }
style-class-all = All
style-class-other = { $values ->
        [0] Other
        [one] Other (1 value)
       *[other] Other ({ $values } values)
    }
style-class-missing = No data
style-class-unmatched = Everything else
style-class-empty-text = (empty)
