"""The first edition's questions in other languages. Javanese (krama) and Madurese (engghi-bhunten) are drafts until a
native speaker has checked them; the settings leave them off.
"""

from collections.abc import Mapping

Words = tuple[str, tuple[str, str, str, str]]

# Language → key of the question → the question, and the words for answers 1 to 4.
FIRST_WORDS: Mapping[str, Mapping[str, Words]] = {
    "en": {
        "persyaratan": (
            "How well do the requirements fit the kind of service?",
            ("Don't fit", "Fit poorly", "Fit", "Fit very well"),
        ),
        "prosedur": (
            "How easy is the procedure of the service in this office?",
            ("Not easy", "Not very easy", "Easy", "Very easy"),
        ),
        "waktu": (
            "How fast was the service?",
            ("Not fast", "Not very fast", "Fast", "Very fast"),
        ),
        "biaya": (
            "How fair is the cost of the service?",
            ("Very expensive", "Rather expensive", "Cheap", "Free"),
        ),
        "produk": (
            "How well does what you received match what the service standard promises?",
            ("Doesn't match", "Matches poorly", "Matches", "Matches very well"),
        ),
        "kompetensi": (
            "How competent are the staff?",
            ("Not competent", "Not very competent", "Competent", "Very competent"),
        ),
        "perilaku": (
            "How polite and friendly are the staff?",
            (
                "Not polite and friendly",
                "Not very polite and friendly",
                "Polite and friendly",
                "Very polite and friendly",
            ),
        ),
        "pengaduan": (
            "How are complaints from people who use the service handled?",
            ("Not at all", "There is a way, but it doesn't work", "It works, but not fully", "Well managed"),
        ),
        "sarana": (
            "How good are the facilities?",
            ("Bad", "Fair", "Good", "Very good"),
        ),
    },
    "jv": {
        "persyaratan": (
            "Kados pundi panemu Panjenengan bab cocogipun sarat-sarat pelayanan kaliyan jinising pelayananipun?",
            ("Boten cocog", "Kirang cocog", "Cocog", "Cocog sanget"),
        ),
        "prosedur": (
            "Kados pundi panemu Panjenengan bab gampilipun prosedur pelayanan ing kantor menika?",
            ("Boten gampil", "Kirang gampil", "Gampil", "Gampil sanget"),
        ),
        "waktu": (
            "Kados pundi panemu Panjenengan bab rikatipun wekdal pelayanan?",
            ("Boten rikat", "Kirang rikat", "Rikat", "Rikat sanget"),
        ),
        "biaya": (
            "Kados pundi panemu Panjenengan bab limrahipun wragad utawi tarip pelayanan?",
            ("Awis sanget", "Radi awis", "Mirah", "Gratis"),
        ),
        "produk": (
            (
                "Kados pundi panemu Panjenengan bab cocogipun asil pelayanan kaliyan ingkang kaserat "
                "ing standar pelayanan?"
            ),
            ("Boten cocog", "Kirang cocog", "Cocog", "Cocog sanget"),
        ),
        "kompetensi": (
            "Kados pundi panemu Panjenengan bab kaprigelanipun petugas anggènipun ngladosi?",
            ("Boten prigel", "Kirang prigel", "Prigel", "Prigel sanget"),
        ),
        "perilaku": (
            "Kados pundi panemu Panjenengan bab tindak-tandukipun petugas, kasopanan lan kasumanakanipun?",
            ("Boten sopan lan sumanak", "Kirang sopan lan sumanak", "Sopan lan sumanak", "Sopan lan sumanak sanget"),
        ),
        "pengaduan": (
            "Kados pundi panemu Panjenengan bab panggarapanipun wadulan saking warga ingkang dipunladosi?",
            ("Boten wonten", "Wonten nanging boten mlampah", "Mlampah nanging kirang", "Dipungarap kanthi saé"),
        ),
        "sarana": (
            "Kados pundi panemu Panjenengan bab saénipun sarana lan prasarana?",
            ("Awon", "Cekap", "Saé", "Saé sanget"),
        ),
    },
    "mad": {
        "persyaratan": (
            "Kadhi ponapa pamangghi Panjhennengngan parkara cocogga sarat kalabân bhângsana pangladhinan?",
            ("Ta' cocok", "Korang cocok", "Cocok", "Cocok sanget"),
        ),
        "prosedur": (
            "Kadhi ponapa pamangghi Panjhennengngan parkara ghâmpangnga prosedur pangladhinan è kantor ka'ḍinto?",
            ("Ta' ghâmpang", "Korang ghâmpang", "Ghâmpang", "Ghâmpang sanget"),
        ),
        "waktu": (
            "Kadhi ponapa pamangghi Panjhennengngan parkara ceppeddhâ bâkto pangladhinan?",
            ("Ta' ceppet", "Korang ceppet", "Ceppet", "Ceppet sanget"),
        ),
        "biaya": (
            "Kadhi ponapa pamangghi Panjhennengngan parkara pantessa ongkos otabâ tarip pangladhinan?",
            ("Larang sanget", "Sakonè' larang", "Mora", "Gratis"),
        ),
        "produk": (
            (
                "Kadhi ponapa pamangghi Panjhennengngan parkara cocogga hasèl pangladhinan kalabân sè ètolès "
                "è standar pangladhinan?"
            ),
            ("Ta' cocok", "Korang cocok", "Cocok", "Cocok sanget"),
        ),
        "kompetensi": (
            "Kadhi ponapa pamangghi Panjhennengngan parkara kabisa'anna petugas è pangladhinan?",
            ("Ta' bisa", "Korang bisa", "Bisa", "Bisa sanget"),
        ),
        "perilaku": (
            "Kadhi ponapa pamangghi Panjhennengngan parkara tèngka lakona petugas, sopanna sareng grapa'na?",
            (
                "Ta' sopan sareng grapa'",
                "Korang sopan sareng grapa'",
                "Sopan sareng grapa'",
                "Sopan sareng grapa' sanget",
            ),
        ),
        "pengaduan": (
            "Kadhi ponapa pamangghi Panjhennengngan parkara pananganna kaluwan ḍâri orèng sè èladhini?",
            ("Ta' bâdâ", "Bâdâ namong ta' ajhâlân", "Ajhâlân namong korang", "Èorbhi kalabân saè"),
        ),
        "sarana": (
            "Kadhi ponapa pamangghi Panjhennengngan parkara saèna sarana sareng prasarana?",
            ("Jhubâ'", "Cokop", "Saè", "Saè sanget"),
        ),
    },
}
