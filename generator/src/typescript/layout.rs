//! Where lines break: as the formatter of the package breaks them, so that what leaves the generator is formatted.

/// Greatest length of a line.
pub const WIDTH: usize = 120;

/// One step of indentation.
const STEP: usize = 2;

/// A piece of code.
#[derive(Debug, Clone)]
pub enum Node {
    /// Code that is never broken.
    Text(String),
    /// Pieces one behind the other.
    Row(Vec<Node>),
    /// Items between brackets: on one line if they fit, else a line each.
    Group(Group),
    /// Arguments of a call whose last one is broken first, and all of them only if its head does not fit.
    Call(Vec<Node>),
}

/// Items between brackets.
#[derive(Debug, Clone)]
pub struct Group {
    /// The opening bracket.
    pub open: &'static str,
    /// What stands between.
    pub items: Vec<Node>,
    /// The closing bracket.
    pub close: &'static str,
    /// Whether there is a blank inside the brackets.
    pub spaced: bool,
    /// Whether it is broken even if it would fit.
    pub broken: bool,
    /// Whether broken lines take as many items as fit.
    pub filled: bool,
}

impl Node {
    /// Code that is never broken.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// `{ a, b }`
    pub fn braces(items: Vec<Self>) -> Self {
        Self::Group(Group { open: "{", items, close: "}", spaced: true, broken: false, filled: false })
    }

    /// `{` and a line for each item, however short they are.
    pub fn block(items: Vec<Self>) -> Self {
        let broken = !items.is_empty();
        Self::Group(Group { open: "{", items, close: "}", spaced: true, broken, filled: false })
    }

    /// `[a, b]`
    pub fn brackets(items: Vec<Self>) -> Self {
        let filled = items.len() > 1 && items.iter().all(Self::is_number);
        let broken = items.len() > 1 && items.iter().all(Self::has_parts);
        Self::Group(Group { open: "[", items, close: "]", spaced: false, broken, filled })
    }

    /// `(a, b)`
    pub fn parentheses(items: Vec<Self>) -> Self {
        Self::Group(Group { open: "(", items, close: ")", spaced: false, broken: false, filled: false })
    }

    fn is_number(&self) -> bool {
        matches!(self, Self::Text(text) if text.trim_start_matches('-').starts_with(|c: char| c.is_ascii_digit()))
    }

    /// Lists of such are always broken.
    fn has_parts(&self) -> bool {
        matches!(self, Self::Group(group) if group.items.len() > 1)
    }

    fn must_break(&self) -> bool {
        match self {
            Self::Text(_) => false,
            Self::Row(parts) | Self::Call(parts) => parts.iter().any(Self::must_break),
            Self::Group(group) => group.broken || group.items.iter().any(Self::must_break),
        }
    }

    fn flat(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Row(parts) => parts.iter().map(Self::flat).collect(),
            Self::Call(items) => Self::parentheses(items.clone()).flat(),
            Self::Group(Group { open, items, close, spaced, .. }) => {
                let items: Vec<String> = items.iter().map(Self::flat).collect();
                let blank = if *spaced && !items.is_empty() { " " } else { "" };
                format!("{open}{blank}{}{blank}{close}", items.join(", "))
            }
        }
    }
}

/// Prints code that begins behind `before` characters of a line that is indented by `indent`, and has `behind` more
/// characters to come on its last line.
pub fn print(node: &Node, indent: usize, before: usize, behind: usize) -> String {
    let flat = node.flat();
    if !node.must_break() && before + width(&flat) + behind <= WIDTH {
        return flat;
    }
    match node {
        Node::Text(_) => flat,
        Node::Row(parts) => row(parts, indent, before, behind),
        Node::Call(items) => call(items, indent, before, behind),
        Node::Group(group) if group.items.is_empty() => flat,
        Node::Group(group) => broken(group, indent),
    }
}

fn row(parts: &[Node], indent: usize, mut before: usize, behind: usize) -> String {
    let mut text = String::new();
    for (at, part) in parts.iter().enumerate() {
        let rest: usize = parts[at + 1..].iter().map(|part| width(&part.flat())).sum();
        let printed = print(part, indent, before, rest + behind);
        before = match printed.rsplit_once('\n') {
            Some((_, last)) => width(last),
            None => before + width(&printed),
        };
        text += &printed;
    }
    text
}

