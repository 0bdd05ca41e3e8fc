//! What processes use, by the kernel's own count (Linux).

use std::{
    fs,
    time::{Duration, Instant},
};

/// A process id and its parent's, from `/proc/<id>/stat`.
struct Process {
    id: u32,
    parent: u32,
    name: String,
    ticks: u64,
}

fn process(id: u32) -> Option<Process> {
    let text = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    parse(id, &text)
}

/// The name stands in parentheses and may hold anything, so the fields are counted from its end.
fn parse(id: u32, text: &str) -> Option<Process> {
    let (start, end) = (text.find('(')?, text.rfind(')')?);
    let fields: Vec<&str> = text[end + 1..].split_whitespace().collect();
    let user: u64 = fields.get(11)?.parse().ok()?;
    let system: u64 = fields.get(12)?.parse().ok()?;
    Some(Process {
        id,
        parent: fields.get(1)?.parse().ok()?,
        name: text[start + 1..end].to_owned(),
        ticks: user + system,
    })
}

fn all() -> Vec<Process> {
    fs::read_dir("/proc")
        .expect("/proc")
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter_map(process)
        .collect()
}

/// Processor time that a process has used, all its threads together.
pub fn processor(id: u32) -> Duration {
    // The kernel tells it in hundredths of a second on every system that Rust supports.
    Duration::from_millis(process(id).map_or(0, |process| process.ticks) * 10)
}

/// This process's child of that name.
pub fn child(name: &str) -> u32 {
    let own = std::process::id();
    all()
        .into_iter()
        .find(|process| process.parent == own && name.starts_with(&process.name))
        .unwrap_or_else(|| panic!("no child {name}"))
        .id
}

/// A process and all that came from it.
fn family(id: u32) -> Vec<u32> {
    let all = all();
    let mut family = vec![id];
    let mut next = 0;
    while next < family.len() {
        let parent = family[next];
        family.extend(
            all.iter()
                .filter(|process| process.parent == parent)
                .map(|process| process.id),
        );
        next += 1;
    }
    family
}

/// Whether one that came from the process has this name (the kernel keeps 15 letters).
pub fn has(id: u32, name: &str) -> bool {
    family(id)
        .into_iter()
        .filter_map(process)
        .any(|process| process.name == name)
}

/// Memory of a process and all that came from it, in MiB: its proportional share (PSS), so that
/// what is shared is counted once.
pub fn memory(id: u32) -> f64 {
    let kibibytes: u64 = family(id).into_iter().map(share).sum();
    f64::from(u32::try_from(kibibytes).unwrap_or(u32::MAX)) / 1024.0
}

fn share(id: u32) -> u64 {
    fs::read_to_string(format!("/proc/{id}/smaps_rollup"))
        .unwrap_or_default()
        .lines()
        .find_map(|line| line.strip_prefix("Pss:"))
        .and_then(|rest| rest.trim().strip_suffix(" kB"))
        .and_then(|number| number.trim().parse().ok())
        .unwrap_or(0)
}

/// Waits until a process's family has used no processor time for half a second: it has settled.
pub async fn settled(id: u32) {
    let started = Instant::now();
    let mut quiet = 0;
    let mut before = spent(id);
    while quiet < 5 && started.elapsed() < Duration::from_secs(20) {
        tokio::time::sleep(Duration::from_millis(100)).await;
        let now = spent(id);
        quiet = if now <= before { quiet + 1 } else { 0 };
        before = now;
    }
}

fn spent(id: u32) -> Duration {
    family(id).into_iter().map(processor).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_spaces_and_parentheses_is_read() {
        let text = "42 (a (b) c) S 7 42 42 0 -1 4194304 1 0 0 0 150 50 0 0 20 0 1 0 1 1 1";
        let process = parse(42, text).unwrap();
        assert_eq!((process.parent, process.ticks), (7, 200));
        assert_eq!(process.name, "a (b) c");
    }
}
