//! A session bus of its own with the two services that a desktop has and a bare screen has not: a tray, which lists icons
//! and chooses from their menus, and a notification server, which keeps what it is told and can be clicked.

use std::collections::HashMap;
use std::fs;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use zbus::message::Header;
use zbus::object_server::SignalEmitter;
use zbus::{Connection, OwnedObjectPath, OwnedVariant, Proxy, Structure, Variant, connection, interface};

use crate::running::Running;

const TRAY: &str = "/StatusNotifierWatcher";
const NOTES: &str = "/org/freedesktop/Notifications";
/// Everybody on it may do everything, and nothing that happens to be installed here joins.
const RULES: &str = r#"
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=FOLDER/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;
const PATIENCE: Duration = Duration::from_secs(60);

/// A running bus. Both services end with it.
pub(crate) struct Bus {
    address: String,
    services: Connection,
    icons: Arc<Mutex<Vec<Place>>>,
    notes: Arc<Mutex<Vec<Note>>>,
    _daemon: Running,
    _folder: TempDir,
}

/// A notification that was shown.
#[derive(Clone, Debug)]
pub(crate) struct Note {
    pub(crate) title: String,
    pub(crate) body: String,
    pub(crate) at: Instant,
    id: u32,
}

/// An icon in the tray, with its menu.
pub(crate) struct Icon {
    item: Proxy<'static>,
    menu: Proxy<'static>,
}

/// Whose icon, and which of theirs.
type Place = (String, String);

impl Bus {
    pub(crate) async fn start() -> Self {
        let folder = TempDir::new().unwrap();
        let rules = folder.path().join("rules.xml");
        fs::write(&rules, RULES.replace("FOLDER", folder.path().to_str().unwrap())).unwrap();
        let mut command = Command::new("dbus-daemon");
        command.args(["--nofork", "--nopidfile", "--print-address=1"]);
        let daemon = Running::start(command.arg(format!("--config-file={}", rules.display())));
        let address = daemon.hears("");
        let (icons, notes) = (Arc::default(), Arc::default());
        let services = connection::Builder::address(address.as_str())
            .serve_at(TRAY, Watcher { icons: Arc::clone(&icons) })
            .serve_at(NOTES, Notifications { notes: Arc::clone(&notes) })
            .name("org.kde.StatusNotifierWatcher")
            .name("org.freedesktop.Notifications")
            .build()
            .await
            .unwrap();
        Self { address, services, icons, notes, _daemon: daemon, _folder: folder }
    }

    /// Where programs find it.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// The one icon in the tray; waits until it is there.
    pub(crate) async fn icon(&self) -> Icon {
        let (owner, path) = until("an icon in the tray", async || self.icons.lock().unwrap().first().cloned()).await;
        let item = Proxy::new(&self.services, owner.clone(), path, "org.kde.StatusNotifierItem").await.unwrap();
        let menu: OwnedObjectPath = item.get_property("Menu").await.unwrap();
        let menu = Proxy::new(&self.services, owner, menu, "com.canonical.dbusmenu").await.unwrap();
        Icon { item, menu }
    }

    /// The first notification with these words; waits until it is shown.
    pub(crate) async fn note(&self, words: &str) -> Note {
        until(&format!("a notification of {words}"), async || self.notes_of(words).into_iter().next()).await
    }

    /// Every notification with these words.
    pub(crate) fn notes_of(&self, words: &str) -> Vec<Note> {
        let notes = self.notes.lock().unwrap();
        notes.iter().filter(|note| note.title.contains(words) || note.body.contains(words)).cloned().collect()
    }

    /// Clicks a notification.
    pub(crate) async fn click(&self, note: &Note) {
        let served = self.services.object_server().interface::<_, Notifications>(NOTES).await.unwrap();
        Notifications::action_invoked(served.signal_emitter(), note.id, "default").await.unwrap();
    }
}

impl Icon {
    /// What it is called.
    pub(crate) async fn title(&self) -> String {
        self.item.get_property("Title").await.unwrap()
    }

    /// The picture's file.
    pub(crate) async fn picture(&self) -> String {
        self.item.get_property("IconName").await.unwrap()
    }

    /// Waits until the menu reads like this.
    pub(crate) async fn reads(&self, labels: &[&str]) {
        until(&format!("the menu {labels:?}"), async || (self.labels().await == labels).then_some(())).await;
    }

    /// Chooses from the menu.
    pub(crate) async fn choose(&self, label: &str) {
        let entries = self.entries().await;
        let (id, _) = entries.iter().find(|(_, entry)| entry == label).unwrap_or_else(|| panic!("{entries:?}"));
        let () = self.menu.call("Event", &(*id, "clicked", Variant::from(0), 0_u32)).await.unwrap();
    }

    async fn labels(&self) -> Vec<String> {
        self.entries().await.into_iter().map(|(_, label)| label).collect()
    }

    async fn entries(&self) -> Vec<(i32, String)> {
        type Layout = (u32, (i32, HashMap<String, OwnedVariant>, Vec<OwnedVariant>));
        let no_names: &[&str] = &[];
        let (_, (_, _, entries)): Layout = self.menu.call("GetLayout", &(0, -1, no_names)).await.unwrap();
        entries.into_iter().map(|entry| read(&Structure::try_from(entry).unwrap())).collect()
    }
}

/// An entry is a number, its properties, and the entries below it.
fn read(entry: &Structure<'_>) -> (i32, String) {
    let [Variant::I32(id), Variant::Dict(properties), ..] = entry.fields() else { panic!("{entry:?}") };
    (*id, properties.get::<&str, String>(&"label").unwrap().unwrap_or_default())
}

struct Watcher {
    icons: Arc<Mutex<Vec<Place>>>,
}

#[interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    fn register_status_notifier_item(&self, #[zbus(header)] header: Header<'_>, path: String) {
        self.icons.lock().unwrap().push((header.sender().unwrap().to_string(), path));
    }

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }
}

struct Notifications {
    notes: Arc<Mutex<Vec<Note>>>,
}

#[interface(name = "org.freedesktop.Notifications")]
impl Notifications {
    #[expect(clippy::too_many_arguments, reason = "the desktops have agreed on these")]
    fn notify(
        &self,
        _program: String,
        _replaces: u32,
        _icon: String,
        title: String,
        body: String,
        _actions: Vec<String>,
        _hints: HashMap<String, OwnedVariant>,
        _timeout: i32,
    ) -> u32 {
        let mut notes = self.notes.lock().unwrap();
        let id = u32::try_from(notes.len()).unwrap() + 1;
        notes.push(Note { title, body, at: Instant::now(), id });
        id
    }

    #[zbus(signal)]
    async fn action_invoked(emitter: &SignalEmitter<'_>, id: u32, action: &str) -> zbus::Result<()>;
}

async fn until<T>(what: &str, found: impl AsyncFn() -> Option<T>) -> T {
    let started = Instant::now();
    loop {
        match found().await {
            Some(it) => return it,
            None if started.elapsed() > PATIENCE => panic!("there never was {what}"),
            None => tokio::time::sleep(Duration::from_millis(10)).await,
        }
    }
}