fn call(items: &[Node], indent: usize, before: usize, behind: usize) -> String {
    let Some((last, first)) = items.split_last() else { return "()".to_owned() };
    let first: String = first.iter().map(|item| item.flat() + ", ").collect();
    let hugged = row(&[Node::text(format!("({first}")), last.clone(), Node::text(")")], indent, before, behind);
    let head = hugged.lines().next().map_or(0, width);
    if before + head <= WIDTH {
        return hugged;
    }
    let group = Group { open: "(", items: items.to_vec(), close: ")", spaced: false, broken: true, filled: false };
    broken(&group, indent)
}

fn broken(Group { open, items, close, filled, .. }: &Group, indent: usize) -> String {
    let inner = indent + STEP;
    let margin = " ".repeat(inner);
    let end = format!("{}{close}", " ".repeat(indent));
    let items: Vec<String> = items.iter().map(|item| format!("{},", print(item, inner, inner, 1))).collect();
    let mut lines: Vec<String> = Vec::new();
    for item in items {
        match lines.last_mut() {
            Some(line) if *filled && width(line) + 1 + width(&item) <= WIDTH => {
                line.push(' ');
                line.push_str(&item);
            }
            _ => lines.push(format!("{margin}{item}")),
        }
    }
    format!("{open}\n{}\n{end}", lines.join("\n"))
}

fn width(text: &str) -> usize {
    text.chars().count()
}

/// A text literal, in the quotes that need fewer escapes.
pub fn quoted(text: &str) -> String {
    let json = serde_json::Value::from(text).to_string();
    if text.matches('"').count() <= text.matches('\'').count() {
        return json;
    }
    let inner = json[1..json.len() - 1].replace("\\\"", "\"").replace('\'', "\\'");
    format!("'{inner}'")
}

/// The key of a property, in quotes if it needs them.
pub fn key(name: &str) -> String {
    // In a literal this name would set the prototype.
    if name == "__proto__" {
        return "[\"__proto__\"]".to_owned();
    }
    if is_identifier(name) { name.to_owned() } else { quoted(name) }
}

/// A property of something.
pub fn member(name: &str) -> String {
    if is_identifier(name) { format!(".{name}") } else { format!("[{}]", quoted(name)) }
}

fn is_identifier(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_' || c == '$')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '$')
}

/// A comment of these lines, with its line breaks.
pub fn comment(lines: &[String], indent: usize) -> String {
    let margin = " ".repeat(indent);
    match lines {
        [] => String::new(),
        [only] if indent + width(only) + 7 <= WIDTH => format!("{margin}/** {only} */\n"),
        lines => {
            let body = lines.iter().map(|line| format!("{margin} * {line}").trim_end().to_owned() + "\n");
            format!("{margin}/**\n{}{margin} */\n", body.collect::<String>())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_stays_on_a_line() {
        let group = Node::braces(vec![Node::text("a"), Node::brackets(vec![Node::text("1"), Node::text("2")])]);
        assert_eq!(print(&group, 0, 0, 0), "{ a, [1, 2] }");
        assert_eq!(print(&group, 2, 110, 0), "{\n    a,\n    [1, 2],\n  }");
        let objects = vec![Node::braces(vec![Node::text("a"), Node::text("b")]); 2];
        assert_eq!(print(&Node::brackets(objects), 0, 0, 0), "[\n  { a, b },\n  { a, b },\n]");
        assert_eq!(print(&Node::block(vec![]), 0, 0, 0), "{}");
    }

    #[test]
    fn texts_and_keys() {
        let cases = [("a", "\"a\""), ("a\"b", "'a\"b'"), ("a\"b'c", "\"a\\\"b'c\""), ("a\\", "\"a\\\\\"")];
        for (text, expected) in cases {
            assert_eq!(quoted(text), expected);
        }
        for (name, expected) in [("a_1", "a_1"), ("2nd", "\"2nd\""), ("__proto__", "[\"__proto__\"]")] {
            assert_eq!(key(name), expected);
        }
    }
}
