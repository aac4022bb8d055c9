crs-how-prj = uit het .prj-bestand
crs-how-crs-member = uit het crs-element van het bestand
crs-how-file = zoals het bestand zegt
crs-how-format = voorgeschreven door het formaat
crs-how-named = uit de namen van de kolommen
crs-how-guess = geraden uit de getallen
crs-how-chosen = door jou gekozen
crs-error-unknown-code = Het coördinatenstelsel { $code } is onbekend
crs-error-bad-wkt = De beschrijving van het coördinatenstelsel is onleesbaar: { $detail }
crs-error-no-operation = Er is geen weg van { $from } naar { $to }: { $detail }
crs-operation-none = geen omzetting
crs-operation-about = { $name }, ongeveer { $metres } m
crs-operation-exact = { $name }, exact
crs-operation-unknown = { $name }, nauwkeurigheid onbekend
problem-position-outside-crs = { $count ->
    [one] { $count } positie ligt buiten wat het coördinatenstelsel kan beschrijven
   *[other] { $count } posities liggen buiten wat het coördinatenstelsel kan beschrijven
}
crs-where-near = bij { $town }
crs-where-between = van { $west } tot { $east }
crs-where-away = ongeveer { $kilometres } km van Brussel
crs-where-nowhere = nergens op aarde
