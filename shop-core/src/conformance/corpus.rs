//! Texts that stores, drivers, escapes and collations tend to change, or to take for each other.
//!
//! Families written by hand are below; others are made from tables of characters. None has more than 200
//! characters, so that each fits into every column that carries untidied text.

use unicode_normalization::UnicodeNormalization;

/// Groups of texts that some collation takes for each other: `utf8mb4_general_ci`, `utf8mb4_unicode_520_ci`
/// and `utf8mb4_0900_ai_ci` of MySQL, every collation of it that pads, `NOCASE` and `RTRIM` of SQLite.
pub(super) const COLLISIONS: &[&[&str]] = &[
    &["resume", "Resume", "RESUME", "resumé", "résumé", "Résumé", "re\u{301}sume\u{301}", "RÉSUMÉ"],
    &["naive", "naïve", "nai\u{308}ve", "NAÏVE"],
    &["strasse", "straße", "STRASSE", "STRAẞE", "Strasse"],
    &["İstanbul", "istanbul", "ISTANBUL", "ıstanbul", "i\u{307}stanbul"],
    &["οδοσ", "οδος", "ΟΔΟΣ", "οδόσ"],
    &["aether", "æther", "ÆTHER", "ӕther"],
    &["oeuvre", "œuvre", "ŒUVRE"],
    &["fish", "ﬁsh", "FISH"],
    &["Angstrom", "Ångström", "\u{212b}ngström", "A\u{30a}ngstro\u{308}m"],
    &["smorrebrod", "smørrebrød", "SMØRREBRØD"],
    &["lodz", "łódź", "ŁÓDŹ"],
    &["dao", "đao", "ðao", "ĐAO"],
    &["țara", "ţara", "tara", "t\u{326}ara"],
    &["año", "ano", "an\u{303}o"],
    &["kelvin", "\u{212a}elvin", "Kelvin"],
    &["Ω ohm", "\u{2126} ohm", "ω ohm"],
    &["long s", "long ſ", "long S"],
    &["かき", "がき", "カキ", "ガキ", "ｶｷ", "か\u{3099}き"],
    &["はは", "ぱぱ", "ばば", "パパ"],
    &["つき", "っき", "ツキ"],
    &["１２３", "123", "①②③", "¹²³"],
    &["½", "1⁄2", "1/2"],
    &["ｆｕｌｌ", "full", "FULL", "ＦＵＬＬ"],
    &["kg", "㎏", "KG"],
    &["tm", "™", "TM"],
    &["ǆ", "ǅ", "Ǆ", "dž"],
    &["한글", "\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}"],
    &["привет", "ПРИВЕТ", "Привет", "привёт"],
    &["елка", "ёлка", "е\u{308}лка"],
    &["საქართველო", "ᲡᲐᲥᲐᲠᲗᲕᲔᲚᲝ"],
    &["محمد", "مُحَمَّد", "محـمد"],
    &["أحمد", "احمد", "ا\u{654}حمد"],
    &["שלום", "שָׁלוֹם"],
    &["\u{958}लम", "क\u{93c}लम", "कलम"],
    &["\u{8c48}", "\u{f900}"],
    // Equal to `general_ci` and `unicode_520_ci`, which have one weight for all of these.
    &["🍣", "🍺", "😀", "😁", "𝒳", "𐍈"],
    &["a", "A", "á", "à", "â", "ä", "ã", "å", "ā", "ă", "ą", "ａ", "ª", "ⓐ"],
    &["o'brien", "o’brien", "oʼbrien", "OBrien"],
    &["co-op", "co‐op", "co–op", "co\u{ad}op", "coop"],
    // What a collation passes over.
    &["ab", "a\0b", "a\u{1}b", "a\u{200b}b", "a\u{200d}b", "a\u{feff}b", "a\u{34f}b", "a\u{fffe}b"],
    // Equal to a collation that pads.
    &["pad", "pad ", "pad  ", "pad\t", "pad\u{a0}", "pad\0", " pad"],
    &["", " ", "  ", "   ", "\u{3000}", "\0"],
    // Equal as numbers.
    &["0", "00", "-0", "+0", "0.0", "0x00", "0e0", ".0"],
    &["100000", "1e5", "1E5", "100000.0", "1_000_00", "1,00,000", "0x186a0", "+100000"],
];

