//! The words of the made-up city: species, uses, and parts that street names are put together from.

/// Trees. Some names hold a comma, so that a CSV file needs its quotes.
pub const SPECIES: [&str; 28] = [
    "Gewone esdoorn",
    "Noorse esdoorn 'Globosum'",
    "Witte paardenkastanje",
    "Rode paardenkastanje",
    "Zwarte els",
    "Ruwe berk",
    "Haagbeuk",
    "Tamme kastanje",
    "Gewone beuk",
    "Bruine beuk",
    "Gewone es",
    "Japanse notenboom",
    "Valse christusdoorn",
    "Amberboom",
    "Tulpenboom",
    "Gewone plataan",
    "Italiaanse populier",
    "Japanse sierkers",
    "Zoete kers",
    "Sierpeer 'Chanticleer'",
    "Moeraseik",
    "Zomereik",
    "Amerikaanse eik",
    "Linde, Hollandse",
    "Linde, zilver-",
    "Iep, veld-",
    "Mispel (één stam)",
    "Lijsterbes, wilde",
];

/// What buildings are for.
pub const USES: [&str; 9] = [
    "eengezinswoning",
    "meergezinswoning",
    "bijgebouw",
    "handelszaak",
    "café of restaurant",
    "kantoor",
    "industrie",
    "school of crèche",
    "openbaar gebouw",
];

/// How busy a street is.
pub const ROADS: [&str; 6] =
    ["woonstraat", "ontsluitingsweg", "invalsweg", "fietsstraat", "woonerf", "plein of steeg"];

/// How streets are paved.
pub const SURFACES: [&str; 5] =
    ["asfalt", "kasseien", "betonstraatstenen", "beton", "gravé (zandsteen)"];

const FIRST: [&str; 42] = [
    "Sint-Pietersnieuw",
    "Kortrijkse",
    "Brugse",
    "Antwerpse",
    "Dendermondse",
    "Oudburg",
    "Veld",
    "Koepoort",
    "Koning Albert ",
    "Koningin Astrid",
    "Edward Anseele",
    "Graaf van Vlaanderen",
    "Sint-Kwintens",
    "Sint-Michiels",
    "Burggraven",
    "Ottergem",
    "Zwijnaardse",
    "Hundelgemse",
    "Brusselse",
    "Land van Waas",
    "Vogelmarkt",
    "Kouter",
    "Lousberg",
    "Franklin Roosevelt",
    "Désiré Fiévé",
    "François Benard",
    "Frère-Orban",
    "Jérôme Becker",
    "Eugène Hins",
    "Prudens Van Duyse",
    "Façade",
    "Citadel",
    "Keizer Karel",
    "Molenaars",
    "Groene Vallei",
    "Drongen",
    "Wondelgem",
    "Meulestede",
    "Oostakker",
    "Sint-Amands",
    "Gentbrugse",
    "Ledebergse",
];

const LAST: [&str; 11] = [
    "straat",
    "laan",
    "steenweg",
    "dreef",
    "plein",
    "kaai",
    "lei",
    "weg",
    "hof",
    "pad",
    "wandeling",
];

/// The name of a street by its number; after some five hundred they come again.
pub fn street_name(number: usize) -> String {
    let first = FIRST.get(number % FIRST.len()).copied().unwrap_or_default();
    let last = LAST.get(number / FIRST.len() % LAST.len()).copied().unwrap_or_default();
    format!("{first}{last}")
}
