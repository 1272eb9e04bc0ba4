//! Says what the crate cfg-expr makes of predicates: `y`, `n`, `u` where it can't be told, `e` where it is none.
//!
//! Lines on stdin: `target TRIPLE`, `is NAME|VALUE|y` for names that are no property of the target (an empty value: a
//! name alone), `eval PREDICATE`.

use cfg_expr::targets::{get_builtin_target_by_triple, TargetInfo};
use cfg_expr::{Expression, Predicate};
use std::collections::HashMap;
use std::io::{stdin, stdout, BufRead, BufWriter, Write};

type Known = HashMap<(String, String), Option<bool>>;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut target: Option<&TargetInfo> = None;
    let mut known = Known::new();
    let mut out = BufWriter::new(stdout());
    for line in stdin().lock().lines() {
        let line = line?;
        let (word, rest) = line.split_once(' ').ok_or("a line without a word")?;
        match word {
            "target" => target = get_builtin_target_by_triple(rest),
            "is" => {
                let parts: Vec<&str> = rest.split('|').collect();
                let [name, value, truth] = parts[..] else { return Err("no fact".into()) };
                let truth = match truth { "y" => Some(true), "n" => Some(false), _ => None };
                known.insert((name.to_owned(), value.to_owned()), truth);
            }
            _ => writeln!(out, "{}", judge(rest, target.ok_or("no such target")?, &known))?,
        }
    }
    Ok(())
}

fn judge(text: &str, target: &TargetInfo, known: &Known) -> char {
    let Ok(expression) = Expression::parse(text) else { return 'e' };
    match expression.eval(|predicate| truth(predicate, target, known)) {
        Some(true) => 'y',
        Some(false) => 'n',
        None => 'u',
    }
}

fn truth(predicate: &Predicate<'_>, target: &TargetInfo, known: &Known) -> Option<bool> {
    let of = |name: &str, value: &str| {
        known.get(&(name.to_owned(), value.to_owned())).copied().unwrap_or(Some(false))
    };
    match predicate {
        Predicate::Target(one) => Some(one.matches(target)),
        Predicate::Test => of("test", ""),
        Predicate::DebugAssertions => of("debug_assertions", ""),
        Predicate::ProcMacro => of("proc_macro", ""),
        Predicate::Feature(name) => of("feature", name),
        Predicate::TargetFeature(name) => of("target_feature", name),
        Predicate::Flag(name) => of(name, ""),
        Predicate::KeyValue { key, val } => of(key, val),
    }
}