/// Words that programs read as something else.
const WORDS: &str = "\
    NULL | null | Null | nil | None | undefined | true | TRUE | false | yes | no | on | off | NaN | \
    nan | Infinity | -Infinity | inf | -inf | N/A | #N/A | #REF! | \\N | \\0 | CURRENT_TIMESTAMP | \
    DEFAULT | rowid | 0000-00-00 | 1970-01-01 | 2026-02-30 | [object Object] | con | nul | .. | \
    ../../etc/passwd";

/// Numbers that come back as other numbers.
const NUMBERS: &str = "\
    -1 | 1. | 1.0 | 1.10 | 01 | 0123 | 1e400 | -1e-400 | 9007199254740993 | 9223372036854775807 | \
    9223372036854775808 | -9223372036854775809 | 18446744073709551616 | 3.14159265358979323846 | \
    1,5 | 1 000 | 0b11 | 0o17 | 1d | 1f | １ | ٣ | Ⅻ | 1__0 | --1 | 1/0";

/// Texts that are code to somebody: SQL, JSON, HTML, shells, formats, formulas, templates, headers.
const CODE: &[&str] = &[
    "'; DROP TABLE users; --",
    "' OR '1'='1",
    "\" OR \"\"=\"",
    "1; SELECT 1",
    "x' UNION SELECT NULL--",
    "/* */",
    "/*!50000 SELECT 1 */",
    "-- ",
    "# ",
    "`users`",
    "\"users\"",
    "[users]",
    "O'Brien",
    "O''Brien",
    r"O\'Brien",
    "%",
    "_",
    "%%",
    "a%b_c",
    r"a\%b\_c",
    "*",
    "?",
    "?1",
    "$1",
    ":name",
    "@x",
    "@@version",
    "{}",
    "{0}",
    "%s",
    "%n%n%n",
    "%00",
    "%d%x",
    "%(name)s",
    "${7*7}",
    "{{7*7}}",
    "{% raw %}",
    "<%= 1 %>",
    "#{1}",
    "$(id)",
    "`id`",
    "|id",
    "; id",
    "&& id",
    "> /dev/null",
    "~",
    "!!",
    "<script>alert(1)</script>",
    "<b>",
    "</textarea>",
    "<!--",
    "]]>",
    "<![CDATA[x]]>",
    "&amp;",
    "&lt;",
    "&#0;",
    "&nosuch;",
    "\"",
    "'",
    r#"{"a":"b"}"#,
    r#""quoted""#,
    r"\u0000",
    r"\ud83d",
    r"\n",
    r"\\",
    r"\",
    r"\x00",
    r"\'",
    "[]",
    "null,",
    "/",
    "//",
    r"C:\new\table",
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    "a,b",
    "a;b",
    "a\tb",
    "a\"b",
    "\"a\",\"b\"",
    "a\nb",
    "a\r\nb",
    "a\rb",
    "\n",
    "\r\n",
    "line at the end\n",
    "\nline before",
    "Subject: x\r\nBcc: a@b.ro",
    ".\r\n",
    "\u{1b}[31mred\u{1b}[0m",
    "KN04=1;SH03=2",
    "a=b;c=d",
    "SKU-1=1",
    "0;1;2",
    "$argon2id$v=19$m=1,t=1,p=1$c2FsdA$aGFzaA",
    "pbkdf2:sha256:1$a$b",
    "plain$",
];

/// Names and sentences of real people, in their own scripts.
const SCRIPTS: &str = "\
    Ștefan Țepeș, ăâîșț ĂÂÎȘȚ | Nguyễn Thị Ánh | José-María d'Ors | Þórður Æsir | Ærøskøbing | \
    Çağrı Şahin | Κωνσταντίνος | Алёна Їжак | Հայաստան | გიორგი | עברית עם ניקוד: בְּרֵאשִׁית | \
    مرحبا بالعالم | می‌خواهم | اُردُو | हिन्दी क्ष | বাংলা | ਪੰਜਾਬੀ | ગુજરાતી | தமிழ் | తెలుగు | \
    ಕನ್ನಡ | മലയാളം | සිංහල ශ්‍රී | ไทย ก็ | ລາວ | བོད་ཡིག | မြန်မာ | ខ្មែរ | አማርኛ | ᏣᎳᎩ | ᐃᓄᒃᑎᑐᑦ | \
    ᠮᠣᠩᠭᠣᠯ | 小明 | 簡體繁體 | さくら | ﾊﾝｶｸ | 김철수 | ꦗꦮ | ߒߞߏ | ⵜⴰⵎⴰⵣⵉⵖⵜ";

