extension ListingDocument {
    /// What one record says of an entry.
    struct Item {
        /// A link, sent back as it is.
        var reference: [UInt8]
        var isFolder: Bool
        /// Digits.
        var size: ArraySlice<UInt8>?
        /// In any form that ``ListedColumns`` reads; `@` and seconds since 1970 for a number.
        var time: [UInt8]?
        var name: [UInt8]?
        /// See ``ListedEntries/marks``.
        var mark: ArraySlice<UInt8>?
    }

    /// The entries that `item` makes of the records; nil as soon as it makes none of one, where every record must be one.
    func entries(_ item: (Record) -> Item?, passing isPassed: (Record) -> Bool = { _ in false }) -> ListedEntries? {
        var entries = ListedEntries(text: text)
        for record in records where !isPassed(record) {
            guard let item = item(record) else { return nil }
            entries.add(item)
        }
        return entries
    }

    /// A name as a reference: escapes made of everything that a link cannot hold, and a slash behind a folder's.
    static func reference(naming name: ArraySlice<UInt8>, isFolder: Bool) -> [UInt8] {
        let bare = name.last == UInt8(ascii: "/") ? Array(name.dropLast()) : Array(name)
        let encoded = [UInt8](percentEncoding: bare).flatMap { $0 == UInt8(ascii: "/") ? Array("%2F".utf8) : [$0] }
        return encoded + (isFolder ? [UInt8(ascii: "/")] : [])
    }

    /// A number of seconds since 1970, or of milliseconds where it is too large for those.
    func epoch(_ field: Field, of record: Record) -> [UInt8]? {
        guard let number = number(field, of: record), number > 0 else { return nil }
        return Array("@\(number > 100_000_000_000 ? number / 1_000 : number)".utf8)
    }

    /// The value, where it is a string.
    func time(_ field: Field, of record: Record) -> [UInt8]? { bytes(field, of: record).map(Array.init) }

    /// The value, where it is a whole number.
    func size(_ field: Field, of record: Record) -> ArraySlice<UInt8>? {
        bytes(field, of: record).flatMap { !$0.isEmpty && $0.allSatisfy(\.isDigit) ? $0 : nil }
    }
}

extension ListedEntries {
    mutating func add(_ item: ListingDocument.Item) {
        let columns = (item.time ?? []) + [UInt8(ascii: "\t")] + (item.size ?? [])
        packed.append(
            Packed(
                reference: text.append(item.reference),
                columns: columns.count == 1 ? .none : text.append(columns),
                name: item.name.map { text.append($0) } ?? .none,
                mark: item.mark.map { text.append($0) } ?? .none,
                kind: item.isFolder ? .folder : .file
            )
        )
    }
}
