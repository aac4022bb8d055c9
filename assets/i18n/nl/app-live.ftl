# Lagen van portalen bijwerken; live lagen.

app-update-all = Alle lagen bijwerken
app-updates-show = Wat er bijgewerkt is…
app-layer-update = Deze laag bijwerken
app-live-refresh = Vanzelf bijwerken
app-work-updating = Lagen bijwerken

app-live-newer = { $count ->
    [one] Er zijn nieuwere gegevens voor { $names }
   *[other] Er zijn nieuwere gegevens voor { $count } lagen: { $names }
}
app-live-newer-update = Bijwerken
app-live-update = Bijwerken
app-live-outdated = Het portaal heeft nieuwere gegevens
app-live-failing = Geen nieuwere gegevens sinds { $time }

app-live-rhythm = Live, { $every }
app-live-paused = Live, niet vanzelf
app-live-choose = Hoe vaak { $name } bijgewerkt wordt
app-live-automatic = Automatisch
app-live-off = Niet
app-live-every-seconds = { $count ->
    [one] elke seconde
   *[other] elke { $count } seconden
}
app-live-every-minutes = { $count ->
    [one] elke minuut
   *[other] elke { $count } minuten
}
app-live-every-hours = { $count ->
    [one] elk uur
   *[other] elke { $count } uur
}
app-live-every-days = { $count ->
    [one] elke dag
   *[other] elke { $count } dagen
}
app-live-minutes = { $count ->
    [one] 1 minuut
   *[other] { $count } minuten
}
app-live-hours = { $count } uur

app-live-now = zonet
app-live-minutes-ago = { $count ->
    [one] 1 minuut geleden
   *[other] { $count } minuten geleden
}
app-live-hours-ago = { $count } uur geleden
app-live-days-ago = { $count ->
    [one] 1 dag geleden
   *[other] { $count } dagen geleden
}
app-live-age = { $age }
app-live-age-oldest = { $age }; oudste meting { $oldest }
app-live-current = Nagekeken op het portaal: { $time }
app-live-fetched = Opgehaald: { $time }
app-live-processed = Door het portaal ingelezen: { $time }
app-live-last-change = Laatste wijziging: { $time }, { $count ->
    [one] 1 rij
   *[other] { $count } rijen
}
app-live-stale = { $count ->
    [one] 1 verouderde rij
   *[other] { $count } verouderde rijen
}
app-live-stale-rule = Verouderd: de meting was meer dan { $time } oud toen het portaal voor het laatst nagekeken werd (tien keer de tijd tussen twee metingen, minstens een kwartier)
app-live-status = { $name }: { $age } bijgewerkt

app-live-report-title = Bijgewerkt om { $time }
app-live-summary-unchanged = { $count ->
    [one] De laag is nog actueel
   *[other] Alle { $count } lagen zijn nog actueel
}
app-live-summary-newer = { $newer } van { $count } { $count ->
    [one] laag
   *[other] lagen
} bijgewerkt
app-live-summary-failed = { $failed } van { $count } { $count ->
    [one] laag
   *[other] lagen
} { $failed ->
    [one] kon
   *[other] konden
} niet bijgewerkt worden
app-live-layer-done = { $name }: { $what }
app-live-unchanged = Niets veranderd
app-live-cancelled = Gestopt; de gegevens van daarvoor blijven staan
app-live-stays = { $what }. De gegevens van { $time } blijven staan
app-live-changed = { $count ->
    [one] 1 rij gewijzigd
   *[other] { $count } rijen gewijzigd
}
app-live-added = { $count ->
    [one] 1 rij erbij
   *[other] { $count } rijen erbij
}
app-live-removed = { $count ->
    [one] 1 rij verdwenen
   *[other] { $count } rijen verdwenen
}
app-live-only-fields = De velden zijn veranderd, de rijen niet
app-live-fields = Gewijzigd: { $fields }
app-live-field-rows = { $field } ({ $count })
app-live-fields-more = en nog { $count } { $count ->
    [one] veld
   *[other] velden
}
app-live-moved = { $count ->
    [one] 1 rij ligt elders
   *[other] { $count } rijen liggen elders
}
app-live-fields-added = Nieuwe velden: { $fields }
app-live-fields-removed = Verdwenen velden: { $fields }
app-live-field-kind = { $field } is nu { $after } in plaats van { $before }
app-live-no-key = Geen veld onderscheidt de rijen, dus een gewijzigde rij telt als verdwenen en als erbij
app-live-select = { $count ->
    [one] Selecteer 1 rij
   *[other] Selecteer { $count } rijen
}
app-live-kind-boolean = ja of nee
app-live-kind-integer = een geheel getal
app-live-kind-number = een getal
app-live-kind-text = tekst
app-live-kind-json = JSON
app-live-kind-date = een datum
app-live-kind-datetime = een tijdstip

app-live-back = Terug in de tijd
app-live-back-hint = Toon de laag met de getallen van een vorig moment
app-live-back-only = Getallen en ja of nee zijn die van toen; andere velden en de plaats zijn die van nu, datums en tijdstippen zijn leeg
app-live-back-now = Terug naar nu
app-live-as-of = Zoals om { $time }
app-history = Verloop
app-history-words = { $field } van { $from } tot { $to }: laagste { $least }, hoogste { $most }, laatste { $last }
app-settings-recordings = Opnames van live lagen
app-settings-record = Live lagen opnemen
app-settings-record-limit = Ten hoogste
app-settings-record-size = Nu op de schijf
app-settings-record-clear = Alle opnames wissen
app-settings-record-note = Zolang een live laag open is, houdt Belfort haar getallen bij voor het verloop en voor “terug in de tijd”. Ze blijven op deze computer; de oudste gaan eerst weg.
