/// The fall-back for data: records that each have a name, and a size, a time or a mark of what they are.
package struct RecordsListing: ListingFormat {
    package let name = "records"
    package let isExhaustive = false

    package init() {}

    package func entries(of page: ListingPage) -> ListedEntries? {
        guard let page = page.document, page.form == .json, !page.records.isEmpty else { return nil }
        return Self.entries(of: page)
    }

    static func entries(of page: ListingDocument) -> ListedEntries? {
        guard let place = place(of: page) else { return nil }
        return page.entries {
            item($0, of: page)
        } passing: {
            page.place(of: $0) != place && !isPair(place, page.place(of: $0))
        }
    }

    /// The array that holds most of the records that read as entries; each of its records must.
    private static func place(of page: ListingDocument) -> String? {
        var counts: [String: Int] = [:]
        for record in page.records {
            let place = page.place(of: record)
            if item(record, of: page) != nil { counts[place, default: 0] += 1 }
        }
        guard let best = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) else { return nil }
        return best.value == page.records.count { page.place(of: $0) == best.key } ? best.key : nil
    }

    /// Folders and files may stand in two arrays.
    private static func isPair(_ one: String, _ other: String) -> Bool {
        let pairs: [Set<String>] = [["dirs", "files"], ["folders", "files"], ["directories", "files"]]
        return pairs.contains([one, other])
    }

    private static func item(_ record: ListingDocument.Record, of page: ListingDocument) -> ListingDocument.Item? {
        let names: [ListingDocument.Field] = [.name, .filename, .title, .relative, .base]
        let links: [ListingDocument.Field] = [.urlName, .href, .url]
        guard let name = names.lazy.compactMap({ page.bytes($0, of: record) }).first, !name.isEmpty else { return nil }
        let sizes: [ListingDocument.Field] = [.size, .length, .bytes, .sz]
        let size = sizes.lazy.compactMap { page.size($0, of: record) }.first
        let times: [ListingDocument.Field] = [.modified, .mtime, .modTime, .date, .time, .updated, .ts, .modifyTime]
        let time = times.lazy.compactMap { page.epoch($0, of: record) ?? page.time($0, of: record) }.first
        let mark = mark(of: record, in: page)
        guard mark != nil || (size != nil && time != nil) else { return nil }
        let isFolder = mark ?? (name.last == UInt8(ascii: "/"))
        let link = links.lazy.compactMap { page.bytes($0, of: record) }.first { !$0.isEmpty }
        let reference = link.map { Array($0) } ?? ListingDocument.reference(naming: name, isFolder: isFolder)
        let bare = name.last == UInt8(ascii: "/") ? name.dropLast() : name
        return .init(
            reference: reference,
            isFolder: isFolder,
            size: isFolder ? nil : size,
            time: time,
            name: Array(bare)
        )
    }

    /// What a record says that it is, if it says so.
    private static func mark(of record: ListingDocument.Record, in page: ListingDocument) -> Bool? {
        for field in [ListingDocument.Field.isDirectory, .isFolder, .isdir] {
            if let isFolder = page.isTrue(field, of: record) { return isFolder }
        }
        if let isFile = page.isTrue(.isFile, of: record) { return !isFile }
        for field in [ListingDocument.Field.type, .kind] {
            let word = page.word(field, of: record)?.lowercased()
            if let word, ["dir", "directory", "folder", "d"].contains(word) { return true }
            if word == "file" || word == "f" { return false }
        }
        return nil
    }
}
