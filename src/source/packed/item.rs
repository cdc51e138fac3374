//! What is met in a packed folder, entry by entry.

/// An entry as the folder has it.
pub(super) struct PackedItem {
    /// Undecoded.
    pub name: Vec<u8>,
    /// Whether `\` may part its names, as old programs write it.
    pub by_backslash: bool,
    pub kind: PackedItemKind,
    /// Bytes that it unpacks to.
    pub size: u64,
    /// Bytes that it takes in the folder, where it is packed by itself.
    pub packed: Option<u64>,
}

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PackedItemKind {
    File,
    Folder,
    Link,
    /// A device, a pipe, a label.
    Special,
    /// It opens with a password alone.
    Locked,
    /// It is packed by a method that is not read, by its number.
    ByMethod(u16),
    /// A file of which only parts stand in the folder.
    Sparse,
}
