/// What Dufs answers to `?json` (seen: 0.40): an object with `paths`, of which each has a `path_type`.
package struct DufsListing: ListingFormat {
    package let name = "dufs"

    package init() {}

    package func entries(of page: ListingPage) -> ListedEntries? {
        guard let page = page.document, page.form == .json, page.members.isSuperset(of: ["href", "kind", "paths"]),
            page.word(.kind) == "Index"
        else { return nil }
        return page.entries { record in
            guard page.place(of: record) == "paths", let type = page.word(.pathType, of: record),
                let name = page.bytes(.name, of: record)
            else { return nil }
            let isFolder = type.hasSuffix("Dir")
            return .init(
                reference: ListingDocument.reference(naming: name, isFolder: isFolder),
                isFolder: isFolder,
                size: isFolder ? nil : page.size(.size, of: record),
                time: page.epoch(.mtime, of: record)
            )
        }
    }
}
