//! What single characters mean.

const SUPERSCRIPTS: (&str, &str) = (
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵅᵝᵞᵟᵋᶿᵡ",
    // A raised T is always the sign of the transpose; the letter would be γ^T.
    "0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPR⊤UVWαβγδεθχ",
);

const SUBSCRIPTS: (&str, &str) =
    ("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", "0123456789+−=()aehijklmnoprstuvxβγρφχ");

/// Letters that have their accent built in: the accent, the letters with it and the letters without.
const ACCENTED: &[(char, &str, &str)] = &[
    ('^', "âĉêĝĥîĵôŝûŵŷẑÂĈÊĜĤÎĴÔŜÛŴŶẐ", "aceghijosuwyzACEGHIJOSUWYZ"),
    ('¯', "āēḡīōūȳĀĒḠĪŌŪȲ", "aegiouyAEGIOUY"),
    ('~', "ãẽĩñõũṽỹÃẼĨÑÕŨṼỸ", "aeinouvyAEINOUVY"),
    ('˙', "ȧḃċḋėḟġḣṁṅȯṗṙṡṫẇẋẏż", "abcdefghmnoprstwxyz"),
];

/// Combining marks and the accent each puts above its letter.
const MARKS: &[(char, char)] = &[
    ('\u{302}', '^'),
    ('\u{303}', '~'),
    ('\u{304}', '¯'),
    ('\u{305}', '¯'),
    ('\u{307}', '˙'),
    ('\u{308}', '¨'),
    ('\u{30c}', 'ˇ'),
    ('\u{20d7}', '→'),
];

const FRACTIONS: &[(char, &str, &str)] = &[
    ('½', "1", "2"),
    ('⅓', "1", "3"),
    ('⅔', "2", "3"),
    ('¼', "1", "4"),
    ('¾', "3", "4"),
    ('⅕', "1", "5"),
    ('⅙', "1", "6"),
    ('⅛', "1", "8"),
    ('⅒', "1", "10"),
];

const OPERATORS: &str = "+−±∓·×∗⊙∘⊗⊕÷≤≥<>=≠≈≡∝≔←→↦⇒∈∉∼,;:.…⋯∪∩⊂∀∃";

const FUNCTIONS: &[&str] = &[
    "sign", "sgn", "min", "max", "clip", "clamp", "exp", "log", "ln", "lg", "cos", "sin", "tan", "cosh",
    "sinh", "tanh", "acos", "asin", "atan", "sqrt", "cbrt", "abs", "norm", "mean", "median", "round",
    "floor", "ceil", "sum", "tr", "trace", "diag", "det", "rank", "vec", "mat", "sym", "orth", "svd", "qr",
    "proj", "prox", "argmin", "argmax", "inf", "sup", "lim", "var", "std", "cov", "rms", "relu", "sigmoid",
    "softmax", "softplus", "erf", "lerp",
];

/// Words of two letters; other pairs of letters are products.
const SHORT_WORDS: &[&str] = &[
    "of", "by", "in", "is", "at", "to", "or", "if", "on", "as", "an", "no", "it", "be", "up", "so", "do",
    "we", "If", "In", "At", "On", "To", "By",
];

fn translated(c: char, (from, to): (&str, &str)) -> Option<char> {
    if c.is_ascii() {
        return None;
    }
    from.chars().zip(to.chars()).find(|(f, _)| *f == c).map(|(_, t)| t)
}

/// The character that is raised here.
pub fn superscript(c: char) -> Option<char> {
    translated(c, SUPERSCRIPTS)
}

/// The character that is lowered here.
pub fn subscript(c: char) -> Option<char> {
    translated(c, SUBSCRIPTS)
}

/// The raised form of a digit or minus sign.
pub fn raised(c: char) -> char {
    let (from, to) = SUPERSCRIPTS;
    to.chars().zip(from.chars()).find(|(t, _)| *t == c).map_or(c, |(_, f)| f)
}

/// A letter apart from the accent it has built in.
pub fn without_accent(c: char) -> Option<(char, char)> {
    ACCENTED.iter().find_map(|(accent, with, without)| Some((translated(c, (with, without))?, *accent)))
}

/// The accent of a combining mark.
pub fn accent(mark: char) -> Option<char> {
    MARKS.iter().find(|(m, _)| *m == mark).map(|(_, a)| *a)
}

/// Whether it is put onto the letter before it.
pub const fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{20d0}'..='\u{20ff}')
}

/// Numerator and denominator of ½ and the like.
pub fn fraction(c: char) -> Option<(&'static str, &'static str)> {
    FRACTIONS.iter().find(|(f, ..)| *f == c).map(|(_, n, d)| (*n, *d))
}

/// Whether it is a letter of Latin script, and so may be part of a word.
pub const fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic()
        || matches!(c, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}') && !matches!(c, '×' | '÷')
}

/// Whether it is a letter that can stand for something.
pub fn is_letter(c: char) -> bool {
    c.is_alphabetic() && superscript(c).is_none() && subscript(c).is_none()
}

/// Whether it is an operator, a relation or a separator.
pub fn is_operator(c: char) -> bool {
    OPERATORS.contains(c)
}

/// Whether it names a function.
pub fn is_function(word: &str) -> bool {
    FUNCTIONS.contains(&word)
}

/// Whether it is a word in spite of its two letters.
pub fn is_short_word(word: &str) -> bool {
    SHORT_WORDS.contains(&word)
}

/// The bracket or bar on the other side belongs to the same family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// ( [ {
    Round,
    /// ⌊ ⌈
    Whole,
    /// ⟨
    Angle,
    /// |
    Bar,
    /// ‖
    Norm,
}

impl Family {
    /// How many there are.
    pub const COUNT: usize = 5;
}
