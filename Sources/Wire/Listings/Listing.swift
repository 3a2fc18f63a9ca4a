package import Domain

/// One row of a listing: something directly below the folder.
package struct ListingRow: Hashable, Sendable {
    /// The bytes of the link's last segment, percent-decoded; the text that the page shows is only a hint.
    package var name: PathName
    /// Path as the server spelled it, to be sent back byte for byte.
    package var target: String
    package var isFolder: Bool
    package var size: ListedSize?
    package var time: ListedTime?
    /// Time and size in the listing's own words.
    package var shown: String
}

/// A folder's contents as a server listed them.
package struct Listing: Hashable, Sendable {
    /// The name of the format that recognised the page.
    package var format: String
    /// In the page's order, each name once.
    package var rows: [ListingRow]
    /// Whether the page's end was seen; rows may be missing otherwise.
    package var isComplete: Bool
    /// Links that lead neither to something directly below the folder nor up from it; they are not followed.
    package var outside: Int
    /// Rows whose name cannot be a name: `.`, `..`, or one that holds a slash or a zero byte once decoded.
    package var unusable: Int
}

/// Reads a page as a listing, in whatever pieces it comes.
package struct ListingReader: Sendable {
    private let folder: WebAddress
    private var outline = ListingOutline()

    /// `folder` is the address that the page was fetched from; its path ends in a slash.
    package init(at folder: WebAddress) {
        self.folder = folder
    }

    package mutating func feed(_ bytes: some Sequence<UInt8>) {
        outline.feed(bytes)
    }

    /// The listing, or nil where no format is sure that the page is one.
    package mutating func finish() -> Listing? {
        outline.finish()
        guard !outline.hasPasswordField, let format = listingFormats.first(where: { $0.recognises(outline) }) else {
            return nil
        }
        let listing = rows(of: format)
        // All rows lead elsewhere: the folder is not where the page says, and calling it empty would be a guess.
        return listing.rows.isEmpty && listing.outside > 0 ? nil : listing
    }

    /// Reads a whole page at once.
    package static func read(_ page: some Sequence<UInt8>, at folder: WebAddress) -> Listing? {
        var reader = ListingReader(at: folder)
        reader.feed(page)
        return reader.finish()
    }

    private func rows(of format: any ListingFormat) -> Listing {
        var listing = Listing(
            format: format.name,
            rows: [],
            isComplete: outline.isClosed && !outline.isCut,
            outside: 0,
            unusable: 0
        )
        var seen: Set<PathName> = []
        let path = PathName(percentEncoded: folder.path).bytes
        for link in outline.links where format.container == .elsewhere || link.container == format.container {
            guard link.reference.first != UInt8(ascii: "?") else { continue }
            switch place(of: link.reference, below: path) {
            case .below(let row):
                guard row.name.isUsable else {
                    listing.unusable += 1
                    continue
                }
                guard seen.insert(row.key).inserted else { continue }
                listing.rows.append(row.with(ListedColumns(link.after)))
            case .above: continue
            case .outside: listing.outside += 1
            }
        }
        return listing
    }

    private enum Place {
        case below(ListingRow)
        case above
        case outside
    }

    private func place(of reference: [UInt8], below path: [UInt8]) -> Place {
        guard let address = folder.resolving(reference), address.hasSameOrigin(as: folder) else { return .outside }
        let target = address.target
        if target.hasSuffix("/"), path.starts(with: PathName(percentEncoded: target).bytes) { return .above }
        guard !target.contains("?"), let rest = remainder(of: target, below: path) else { return .outside }
        let isFolder = rest.last == "/"
        let segment = isFolder ? rest.dropLast() : rest
        guard !segment.isEmpty, !segment.contains("/") else { return .outside }
        let name = PathName(percentEncoded: segment)
        return .below(ListingRow(name: name, target: target, isFolder: isFolder, size: nil, time: nil, shown: ""))
    }

    /// What follows the folder's path, which the link may spell with other escapes.
    private func remainder(of target: String, below path: [UInt8]) -> Substring? {
        let own = folder.path
        if target.hasPrefix(own) { return target.dropFirst(own.count) }
        let depth = path.count { $0 == UInt8(ascii: "/") }
        var slashes = 0
        guard
            let end = target.firstIndex(where: { character in
                if character == "/" { slashes += 1 }
                return slashes == depth
            })
        else { return nil }
        return PathName(percentEncoded: target[...end]).bytes == path ? target[target.index(after: end)...] : nil
    }
}

extension ListingRow {
    /// A folder and a file may have one name as the page shows them.
    fileprivate var key: PathName { PathName(bytes: name.bytes + (isFolder ? [UInt8(ascii: "/")] : [])) }

    fileprivate func with(_ columns: ListedColumns) -> ListingRow {
        var row = self
        row.size = isFolder ? nil : columns.size
        row.time = columns.time
        row.shown = columns.shown
        return row
    }
}

extension PathName {
    fileprivate var isUsable: Bool {
        !bytes.contains(UInt8(ascii: "/")) && !bytes.contains(0) && bytes != [UInt8(ascii: ".")]
            && bytes != Array("..".utf8)
    }
}