/// Texts of characters beyond the first 65,536, which take four bytes, and of emoji that are several.
const FOUR_BYTES: &str = "\
    👩‍🔬 | 👨‍👩‍👧‍👦 | 👨👩👧👦 | 🏳️‍🌈 | 🏳🌈 | 🏴‍☠️ | 🇷🇴 | 🇷 | 🇷🇴🇷 | 🏴󠁧󠁢󠁳󠁣󠁴󠁿 | 👍 | 👍🏽 | 👍🏿 | ☺ | ☺️ | ☺︎ | \
    1️⃣ | #️⃣ | ❤ | ❤️ | ❤️‍🔥 | 🧑🏻‍❤️‍💋‍🧑🏿 | 🫠 | 🪿 | 🛒🛒🛒 | a🛒 | 🛒a | 🛒  | 𝒳𝓎 | 𝟘𝟙 | 𐍈𐌰 | 𐐷𐐏 | 𓀀𓂀 | \
    𒀀 | 𠀀 | 𠜎𠜱 | 𪚥 | 𞤀𞤢 | 𑁍 | 𑄃 | 𐎠 | 𝄞 | 🀄 | 🂡 | 🄰 | \u{200d} | 👩\u{200d} | \u{200d}🔬 | \u{fe0f} | \
    \u{1f3fd}";

/// Marks in every order, and more of them than anybody needs.
const MARKS: &[char] = &['\u{301}', '\u{316}', '\u{327}', '\u{323}'];

/// Words whose composed and decomposed forms, capitals and small letters are texts each.
const FORMS: &str = "\
    Ångström | déjà vu | Łódź | ŢARĂ | ȘTIINȚĂ | ǅungla | ﬃ ﬁne | ẛ\u{323} | ΐ Ὕβρις | Straße | \
    İçli | ơi Việt | 각 나 | が ポ | क़ ड़ | שּׁ | ﷺ | ㈱ ㍿ | x² ½ | ＡＢ ｶﾞ | Ωmega Å | 𝕬𝔟 | ①⑩ | ſt ß ẞ | \
    ŉ ǰ";

/// Every blank of Unicode (`White_Space`), and characters that look like one.
const BLANKS: &[char] = &[
    '\t', '\n', '\u{b}', '\u{c}', '\r', ' ', '\u{85}', '\u{a0}', '\u{1680}', '\u{2000}', '\u{2001}',
    '\u{2002}', '\u{2003}', '\u{2004}', '\u{2005}', '\u{2006}', '\u{2007}', '\u{2008}', '\u{2009}',
    '\u{200a}', '\u{2028}', '\u{2029}', '\u{202f}', '\u{205f}', '\u{3000}', '\u{180e}', '\u{200b}',
    '\u{2060}', '\u{2800}', '\u{3164}', '\u{feff}', '\u{115f}',
];

/// Characters that turn the direction of text, and others that are not seen.
const UNSEEN: &[char] = &[
    '\u{ad}',
    '\u{34f}',
    '\u{61c}',
    '\u{200c}',
    '\u{200e}',
    '\u{200f}',
    '\u{202a}',
    '\u{202b}',
    '\u{202c}',
    '\u{202d}',
    '\u{202e}',
    '\u{2061}',
    '\u{2066}',
    '\u{2067}',
    '\u{2068}',
    '\u{2069}',
    '\u{206a}',
    '\u{206f}',
    '\u{fff9}',
    '\u{fffa}',
    '\u{fffb}',
    '\u{fffc}',
    '\u{e0001}',
    '\u{e0041}',
    '\u{e007f}',
    '\u{e0100}',
];

/// The ends of ranges: of lengths in UTF-8, of surrogates, of private use, of planes, and noncharacters.
const EDGES: &[char] = &[
    '\u{7e}',
    '\u{7f}',
    '\u{80}',
    '\u{9f}',
    '\u{ff}',
    '\u{100}',
    '\u{7ff}',
    '\u{800}',
    '\u{fff}',
    '\u{1000}',
    '\u{d7ff}',
    '\u{e000}',
    '\u{f8ff}',
    '\u{fdd0}',
    '\u{fdef}',
    '\u{fffd}',
    '\u{fffe}',
    '\u{ffff}',
    '\u{10000}',
    '\u{1fffe}',
    '\u{1ffff}',
    '\u{20000}',
    '\u{2ffff}',
    '\u{e0fff}',
    '\u{f0000}',
    '\u{ffffd}',
    '\u{100000}',
    '\u{10fffd}',
    '\u{10fffe}',
    '\u{10ffff}',
];

/// What escapes are made of, in runs.
const ESCAPES: &[char] = &['\\', '\'', '"', '`', '%', '_', '?', '$', '\0', '{'];

