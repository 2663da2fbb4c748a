//! Reads another revision of the spec without touching the working tree.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

/// The commit that a name stands for.
pub(crate) fn commit(spec: &Path, name: &str) -> Result<String, String> {
    // A name that begins with a dash would be taken for an option.
    if name.starts_with('-') {
        return Err(format!("`{name}` is no revision"));
    }
    git(spec, &["rev-parse", "--verify", "--quiet", &format!("{name}^{{commit}}")])
        .map_err(|_| format!("`{name}` is neither a folder with api.yaml nor a git revision"))
}

/// Where the current branch left main.
pub(crate) fn merge_base(spec: &Path) -> Result<String, String> {
    let mains = ["origin/main", "main"];
    let main = mains.into_iter().find(|name| commit(spec, name).is_ok());
    let main =
        main.ok_or("there is no branch main to compare with; name a revision or a folder: `cargo xtask diff BASE`")?;
    git(spec, &["merge-base", "HEAD", main])
        .map_err(|_| format!("HEAD and {main} have no common commit; name a revision"))
}

/// The spec folder inside the repository, with a slash behind: `spec/`.
pub(crate) fn prefix(spec: &Path) -> Result<String, String> {
    git(spec, &["rev-parse", "--show-prefix"])
}

/// Every YAML file of the spec in a revision: path below the spec folder, and text.
pub(crate) fn files(spec: &Path, revision: &str) -> Result<Vec<(String, String)>, String> {
    let listing = git(spec, &["ls-tree", "-r", "-z", revision, "."])?;
    let files: Vec<(&str, &str)> = listing.split('\0').filter_map(entry).collect();
    if files.is_empty() {
        return Err(format!("{revision} has no spec in this place"));
    }
    let texts = blobs(spec, files.iter().map(|(object, _)| *object).collect())?;
    files
        .into_iter()
        .zip(texts)
        .map(|((_, path), bytes)| {
            let text = String::from_utf8(bytes).map_err(|_| format!("{path} of {revision} is not UTF-8"))?;
            Ok((path.to_owned(), text))
        })
        .collect()
}

/// `100644 blob OBJECT<tab>card/get.yaml`: the object and the path of a file that the reader would take.
fn entry(line: &str) -> Option<(&str, &str)> {
    let (head, path) = line.split_once('\t')?;
    let hidden = path.split('/').any(|part| part.starts_with('.'));
    let yaml = Path::new(path).extension().is_some_and(|extension| extension == "yaml" || extension == "yml");
    let mut head = head.split(' ').skip(1);
    (head.next() == Some("blob") && yaml && !hidden).then_some((head.next()?, path))
}

/// The contents of objects, in order, from one process.
fn blobs(spec: &Path, objects: Vec<&str>) -> Result<Vec<Vec<u8>>, String> {
    let mut child = Command::new("git")
        .current_dir(spec)
        .args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("cannot run git: {error}"))?;
    let mut stdin = child.stdin.take().ok_or("git takes no input")?;
    let mut stdout = BufReader::new(child.stdout.take().ok_or("git gives no output")?);
    let wanted = objects.join("\n") + "\n";
    // Asking and reading go on at once, so that neither pipe can fill up and stop the other.
    let asking = std::thread::spawn(move || stdin.write_all(wanted.as_bytes()));
    let contents = objects.iter().map(|_| blob(&mut stdout)).collect::<Result<_, _>>();
    let asked = asking.join();
    let ended = child.wait();
    match (contents, asked, ended) {
        (Ok(contents), Ok(Ok(())), Ok(status)) if status.success() => Ok(contents),
        (Err(error), ..) => Err(format!("git cat-file: {error}")),
        _ => Err("git cat-file failed".to_owned()),
    }
}

/// `OBJECT blob SIZE`, the bytes, a line end.
fn blob(from: &mut impl BufRead) -> std::io::Result<Vec<u8>> {
    let mut head = String::new();
    from.read_line(&mut head)?;
    let size = head.trim_end().rsplit(' ').next().and_then(|size| size.parse::<usize>().ok());
    let size = size.ok_or_else(|| std::io::Error::other(format!("unexpected answer `{}`", head.trim_end())))?;
    let mut bytes = vec![0; size + 1];
    from.read_exact(&mut bytes)?;
    bytes.pop();
    Ok(bytes)
}

/// What git prints, without the last line end.
fn git(folder: &Path, arguments: &[&str]) -> Result<String, String> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let output = Command::new("git")
        .current_dir(folder)
        .args(arguments)
        .output()
        .map_err(|error| format!("cannot run git: {error}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).trim().to_owned());
    }
    let text = String::from_utf8(output.stdout).map_err(|_| "git printed a name that is not UTF-8".to_owned())?;
    Ok(text.trim_end_matches('\n').to_owned())
}
