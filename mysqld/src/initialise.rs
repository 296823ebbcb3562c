//! Sets up a new, empty database: in a folder beside the real one, renamed when complete. A first start that was
//! killed therefore leaves nothing that could be mistaken for a database.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use tokio::io::AsyncWriteExt;
use tokio::process::Command;

use crate::folder::Folder;
use crate::{Binary, Error, Kind, orphans, server_log};

/// Makes sure that the folder holds a complete database that `binary` can use.
pub(crate) async fn ensure(folder: &Folder, binary: &Binary) -> Result<(), Error> {
    let (data, unfinished) = (folder.data(), folder.unfinished_data());
    orphans::stop(&data).await?;
    orphans::stop(&unfinished).await?;

    folder.check_kind(binary)?;
    if unfinished.exists() {
        std::fs::remove_dir_all(&unfinished).map_err(|source| Error::writing(&unfinished, source))?;
    }
    if !data.exists() {
        tracing::info!(kind = %binary.kind(), version = %binary.version(), "setting up a new database");
        initialise(folder, binary, &unfinished).await?;
        // The marker first: it counts only together with the data.
        folder.record_kind(binary)?;
        std::fs::rename(&unfinished, &data).map_err(|source| Error::writing(&data, source))?;
    }
    folder.record_kind(binary)
}

async fn initialise(folder: &Folder, binary: &Binary, target: &Path) -> Result<(), Error> {
    let since = server_log::mark(&folder.log());
    let failed = |last_line| Error::InitialisationFailed { path: folder.path().to_owned(), last_line };

    let mut command = command(folder, binary)?;
    command.arg(format!("--datadir={}", target.display()));
    let script = match binary.kind() {
        Kind::MariaDb => {
            std::fs::create_dir_all(target).map_err(|source| Error::writing(target, source))?;
            command.args(["--bootstrap", "--log-warnings=0", "--max-allowed-packet=16M"]);
            bootstrap_script(binary).await?
        }
        Kind::MySql => {
            command.arg("--initialize-insecure");
            String::new()
        }
    };

    let mut child = command
        .stdin(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .map_err(|source| Error::running(binary.path(), source))?;
    if let Some(mut input) = child.stdin.take() {
        // A server that ends early closes its input; what it said in its log is the better explanation.
        if let Err(problem) = input.write_all(script.as_bytes()).await {
            tracing::debug!(%problem, "the server did not read its whole set-up script");
        }
    }
    let status = child.wait().await.map_err(|source| Error::running(binary.path(), source))?;
    if status.success() { Ok(()) } else { Err(server_log::verdict(folder, since, failed)) }
}

/// The server with the options that hold for setting up and for serving; everything it says goes to the log.
pub(crate) fn command(folder: &Folder, binary: &Binary) -> Result<Command, Error> {
    let log = server_log::append(&folder.log())?;
    let same_log = log.try_clone().map_err(|source| Error::writing(folder.log(), source))?;

    let mut command = Command::new(binary.path());
    command
        .args(["--no-defaults", "--skip-networking", "--performance-schema=OFF"])
        .arg(format!("--tmpdir={}", folder.temporary()?.display()))
        .stdin(Stdio::null())
        .stdout(log)
        .stderr(same_log)
        .current_dir(folder.path())
        // A group of its own: Ctrl-C in a terminal is for us, and we stop the server in order.
        .process_group(0);
    if rustix::process::geteuid().is_root() {
        command.arg("--user=root");
    }
    match binary.kind() {
        Kind::MariaDb => command.arg("--innodb-log-file-size=64M"),
        // The built-in `secure-file-priv` names a folder that only a packaged installation has.
        Kind::MySql => command.args(["--innodb-redo-log-capacity=64M", "--secure-file-priv=NULL", "--mysqlx=OFF"]),
    };
    Ok(command)
}

/// What `mariadb-install-db` feeds to the server, without its help texts and test database. The script itself is not
/// used: run by root it changes the owner of system files, and it needs a host name that resolves.
async fn bootstrap_script(binary: &Binary) -> Result<String, Error> {
    let (folder, name) = scripts(binary).await?;
    let mut script = "create database if not exists mysql;\nuse mysql;\nset @auth_root_socket=null;\n".to_owned();
    for part in ["system_tables", "performance_tables", "system_tables_data"] {
        let path = folder.join(format!("{name}_{part}.sql"));
        let part = std::fs::read_to_string(&path).map_err(|source| Error::reading(path, source))?;
        // These rows would make accounts for the machine's name; ours is reached through the socket alone.
        script.extend(part.lines().filter(|line| !line.contains("@current_hostname")).flat_map(|line| [line, "\n"]));
    }
    Ok(script)
}

/// Where the installation keeps its SQL files, and how their names begin: the server knows the folder, and says it in
/// its help.
async fn scripts(binary: &Binary) -> Result<(PathBuf, &'static str), Error> {
    let output = Command::new(binary.path())
        .args(["--no-defaults", "--verbose", "--help"])
        .stdin(Stdio::null())
        .output()
        .await
        .map_err(|source| Error::running(binary.path(), source))?;
    let help = String::from_utf8_lossy(&output.stdout);
    let value = |name: &str| {
        let line = help.lines().find(|line| line.split_whitespace().next() == Some(name))?;
        Some(PathBuf::from(line[name.len()..].trim()))
    };

    let base = value("basedir");
    let mut places: Vec<_> = value("lc-messages-dir").into_iter().collect();
    places.extend(
        base.into_iter().flat_map(|base| ["share/mysql", "share/mariadb", "share", "scripts"].map(|at| base.join(at))),
    );
    present(places).ok_or_else(|| Error::NotAServer {
        path: binary.path().to_owned(),
        why: "its mariadb_system_tables.sql, which sets up a new database, is not installed".to_owned(),
    })
}

/// The first of the folders that holds the files. MariaDB 11 has renamed them, from `mysql_…` to `mariadb_…`.
fn present(folders: Vec<PathBuf>) -> Option<(PathBuf, &'static str)> {
    let has = |folder: &Path, name: &str| folder.join(format!("{name}_system_tables.sql")).is_file();
    folders.into_iter().find_map(|folder| {
        let name = ["mariadb", "mysql"].into_iter().find(|name| has(&folder, name))?;
        Some((folder, name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_are_found_under_their_old_and_their_new_names() {
        let share = tempfile::tempdir().unwrap();
        let [empty, old, new] = ["empty", "old", "new"].map(|name| share.path().join(name));
        std::fs::create_dir_all(&old).unwrap();
        std::fs::create_dir_all(&new).unwrap();
        std::fs::write(old.join("mysql_system_tables.sql"), "").unwrap();
        std::fs::write(new.join("mariadb_system_tables.sql"), "").unwrap();

        assert_eq!(present(vec![empty.clone(), old.clone(), new.clone()]), Some((old, "mysql")));
        assert_eq!(present(vec![empty.clone(), new.clone()]), Some((new, "mariadb")));
        assert_eq!(present(vec![empty]), None);
    }
}