/// The greatest length, in characters.
const MAX_CHARS: usize = 200;

/// Hostile texts, each once: more than a thousand.
#[must_use]
pub fn corpus() -> Vec<String> {
    let by_hand = [WORDS, NUMBERS, SCRIPTS, FOUR_BYTES].into_iter().flat_map(each);
    let by_hand = by_hand.chain(CODE.iter().copied()).chain(COLLISIONS.concat());
    let mut texts: Vec<String> = by_hand.map(str::to_owned).collect();
    texts.extend(around(BLANKS));
    texts.extend(around(UNSEEN));
    texts.extend(around(EDGES));
    texts.extend(around(&controls()));
    texts.extend(each(FORMS).flat_map(forms));
    texts.extend(orders_of_marks());
    texts.extend(runs());
    texts.extend(long());
    texts.sort_unstable();
    texts.dedup();
    texts
}

/// The texts of a table, which stand between bars.
fn each(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.split(" | ")
}

/// The character before, within and behind text.
fn around(characters: &[char]) -> impl Iterator<Item = String> {
    let texts =
        |&character: &char| [format!("{character}ab"), format!("a{character}b"), format!("ab{character}")];
    characters.iter().flat_map(texts)
}

fn controls() -> Vec<char> {
    ('\0'..='\u{1f}').chain('\u{7f}'..='\u{9f}').collect()
}

/// A word composed and decomposed, canonically and compatibly, in capitals and in small letters.
fn forms(word: &str) -> [String; 6] {
    [
        word.nfc().collect(),
        word.nfd().collect(),
        word.nfkc().collect(),
        word.nfkd().collect(),
        word.to_lowercase(),
        word.to_uppercase(),
    ]
}

/// One letter with two marks, and with three, in every order: some are equal to Unicode, none to a store.
fn orders_of_marks() -> Vec<String> {
    let mut texts = vec![format!("Z{}", MARKS.iter().collect::<String>().repeat(20))];
    for first in MARKS {
        for second in MARKS {
            texts.push(format!("e{first}{second}"));
            texts.extend(MARKS.iter().map(|third| format!("a{first}{second}{third}")));
        }
    }
    texts
}

fn runs() -> impl Iterator<Item = String> {
    let lengths = [2, 3, 4, 7, 50];
    ESCAPES.iter().flat_map(move |escape| lengths.map(|length| escape.to_string().repeat(length)))
}

/// As long as there is room, and around the lengths at which stores begin to count in other ways.
fn long() -> impl Iterator<Item = String> {
    let fillings = ["x", "ă", "小", "🛒", " ", "\0", "e\u{301}", "👍🏽", "\r\n"];
    let full = fillings.map(|filling| filling.repeat(MAX_CHARS / filling.chars().count()));
    let around = [63, 64, 65, 85, 86, 127, 128, 191, 192].map(|length| "🛒".repeat(length));
    full.into_iter().chain(around)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn there_are_enough_and_each_is_there_once() {
        let texts = corpus();
        let distinct: HashSet<_> = texts.iter().collect();
        assert_eq!((texts.len(), distinct.len()), (1_084, 1_084));
        assert!(texts.iter().all(|text| text.chars().count() <= MAX_CHARS));
    }

    type Is = fn(&String) -> bool;

    /// Otherwise a family might have got lost, and nobody would see it in the number.
    #[test]
    fn there_is_something_of_each_kind() {
        let texts = corpus();
        let count = |is: Is| texts.iter().filter(|text| is(text)).count();
        let kinds: [(&str, Is, usize); 7] = [
            ("four bytes", |text| text.chars().any(|character| character > '\u{ffff}'), 60),
            ("NUL", |text| text.contains('\0'), 10),
            ("blanks behind", |text| text.trim_end() != text, 25),
            ("not composed", |text| !text.nfc().eq(text.chars()), 60),
            ("right to left", |text| text.chars().any(|character| ('א'..='ۿ').contains(&character)), 10),
            ("controls", |text| text.chars().any(char::is_control), 150),
            ("quotes and backslashes", |text| text.contains(['\'', '"', '\\']), 35),
        ];
        for (kind, is, least) in kinds {
            assert!(count(is) >= least, "{kind}: {}", count(is));
        }
    }

    #[test]
    fn lookalikes_are_different_texts() {
        let texts = COLLISIONS.concat();
        assert_eq!(texts.iter().collect::<HashSet<_>>().len(), texts.len());
        assert!(COLLISIONS.iter().all(|group| group.len() > 1));
    }
}
