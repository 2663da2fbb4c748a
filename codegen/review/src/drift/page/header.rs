//! The words that head the columns of WeChat's tables, in both languages.

use super::normal::normal;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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
    ("whether it is required", Column::Required),
    ("error description", Column::Text),
    ("troubleshooting", Column::Remedy),
    ("parameter type", Column::Type),
    ("example values", Column::Example),
    ("default value", Column::Text),
    ("sample value", Column::Example),
    ("return code", Column::Code),
    ("is required", Column::Required),
    ("parameters", Column::Name),
    ("field type", Column::Type),
    ("attributes", Column::Name),
    ("introduction", Column::Text),
    ("explanation", Column::Text),
    ("mandatory", Column::Required),
    ("necessary", Column::Required),
    ("variable", Column::Name),
    ("property", Column::Name),
    ("examples", Column::Example),
    ("required?", Column::Required),
    ("remarks", Column::Text),
    ("optional", Column::Required),
    ("comment", Column::Text),
    ("version", Column::Version),
    ("remark", Column::Text),
    ("sample", Column::Example),
    ("fields", Column::Name),
    ("notes", Column::Text),
    ("note", Column::Text),
    ("key", Column::Name),
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
    ("是否必需", Column::Required),
    ("是否必传", Column::Required),
    ("是否必选", Column::Required),
    ("是否需要提审", Column::Review),
    ("是否审核", Column::Review),
    ("参数名称", Column::Name),
    ("字段名称", Column::Name),
    ("错误代码", Column::Code),
    ("错误说明", Column::Text),
    ("数据类型", Column::Type),
    ("字段类型", Column::Type),
    ("参数类型", Column::Type),
    ("参数说明", Column::Text),
    ("字段说明", Column::Text),
    ("解决方案", Column::Remedy),
    ("处理建议", Column::Remedy),
    ("变量名", Column::Name),
    ("属性名", Column::Name),
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
    ("默认值", Column::Text),
    ("值类型", Column::Type),
    ("必填", Column::Required),
    ("必须", Column::Required),
    ("必需", Column::Required),
    ("必传", Column::Required),
    ("必选", Column::Required),
    ("版本", Column::Version),
    ("日期", Column::Date),
    ("变量", Column::Name),
    ("属性", Column::Name),
    ("样例", Column::Example),
    ("举例", Column::Example),
    ("备注", Column::Text),
    ("参数", Column::Name),
    ("字段", Column::Name),
    ("名称", Column::Name),
    ("类型", Column::Type),
    ("示例", Column::Example),
    ("描述", Column::Text),
    ("说明", Column::Text),
    ("含义", Column::Text),
];

/// Words that stand in headings as often as in heads of tables.
const PLAIN_WORDS: &[&str] = &[
    "explanation",
    "introduction",
    "parameters",
    "attributes",
    "examples",
    "fields",
    "notes",
    "note",
    "remarks",
    "remark",
    "comment",
    "version",
    "sample",
    "key",
    "property",
    "variable",
    "optional",
    "troubleshooting",
    "参数说明",
    "字段说明",
    "备注",
    "版本",
    "日期",
    "样例",
    "举例",
    "属性",
    "变量",
    "解决方案",
    "处理建议",
];

/// The column that a header cell heads.
pub(super) fn column(cell: &str) -> Option<Column> {
    let cell = normal(cell).to_lowercase();
    let cell = cell.trim_end_matches([':', '?']).trim();
    WORDS.iter().find(|(word, _)| word.trim_end_matches('?') == cell).map(|(_, column)| *column)
}

/// The columns of a header whose cells are parted by blanks alone.
pub(super) fn flattened(line: &str) -> Option<Vec<Column>> {
    let lower = line.trim().to_lowercase();
    let mut rest = lower.as_str();
    let (mut columns, mut words) = (Vec::new(), Vec::new());
    while !rest.is_empty() {
        let (word, column) = WORDS.iter().find(|(word, _)| {
            rest.strip_prefix(word).is_some_and(|after| after.is_empty() || after.starts_with(char::is_whitespace))
        })?;
        columns.push(*column);
        words.push(*word);
        rest = rest[word.len()..].trim_start();
    }
    let heads = columns.iter().any(|column| matches!(column, Column::Name | Column::Code | Column::Version));
    // Two words may be a heading: `Parameter explanation`.
    let least = if words.iter().any(|word| PLAIN_WORDS.contains(word)) { 3 } else { 2 };
    (columns.len() >= least && heads).then_some(columns)
}

/// The word in the head of a table without borders that is none of ours, when the other words are.
pub(super) fn unknown(line: &str) -> Option<String> {
    let line = normal(line);
    let words: Vec<&str> = line.split(' ').collect();
    let short = (3..=7).contains(&words.len()) && words.iter().all(|word| word.chars().count() <= 14);
    let strange: Vec<&&str> = words.iter().filter(|word| column(word).is_none()).collect();
    let known = words.len() - strange.len();
    let first = column(words[0]);
    let heads = known * 2 > words.len() && matches!(first, Some(Column::Name | Column::Code));
    (short && heads).then(|| strange.first().map(|word| (**word).to_owned())).flatten()
}

/// Whether a required or review cell says yes; none when it says neither.
pub(in crate::drift) fn yes(cell: &str) -> Option<bool> {
    match cell.trim().to_lowercase().as_str() {
        "是" | "yes" | "y" | "true" | "required" | "mandatory" | "must" | "必填" | "必须" | "必需" | "必选"
        | "必传" | "✓" | "✔" | "√" | "✅" | "☑" => Some(true),
        "否" | "no" | "n" | "false" | "optional" | "选填" | "可选" | "非必填" | "非必须" | "✗" | "✘" | "×" | "❌"
        | "✕" => Some(false),
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
