//! The words that head the columns of WeChat's tables, in both languages.

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::drift) enum Column {
    /// The name of a field.
    Name,
    /// Its type, often with a length.
    Type,
    /// Whether it must be set.
    Required,
    /// Whether changing it sends the card back to review.
    Review,
    /// An example value.
    Example,
    /// What it is.
    Text,
    /// An error code.
    Code,
    /// What to do about an error.
    Remedy,
    /// A version of the page.
    Version,
    /// The day of a version.
    Date,
}

/// Longer phrases first, so that the longest wins.
const WORDS: &[(&str, Column)] = &[
    ("required to fill in", Column::Required),
    ("is it compulsory?", Column::Required),
    ("is it compulsory", Column::Required),
    ("do i have to?", Column::Required),
    ("parameter name", Column::Name),
    ("field name", Column::Name),
    ("example value", Column::Example),
    ("introductions", Column::Text),
    ("description", Column::Text),
    ("compulsory", Column::Required),
    ("error code", Column::Code),
    ("data type", Column::Type),
    ("parameter", Column::Name),
    ("attribute", Column::Name),
    ("required", Column::Required),
    ("describe", Column::Text),
    ("meaning", Column::Text),
    ("example", Column::Example),
    ("errcode", Column::Code),
    ("review", Column::Review),
    ("remedy", Column::Remedy),
    ("field", Column::Name),
    ("name", Column::Name),
    ("type", Column::Type),
    ("code", Column::Code),
    ("date", Column::Date),
    ("是否必须", Column::Required),
    ("是否必填", Column::Required),
    ("是否提审", Column::Review),
    ("更新内容", Column::Text),
    ("更新时间", Column::Date),
    ("排错指引", Column::Remedy),
    ("错误码", Column::Code),
    ("返回码", Column::Code),
    ("参数名", Column::Name),
    ("字段名", Column::Name),
    ("示例值", Column::Example),
    ("版本号", Column::Version),
    ("必填", Column::Required),
    ("参数", Column::Name),
    ("字段", Column::Name),
    ("名称", Column::Name),
    ("类型", Column::Type),
    ("示例", Column::Example),
    ("描述", Column::Text),
    ("说明", Column::Text),
    ("含义", Column::Text),
];

/// The column that a header cell heads.
pub(super) fn column(cell: &str) -> Option<Column> {
    let cell = cell.trim().trim_matches('*').to_lowercase();
    WORDS.iter().find(|(word, _)| *word == cell).map(|(_, column)| *column)
}

/// The columns of a header whose cells are parted by blanks alone.
pub(super) fn flattened(line: &str) -> Option<Vec<Column>> {
    let lower = line.trim().to_lowercase();
    let mut rest = lower.as_str();
    let mut columns = Vec::new();
    while !rest.is_empty() {
        let (word, column) = WORDS.iter().find(|(word, _)| {
            rest.strip_prefix(word).is_some_and(|after| after.is_empty() || after.starts_with(char::is_whitespace))
        })?;
        columns.push(*column);
        rest = rest[word.len()..].trim_start();
    }
    let heads = columns.iter().any(|column| matches!(column, Column::Name | Column::Code | Column::Version));
    (columns.len() >= 2 && heads).then_some(columns)
}

/// Whether a required or review cell says yes; none when it says neither.
pub(in crate::drift) fn yes(cell: &str) -> Option<bool> {
    match cell.trim().to_lowercase().as_str() {
        "是" | "yes" | "y" | "true" | "required" | "必填" => Some(true),
        "否" | "no" | "n" | "false" | "optional" | "选填" => Some(false),
        _ => None,
    }
}

/// Whether a word has the shape of a wire name: `card_id`, `payOriginalFee`, `ToUserName`.
pub(in crate::drift) fn is_wire(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_alphabetic())
        && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && word.chars().any(|c| c.is_ascii_lowercase())
}

/// The printed type at the start of a text, as printed: `string(32)`, `unsigned int`.
pub(in crate::drift) fn leading_type(text: &str) -> Option<&str> {
    const PLAIN: &[&str] = &[
        "json structure",
        "json结构",
        "json接口",
        "unsigned int",
        "json数据",
        "json data",
        "uint32",
        "uint64",
        "int32",
        "int64",
        "boolean",
        "string",
        "object",
        "number",
        "array",
        "float",
        "bool",
        "json",
        "uint",
        "list",
        "int",
    ];
    let lower = text.to_lowercase();
    // Lowering keeps the length of everything that can be part of a type.
    let word = PLAIN.iter().find(|word| lower.starts_with(**word))?;
    let mut end = word.len();
    if let Some(arguments) = lower.get(end..).filter(|rest| rest.starts_with('(')) {
        end += arguments.find(')')? + 1;
    }
    let ends = lower.get(end..)?.chars().next().is_none_or(|c| c.is_whitespace() || "|,;，；".contains(c));
    if ends { text.get(..end) } else { None }
}
